import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: plan")
struct EngineAnswersTests {
  private func plan(_ bench: Bench, limit: Int = 10) throws -> [PlannedStep] {
    guard case .plan(let steps)? = bench.ask(.plan(account: nil, limit: limit)) else {
      throw BenchError("no plan")
    }
    return steps
  }

  @Test("the plan is what would be done next, and doing nothing is said with its reason")
  func steps() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("m", 60, 3)]
    }
    bench.storeAll()
    let steps = try plan(bench, limit: 3)
    #expect(steps.map(\.action) == ["wait", "read", "read"])
    #expect(steps[0].why == "m window" && steps[0].at == bench.wall + .milliseconds(60_050))
    #expect(steps[1].day == Bench.day("2018-06-12") && steps[1].workClass == .fresh)
    #expect(steps[1].stream == "steps")
    #expect(bench.open.isEmpty, "to ask for the plan does nothing")
    bench.command(.pause(account: "me"))
    let paused = try plan(bench)
    #expect(paused.map(\.action) == ["rest"] && paused[0].why == "by the operator")
  }

  @Test("the limit holds over all accounts", arguments: [1, 2, 5])
  func limit(_ limit: Int) throws {
    let bench = try Bench {
      $0.accounts = ["a", "b"].map { .bench($0) }
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("m", 60, 1)]
    }
    #expect(try plan(bench, limit: limit).count == limit)
  }
}
