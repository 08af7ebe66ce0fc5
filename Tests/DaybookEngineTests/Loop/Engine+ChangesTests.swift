import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: lists of changes")
struct EngineChangesTests {
  private static let list = JSONPointer(segments: [.key("days"), .every])

  /// Four days, all final and read at noon of 15 June; the list is asked for in pages.
  private func bench(_ change: (inout BenchOptions) -> Void = { _ in }) throws -> Bench {
    let bench = try Bench {
      $0.provider = .bench {
        $0.streams[0].settle.changes = Changes(
          Fact(get: "/changed?since={since}", at: Self.list, form: .ymd), since: .utc)
        $0.streams[0].pages = Pages(.token(send: "page", at: .at("next")))
      }
      change(&$0)
    }
    bench.storeAll()
    try close(bench)
    return bench
  }

  private func close(_ bench: Bench) throws {
    for day in ["12", "13", "14", "15"] {
      try bench.change("2018-06-\(day)") {
        $0.state = .final
        $0.workClass = nil
        $0.nextAt = nil
      }
    }
  }

  /// The list asked for, without the days that are asked for beside it.
  private func listCall(_ bench: Bench) -> Call? { bench.open.first { $0.kind == .index } }

  private func days(_ days: [String], next: String = "") -> String {
    let list = days.map { "\"2018-06-\($0)\"" }.joined(separator: ",")
    return "{\"days\":[\(list)],\"next\":\"\(next)\"}"
  }

  @Test("a new account begins with what it reads: the first list comes a day later")
  func first() throws {
    let bench = try bench()
    bench.pass(.hours(23))
    #expect(listCall(bench) == nil)
    bench.pass(.hours(1))
    let call = try #require(listCall(bench))
    #expect(call.url == "https://api.p.test/v1/changed?since=2018-06-15T11%3A00%3A00Z")
  }

  @Test("the days it names are read again, final ones too, and what they were is kept")
  func named() throws {
    let bench = try bench()
    bench.pass(.days(1))
    bench.answer(try #require(listCall(bench)), 200, days(["13", "01"]))
    let call = try bench.call("steps 2018-06-13")
    #expect(!bench.asked.contains("steps 2018-06-14") && !bench.asked.contains("steps 2018-06-01"))
    bench.answer(call, 200, Bench.items(5))
    let item = try #require(bench.filing.first { $0.spooled.path.day == Bench.day("2018-06-13") })
    #expect(item.keepOldFetchedAt != nil)
    bench.persist()
    #expect(bench.logged(.dayChanged).count == 1)
    #expect(!bench.asked.contains("steps 2018-06-12"), "the list would have named the neighbours")
    try bench.checkCounts()
  }

  @Test("pages of it are followed to their end, and then it rests for a day")
  func pages() throws {
    let bench = try bench()
    bench.pass(.days(1))
    bench.answer(try #require(listCall(bench)), 200, days(["13"], next: "x"))
    #expect(!bench.asked.contains("steps 2018-06-13"))
    let second = try #require(listCall(bench))
    #expect(second.url.hasSuffix("&page=x"))
    bench.answer(second, 200, days(["12"]))
    #expect(bench.asked.contains("steps 2018-06-13") && bench.asked.contains("steps 2018-06-12"))
    #expect(listCall(bench) == nil)
    let asked = bench.wall
    bench.storeAll()
    bench.pass(.days(1))
    let since = "\(bench.wall - .days(1) - .hours(1))"
    #expect(bench.lane.streams[0].row.changesAt == asked, "\(since)")
    #expect(listCall(bench)?.url.hasSuffix("2018-06-16T11%3A00%3A00Z") == true)
  }

  @Test("until when it is known survives a restart; a list that failed is asked for again")
  func restart() throws {
    let bench = try bench()
    bench.pass(.days(1))
    bench.answer(try #require(listCall(bench)), 503)
    #expect(try bench.engine.ledger.streams(account: bench.lane.id)[0].changesAt != nil)
    bench.pass(.days(3))
    try bench.begin()
    #expect(listCall(bench)?.url.hasSuffix("2018-06-15T11%3A00%3A00Z") == true)
  }

  @Test("without a mark, as after a lost ledger, it goes back to the oldest fetch")
  func unmarked() throws {
    let bench = try bench()
    bench.lane.streams[0].row.changesAt = nil
    try bench.engine.ledger.putStream(account: bench.lane.id, bench.lane.streams[0].row)
    bench.pass(.days(20))
    #expect(listCall(bench)?.url.hasSuffix("2018-06-15T11%3A00%3A00Z") == true)
  }

  @Test("a mark from the future, of a clock that was wrong, is not waited for")
  func future() throws {
    let bench = try bench()
    bench.lane.streams[0].row.changesAt = bench.wall + .days(400)
    bench.pass(Limits.longestSleep)
    #expect(listCall(bench)?.url.hasSuffix("2018-06-15T11%3A15%3A00Z") == true)
  }

  @Test("a day whose answer is under way may be older than its change: the list is not done")
  func busy() throws {
    let bench = try bench()
    bench.pass(.days(1))
    let mark = bench.lane.streams[0].row.changesAt
    bench.lane.busy.insert(bench.key("2018-06-13"))
    bench.answer(try #require(listCall(bench)), 200, days(["13"]))
    #expect(bench.lane.streams[0].row.changesAt == mark)
  }

  @Test("a list with more than can be kept has every day read again")
  func cutOff() throws {
    let bench = try bench()
    bench.pass(.days(1))
    let many = Array(repeating: "12", count: Limits.capturedValues + 1)
    bench.answer(try #require(listCall(bench)), 200, days(many))
    for day in ["12", "13", "14", "15"] { #expect(bench.asked.contains("steps 2018-06-\(day)")) }
  }

  @Test("an answer for an account that was reloaded meanwhile without such a list does nothing")
  func reloaded() throws {
    let bench = try bench()
    bench.pass(.days(1))
    let call = try #require(listCall(bench))
    bench.configuration.providers["p"]?.streams[0].settle.changes = nil
    bench.handle(.settingsRead(bench.configuration))
    bench.answer(call, 200, days(["13"]))
    #expect(!bench.asked.contains("steps 2018-06-13"))
  }
}
