import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthQuotaTests {
  static func windows(user: Int, minute: Int = 1_000, day: Int = 1_000) -> [SimWindow] {
    [
      SimWindow("UserMinute", length: .seconds(60), limit: user),
      SimWindow("ProjectMinute", length: .seconds(60), limit: minute),
      SimWindow("ProjectDay", length: .seconds(86_400), limit: day),
    ]
  }

  /// Calls at these seconds, and whether each is let through.
  static func passed(
    _ alignment: QuotaAlignment, _ times: [Int64], limit: Int = 2
  ) -> [Bool] {
    var quota = HealthQuota(windows(user: limit), alignment: alignment)
    return times.map { quota.take(person: 0, now: Instant(seconds: $0)) }
  }

  @Test("rolling: a slot is free again one window after its call")
  func rolling() {
    let times: [(Int64, Bool)] = [
      (30, true),
      (50, true),
      (59, false),
      (61, false),
      (89, false),
      (90, true),
      (109, false),
      (110, true),
      (120, false),
      (149, false),
      (150, true),
    ]
    #expect(Self.passed(.rolling, times.map(\.0)) == times.map(\.1))
  }

  @Test("clock: all slots are free again at the full minute")
  func clock() {
    let times: [(Int64, Bool)] = [
      (30, true),
      (50, true),
      (59, false),
      (60, true),
      (60, true),
      (119, false),
      (120, true),
      (-1, true),
    ]
    #expect(Self.passed(.clock, times.map(\.0)) == times.map(\.1))
  }

  @Test("first call: the window begins when somebody calls")
  func firstCall() {
    let times: [(Int64, Bool)] = [
      (30, true),
      (80, true),
      (89, false),
      (90, true),
      (95, true),
      (149, false),
      (400, true),
      (459, true),
      (459, false),
      (460, true),
    ]
    #expect(Self.passed(.firstCall, times.map(\.0)) == times.map(\.1))
  }

  @Test("people do not take each other's slots", arguments: QuotaAlignment.allCases)
  func people(alignment: QuotaAlignment) {
    var quota = HealthQuota(Self.windows(user: 2), alignment: alignment)
    let now = Instant(seconds: 600)
    let passed = [0, 0, 0, 1, 1, 1, 2].map { quota.take(person: $0, now: now) }
    #expect(passed == [true, true, false, true, true, false, true])
  }

  @Test("the project's slots are shared", arguments: QuotaAlignment.allCases)
  func project(alignment: QuotaAlignment) {
    var quota = HealthQuota(Self.windows(user: 10, minute: 3), alignment: alignment)
    let now = Instant(seconds: 600)
    let passed = [0, 1, 2, 3, 4].map { quota.take(person: $0, now: now) }
    #expect(passed == [true, true, true, false, false])
    let later = quota.take(person: 5, now: Instant(seconds: 660))
    #expect(later)
  }

  @Test("the day counts too", arguments: QuotaAlignment.allCases)
  func day(alignment: QuotaAlignment) {
    var quota = HealthQuota(Self.windows(user: 10, day: 4), alignment: alignment)
    let passed = (0..<6).map { quota.take(person: 0, now: Instant(seconds: $0 * 3_600)) }
    #expect(passed == [true, true, true, true, false, false])
    let tomorrow = quota.take(person: 0, now: Instant(seconds: 86_400))
    #expect(tomorrow)
  }

  @Test("a refused call takes no slot of another window")
  func refused() {
    var quota = HealthQuota(Self.windows(user: 1, minute: 3), alignment: .rolling)
    let now = Instant(seconds: 600)
    let passed = [0, 0, 0, 0, 1, 2, 3].map { quota.take(person: $0, now: now) }
    #expect(passed == [true, false, false, false, true, true, false])
  }

  @Test("never more than the limit pass in any minute", arguments: 0..<8)
  func never(seed: UInt64) {
    var random = Seeded(seed)
    var quota = HealthQuota(Self.windows(user: 5, minute: 9, day: 100_000), alignment: .rolling)
    var time: Int64 = 0
    var passed: [Int64] = []
    for _ in 0..<4_000 {
      time += Int64(random.below(9))
      let person = random.below(3)
      if quota.take(person: person, now: Instant(seconds: time)) { passed.append(time) }
    }
    #expect(passed.count > 500)
    for (i, first) in passed.enumerated() where i + 9 < passed.count {
      #expect(passed[i + 9] - first >= 60, "seed \(seed)")
    }
  }

  @Test("the quota forgets: years of calls leave only the last day behind")
  func forgets() {
    var quota = HealthQuota(Self.windows(user: 5, day: 10), alignment: .rolling)
    for day in 0..<5_000 {
      let passes = quota.take(person: 0, now: Instant(seconds: Int64(day) * 86_400))
      #expect(passes)
    }
  }
}
