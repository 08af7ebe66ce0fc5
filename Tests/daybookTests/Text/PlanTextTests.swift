import DaybookCore
import Testing

@testable import daybook

@Suite("The text of plan")
struct PlanTextTests {
  private let clock = LocalClock(now: testNow, offset: { _ in 0 })
  private let steps: [PlannedStep] = {
    var fetch = PlannedStep(account: "me-moves", action: "fetch")
    fetch.stream = "storyline"
    fetch.day = Day("2016-06-18")
    fetch.workClass = .backfill
    fetch.why = "missing"
    var refresh = PlannedStep(account: "phone", action: "refresh")
    refresh.at = testNow + .minutes(3)
    return [fetch, refresh]
  }()

  @Test("a line for each step, what is due at once first told as now")
  func table() {
    #expect(
      PlanText.text(steps, Look(), clock) == """
        WHEN   ACCOUNT   STREAM     DAY         ACTION   CLASS     WHY
        now    me-moves  storyline  2016-06-18  fetch    backfill  missing
        21:18  phone                            refresh

        """)
  }

  @Test("a narrow terminal keeps account and day", arguments: [20, 30, 40, 60])
  func narrow(columns: Int) {
    let text = PlanText.text(steps, Look(columns: columns), clock)
    #expect(text.contains("2016-06-18") || columns < 24)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
  }

  @Test("nothing to do is said")
  func nothing() { #expect(PlanText.text([], Look(), clock) == "nothing to do\n") }

  @Test("what a server sent cannot drive the terminal")
  func escaped() {
    var step = PlannedStep(account: "a", action: "\u{1b}c")
    step.why = "\n"
    #expect(PlanText.text([step], Look(), clock).contains("\\u{1B}c"))
    #expect(PlanText.text([step], Look(), clock).split(separator: "\n").count == 2)
  }
}
