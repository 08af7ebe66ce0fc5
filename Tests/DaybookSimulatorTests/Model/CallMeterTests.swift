import DaybookCore
import Testing

@testable import DaybookSimulator

struct CallMeterTests {
  /// Microseconds of calls, for a window of ten.
  static func meter(_ times: [Int64]) -> CallMeter {
    var meter = CallMeter(length: .microseconds(10))
    for time in times { meter.count(Instant(microseconds: time)) }
    return meter
  }

  @Test(
    "the most calls in any window, and in any window of the clock",
    arguments: [
      ([], 0, 0),
      ([5], 1, 1),
      ([0, 9], 2, 2),
      ([0, 10], 1, 1),
      ([5, 14], 2, 1),
      ([5, 15], 1, 1),
      ([8, 9, 10, 11], 4, 2),
      ([8, 9, 10, 11, 18], 4, 3),
      ([0, 1, 2, 30, 31, 60], 3, 3),
      ([-1, 0], 2, 1),
      ([-12, -11, -10], 3, 2),
    ] as [([Int64], Int, Int)])
  func windows(times: [Int64], rolling: Int, fixed: Int) {
    let meter = Self.meter(times)
    #expect(meter.mostRolling == rolling)
    #expect(meter.mostFixed == fixed)
    #expect(meter.total == times.count)
  }

  @Test("a clock that steps back counts as standing still")
  func back() {
    #expect(Self.meter([100, 50, 50]).mostRolling == 3)
  }

  @Test("agrees with counting by hand on random calls", arguments: 0..<20)
  func random(seed: UInt64) {
    var random = Seeded(seed)
    var time: Int64 = 0
    let times = (0..<4_000).map { _ in
      time += Int64(random.below(4))
      return time
    }
    let most = times.indices.map { i in
      times[i...].prefix { $0 < times[i] + 10 }.count
    }.max()
    var byWindow: [Int64: Int] = [:]
    for time in times { byWindow[time / 10, default: 0] += 1 }
    let meter = Self.meter(times)
    #expect(meter.mostRolling == most, "seed \(seed)")
    #expect(meter.mostFixed == byWindow.values.max(), "seed \(seed)")
  }
}
