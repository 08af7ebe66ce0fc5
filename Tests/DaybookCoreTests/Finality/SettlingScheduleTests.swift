import Testing

@testable import DaybookCore

@Suite("Settling: when a day is read again")
struct SettlingScheduleTests {
  private typealias R = Reads

  /// When an open day is read next that was read once, at this moment.
  private func next(after moment: Instant, fresh: Duration = .hours(3), items: Int = 3) -> Instant?
  {
    var rule = R.rule(settle: 1_000)
    rule.fresh = fresh
    return rule.outcome(of: R.read(moment, items: items), before: nil, state: .missing).nextAt
  }

  @Test(
    "while it lasts, as often as is set", arguments: [(-24, -21), (-10, -7), (-3, 0), (-1, 2)])
  func today(read: Double, next: Double) {
    #expect(self.next(after: R.at(read)) == R.at(next))
    #expect(self.next(after: R.at(read), fresh: .minutes(15)) == R.at(read + 0.25))
  }

  @Test("a rare reading of today does not put off the first one after its end") func rare() {
    #expect(next(after: R.at(-1), fresh: .hours(24)) == R.at(6))
    #expect(next(after: R.at(-20), fresh: .hours(24)) == R.at(4))
  }

  @Test(
    "after its end 6 hours and 1, 2, 4, 8, 16 and 32 days after it",
    arguments: [
      (0, 6), (5.9, 6), (6, 24), (6.1, 24), (24, 48), (30, 48), (48, 96), (96, 192), (191, 192),
      (192, 384), (384, 768), (700, 768),
    ])
  func afterwards(read: Double, next: Double) {
    #expect(self.next(after: R.at(read)) == R.at(next))
  }

  @Test("later it is only open when it is odd: an hour after the first such read")
  func odd() {
    #expect(next(after: R.days(33), items: 3) == nil)
    for days in [32, 33, 5_000] {
      #expect(next(after: R.days(Double(days)), items: 0) == R.days(Double(days)) + .hours(1))
    }
  }

  @Test("a final day has no next read") func final() {
    let outcome = R.rule().outcome(of: R.read(R.at(48)), before: R.stored(6), state: .open)
    #expect(outcome.state == .final)
    #expect(outcome.nextAt == nil)
  }

  @Test("a day that changes each time is not read every hour for ever") func restless() {
    var outcome = R.rule(neighbours: 1 << 30).outcome(
      of: R.read(R.days(40), "0"), before: nil, state: .missing)
    var reads = 0
    while let next = outcome.nextAt, next < R.days(400) {
      reads += 1
      #expect(outcome.state == .open)
      outcome = R.rule(neighbours: 1 << 30).outcome(
        of: R.read(next, "\(reads)"), before: outcome.day, state: outcome.state)
    }
    #expect((20...160).contains(reads))
  }

  @Test("a day with items that the provider now calls empty is asked ever more rarely")
  func doubted() {
    var outcome = R.rule().outcome(of: R.read(R.days(6)), before: nil, state: .missing)
    let before = outcome.day
    var waits: [Duration] = []
    var last = R.days(6)
    while let next = outcome.nextAt, next < R.days(400) {
      waits.append(next - last)
      last = next
      outcome = R.rule().outcome(
        of: R.read(next, "", items: 0), before: outcome.day, state: outcome.state)
      #expect(outcome.filing == .keepWithVersion)
      #expect(outcome.day == before)
    }
    #expect(outcome.state == .open)
    #expect(waits.count < 40)
    #expect(waits.max() == .days(32))
    // And when it comes back as it was, that is the second read.
    let back = R.rule().outcome(of: R.read(last), before: outcome.day, state: .open)
    #expect(back.state == .final)
  }

  @Test(
    "every day closes when reads come when they are asked for, and none on a read before its end")
  func terminates() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<400 {
      var rule = R.rule(
        settle: Int.random(in: 0...60, using: &random),
        neighbours: Bool.random(using: &random)
          ? Int64.random(in: 0...10_000, using: &random) : nil,
        zones: Bool.random(using: &random))
      rule.fresh = .minutes(Int64.random(in: 10...1_500, using: &random))
      // The content changes until a moment, and then no more; items never become fewer than one.
      let stable = R.days(Double.random(in: -1...80, using: &random))
      let isEmpty = Bool.random(using: &random)
      var moment = R.at(Double.random(in: -24...2_000, using: &random))
      var outcome: Settling.Outcome?
      var reads = 0
      while outcome?.state != .final, reads < 400 {
        reads += 1
        let text = moment < stable ? "\(reads)" : "stable"
        let items = isEmpty ? 0 : 3
        outcome = rule.outcome(
          of: R.read(moment, text, items: items), before: outcome?.day,
          state: outcome?.state ?? .missing)
        if outcome?.state == .final { break }
        guard let next = outcome?.nextAt, next > moment else {
          Issue.record("no later read: \(seed)")
          return
        }
        // Due reads come a little late.
        moment = next + .seconds(Int64.random(in: 0...600, using: &random))
      }
      #expect(outcome?.state == .final, "\(seed)")
      #expect(moment >= R.end, "\(seed)")
    }
  }
}
