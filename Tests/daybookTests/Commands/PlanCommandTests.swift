import DaybookCore
import Testing

@testable import daybook

@Suite("daybook plan")
struct PlanCommandTests {
  private let step: PlannedStep = {
    var step = PlannedStep(account: "a", action: "fetch")
    step.day = Day("2016-06-18")
    step.workClass = .fresh
    return step
  }()

  @Test("the steps are shown, at most as many as asked for")
  func steps() {
    let daemon = FakeDaemon(.reply(.plan([step])))
    let run = daybook("plan", "a", "--limit", "3", daemon: daemon)
    #expect(run.status == .ok)
    #expect(run.out.contains("now   a        2016-06-18  fetch   fresh"))
    #expect(daemon.calls == [.plan(account: "a", limit: 3)])
    #expect(daybook("plan", daemon: daemon).status == .ok)
    #expect(daemon.calls.last == .plan(account: nil, limit: 20))
  }

  @Test("--json is the reply")
  func json() {
    let run = daybook("plan", "--json", daemon: FakeDaemon(.reply(.plan([step]))))
    #expect(
      run.out
        == #"{"steps":[{"account":"a","action":"fetch","day":"2016-06-18","class":"fresh"}]}"#
        + "\n")
  }

  @Test("nothing to do is no failure")
  func nothing() {
    let run = daybook("plan", daemon: FakeDaemon(.reply(.plan([]))))
    #expect(run == CommandRun(status: .ok, out: "nothing to do\n", err: ""))
  }
}
