import DaybookCore
import Testing

@Suite("Instant, BootTime and durations")
struct InstantTests {
  @Test(
    "seconds are rounded down",
    arguments: [
      (0, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2),
    ] as [(Int64, Int64)])
  func seconds(microseconds: Int64, seconds: Int64) {
    #expect(Instant(microseconds: microseconds).seconds == seconds)
  }

  @Test("moments and durations add up") func arithmetic() {
    let a = Instant(seconds: 100)
    #expect(a + .seconds(5) == Instant(seconds: 105))
    #expect(a - .milliseconds(1) == Instant(microseconds: 99_999_000))
    #expect(Instant(seconds: 105) - a == .seconds(5))
    #expect(a - Instant(seconds: 105) == .seconds(-5))
    #expect(a < Instant(microseconds: 100_000_001))
    #expect(!(a < a))
  }

  @Test("times since boot add up") func boot() {
    let a = BootTime(microseconds: 7)
    #expect(a + .microseconds(3) == BootTime(microseconds: 10))
    #expect(BootTime(microseconds: 10) - a == .microseconds(3))
    #expect(BootTime(microseconds: 10) - .microseconds(3) == a)
    #expect(a < a + .microseconds(1))
  }

  @Test("now carries what it was given") func now() {
    let now = Now(wall: Instant(seconds: 1), boot: BootTime(microseconds: 2))
    #expect(now.synchronised)
    let other = Now(wall: now.wall, boot: now.boot, synchronised: false)
    #expect(!other.synchronised)
    #expect(now != other)
  }

  @Test("units of duration") func units() {
    #expect(Duration.minutes(2) == .seconds(120))
    #expect(Duration.hours(3) == .seconds(10_800))
    #expect(Duration.days(-1) == .seconds(-86_400))
  }

  @Test("durations in whole units, toward zero") func whole() {
    #expect(Duration.milliseconds(1_500).inMicroseconds == 1_500_000)
    #expect(Duration.nanoseconds(1_999).inMicroseconds == 1)
    #expect(Duration.nanoseconds(-1_999).inMicroseconds == -1)
    #expect(Duration.milliseconds(1_999).inSeconds == 1)
    #expect(Duration.milliseconds(-1_999).inSeconds == -1)
    #expect(Duration.days(36_525).inMicroseconds == 3_155_760_000_000_000)
  }

  @Test("division rounds toward negative infinity") func floor() {
    for a in -50...50 {
      for b in [-7, -3, -1, 1, 2, 5, 60] {
        let q = floorDividing(a, b)
        let r = a - q * b
        #expect(b > 0 ? (0..<b).contains(r) : (b + 1...0).contains(r))
      }
    }
  }
}
