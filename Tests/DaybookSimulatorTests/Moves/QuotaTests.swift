import DaybookCore
import Testing

@testable import DaybookSimulator

struct QuotaTests {
  static let windows = [
    SimWindow("Minute", length: .seconds(60), limit: 3),
    SimWindow("Hour", length: .seconds(3_600), limit: 5),
  ]

  static func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

  @Test("calls are let through up to the limit, and again in the next window of the clock")
  func fixed() {
    var quota = Quota(Self.windows)
    let calls: [(Int64, Bool, [Int])] = [
      (3_600, false, [2, 4]), (3_601, false, [1, 3]), (3_659, false, [0, 2]),
      (3_659, true, [0, 2]), (3_660, false, [2, 1]), (3_661, false, [1, 0]),
      (3_662, true, [1, 0]), (3_720, true, [3, 0]), (7_199, true, [3, 0]),
      (7_200, false, [2, 4]),
    ]
    for (time, refused, left) in calls {
      let state = quota.take(pool: 0, factor: 1, now: Self.at(time))
      #expect(state.refused == refused, "at \(time)")
      #expect(state.left == left, "at \(time)")
      #expect(state.limits == [3, 5])
    }
  }

  @Test("a factor raises every limit for that call only")
  func factor() {
    var quota = Quota(Self.windows)
    for _ in 0..<6 {
      let state = quota.take(pool: 0, factor: 2, now: Self.at(0))
      #expect(!state.refused)
      #expect(state.limits == [6, 10])
    }
    let doubled = quota.take(pool: 0, factor: 2, now: Self.at(1))
    #expect(doubled.refused)
    let plain = quota.take(pool: 0, factor: 1, now: Self.at(60))
    #expect(plain.refused && plain.left == [3, 0])
  }

  @Test("pools do not know each other")
  func pools() {
    var quota = Quota(Self.windows)
    for _ in 0..<3 { _ = quota.take(pool: 1, factor: 1, now: Self.at(0)) }
    let first = quota.take(pool: 1, factor: 1, now: Self.at(0))
    let second = quota.take(pool: 2, factor: 1, now: Self.at(0))
    #expect(first.refused && !second.refused)
  }

  @Test("a slot that is given back may be used again")
  func giveBack() {
    var quota = Quota(Self.windows)
    for _ in 0..<20 {
      let state = quota.take(pool: 0, factor: 1, now: Self.at(0))
      #expect(!state.refused)
      quota.giveBack(pool: 0)
    }
    quota.giveBack(pool: 9)
    let state = quota.take(pool: 0, factor: 1, now: Self.at(0))
    #expect(state.left == [2, 4])
  }

  @Test("windows may be as short as a test wants, and lie before 1970")
  func short() {
    var quota = Quota([SimWindow("Minute", length: .milliseconds(10), limit: 1)])
    let times: [(Int64, Bool)] = [
      (0, false), (9_999, true), (10_000, false), (15_000, true), (-1, false), (-10_000, true),
      (-10_001, false),
    ]
    for (time, refused) in times {
      let state = quota.take(pool: 0, factor: 1, now: Instant(microseconds: time))
      #expect(state.refused == refused, "at \(time)")
    }
  }

  @Test("the headers have the recorded names, the hour first")
  func headers() {
    var quota = Quota(Self.windows)
    let state = quota.take(pool: 0, factor: 1, now: Self.at(0))
    #expect(
      quota.headers(state) == [
        SimField("X-RateLimit-HourLimit", "5"), SimField("X-RateLimit-HourRemaining", "4"),
        SimField("X-RateLimit-MinuteLimit", "3"), SimField("X-RateLimit-MinuteRemaining", "2"),
      ])
  }

  @Test("never more than the limit pass in any window of the clock", arguments: 0..<10)
  func never(seed: UInt64) {
    var random = Seeded(seed)
    var quota = Quota(Self.windows)
    var passed: [Int64: Int] = [:]
    var time: Int64 = 0
    for _ in 0..<2_000 {
      time += Int64(random.below(15))
      let state = quota.take(pool: 0, factor: 1, now: Self.at(time))
      if !state.refused { passed[time / 60, default: 0] += 1 }
    }
    #expect(passed.values.allSatisfy { $0 <= 3 }, "seed \(seed)")
  }
}
