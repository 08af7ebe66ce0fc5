import Testing

@testable import DaybookCore

@Suite("How long a sign-in lasts")
struct GrantTermTests {
  private let begun = moment(0).wall

  private func term(_ life: Duration) -> GrantTerm { GrantTerm(begun: begun, ends: begun + life) }

  @Test(
    "it warns when a quarter is left and two days before, each once",
    arguments: [
      (Duration.days(7), [Duration.hours(120), .hours(126)]), (.days(60), [.days(45), .days(58)]),
      (.days(8), [.days(6), .days(6)]), (.days(1), [.hours(18)]), (.days(2), [.hours(36)]),
    ])
  func warnings(life: Duration, after: [Duration]) {
    let term = term(life)
    #expect(term.warnings == after.map { begun + $0 })
    #expect(term.nextWarning == term.warnings.first)
  }

  @Test("a warning is given once, and what was slept through counts as given") func once() {
    var term = term(.days(60))
    var told: [Bool] = []
    for day in [44, 46, 57, 59, 70] as [Int64] { told.append(term.warn(at: begun + .days(day))) }
    #expect(told == [false, true, false, true, false])
    #expect(term.told == 2 && term.nextWarning == nil)
    var late = self.term(.days(60))
    told = [59, 60].map { late.warn(at: begun + .days($0)) }
    #expect(told == [true, false])
    var early = self.term(.days(60))
    told = [early.warn(at: begun + .days(46))]
    #expect(told == [true] && early.nextWarning == begun + .days(58))
  }

  @Test("an answer that is silent changes nothing") func silent() {
    #expect(GrantTerm.after(nil, left: nil, now: begun) == nil)
    #expect(GrantTerm.after(term(.days(7)), left: nil, now: begun + .days(3)) == term(.days(7)))
  }

  @Test("the same end told again is the same term; another end is a new one") func again() {
    var old = term(.days(7))
    old.told = 1
    let now = begun + .days(3)
    for off in [Duration.zero, .minutes(59), .zero - .minutes(59)] {
      #expect(GrantTerm.after(old, left: .days(4) + off, now: now) == old)
    }
    #expect(
      GrantTerm.after(old, left: .days(7), now: now)
        == GrantTerm(begun: now, ends: now + .days(7)))
    #expect(GrantTerm.after(nil, left: .days(7), now: begun) == term(.days(7)))
  }
}
