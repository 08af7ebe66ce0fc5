import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: days and plan")
struct EngineAnswersTests {
  private func days(_ bench: Bench, _ account: String? = "me", year: Int? = nil) throws -> DaysRow {
    guard case .days(let row)? = bench.ask(.days(account: account, stream: "steps", year: year))
    else { throw BenchError("no days") }
    return row
  }

  @Test(
    "each day has the letter of its state",
    arguments: [
      (DayState.missing, 2, "."), (.open, 2, "o"), (.open, 0, "e"), (.final, 2, "#"),
      (.final, 0, "e"), (.refused, 2, "r"), (.beyond, 2, "b"), (.failing, 2, "f"),
      (.damaged, 2, "d"),
    ])
  func letters(_ state: DayState, _ items: Int, _ letter: Character) throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-14") }
    bench.storeAll(items)
    try bench.change("2018-06-14") { $0.state = state }
    let row = try days(bench)
    #expect(row.from == Bench.day("2018-06-14") && row.days.count == 2)
    #expect(row.days.first == letter)
  }

  @Test("a year is shown whole, with what is outside the account's days")
  func year() throws {
    let bench = try Bench()
    let row = try days(bench, year: 2018)
    #expect(row.from == Bench.day("2018-01-01") && row.days.count == 365)
    #expect(row.days.filter { $0 == "." }.count == 4)
    #expect(row.days.filter { $0 == "-" }.count == 361)
    #expect(try days(bench, year: 2016).days.count == 366)
  }

  @Test("an account without days yet shows today alone")
  func none() throws {
    let bench = try Bench { $0.firstDay = nil }
    #expect(try days(bench).days == "-")
  }

  @Test("with more, a stream in each reply; without, one stream must be named")
  func streams() throws {
    let bench = try Bench { $0.provider = .bench(["a", "b"]) }
    let call = ControlCall.days(account: nil, stream: nil, year: nil)
    let id = bench.command(call, more: true)
    let names = (bench.answers[id] ?? []).map { reply -> String in
      if case .days(let row) = reply { row.stream } else { "?" }
    }
    #expect(names == ["a", "b"])
    guard case .failed(.invalidParameter)? = bench.ask(call) else {
      Issue.record("answered")
      return
    }
    #expect(
      bench.ask(.days(account: "me", stream: "c", year: nil))
        == .failed(.noSuchStream(account: "me", stream: "c")))
    #expect(
      bench.ask(.days(account: "you", stream: nil, year: nil)) == .failed(.noSuchAccount("you")))
  }

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
