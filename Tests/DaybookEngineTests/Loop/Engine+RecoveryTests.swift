import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: a commit that failed")
struct EngineRecoveryTests {
  @Test("when the commit fails nothing leaves, and the process ends with 74 and one clear line")
  func fails() throws {
    let bench = try Bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(1))
    try bench.engine.ledger.database.execute("PRAGMA query_only = ON")
    bench.persist()
    #expect(bench.exit == 74 && bench.sent.isEmpty)
    #expect(bench.logged(.fatal).count == 1)
    #expect(bench.logged(.fatal)[0].contains("ledger.sqlite"))
    #expect(try bench.row("2018-06-15").state == .missing)
    try bench.engine.ledger.database.execute("PRAGMA query_only = OFF")
    bench.pass(.hours(4))
    #expect(bench.sent.isEmpty && bench.exit == nil)
    #expect(try bench.daemonStatus().state == .stopping)
  }

  @Test("what the failed commit was to hold is not said to be stored, what was seen is")
  func said() throws {
    let bench = try Bench()
    bench.store(try bench.call("steps 2018-06-14"))
    #expect(bench.logged(.dayStored).count == 1)
    bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(1))
    try bench.engine.ledger.database.execute("PRAGMA query_only = ON")
    bench.persist()
    #expect(bench.logged(.dayStored).count == 1 && bench.logged(.fatal).count == 1)
  }

  @Test("a process that is to end ends, also when the ledger's commit fails with the token's")
  func exits() throws {
    let (bench, refresh) = try fullWhileRefreshing()
    try bench.engine.book.database.execute("PRAGMA query_only = ON")
    bench.answer(refresh, 200, "{\"access_token\":\"a2\",\"refresh_token\":\"r2\"}")
    #expect(bench.exit == 74 && bench.logged(.fatal).count == 1)
  }

  @Test("a ledger that is being made again on a full disk goes on when there is room")
  func rebuildOnFullDisk() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.loseLedger()
    try bench.begin()
    var result = CheckResult(id: try #require(bench.checks.first).id)
    result.failure = .full("no room for the quarantine")
    bench.handle(.checked(result))
    #expect(try bench.checks.isEmpty && bench.daemonStatus().state == .diskFull)
    bench.pass(Limits.probeInterval)
    bench.handle(.probed(.writable))
    #expect(bench.checks.first?.year == Engine.oldestYear)
  }

  @Test("a command in a batch that failed is told that nothing was done")
  func toldOfFailure() throws {
    let bench = try Bench()
    bench.storeAll()
    try bench.engine.ledger.database.execute("PRAGMA query_only = ON")
    let id = bench.command(.resync(ResyncRequest(account: "me")))
    guard case .failed(.busy)? = bench.answers[id]?.first, bench.answers[id]?.count == 1 else {
      Issue.record("told: \(String(describing: bench.answers[id]))")
      return
    }
  }

  /// A bench whose ledger has no room for the days that it is about to make.
  private func fullBench() throws -> Bench {
    let bench = try Bench {
      $0.accounts = ["a", "b"].map { .bench($0) }
      $0.tokenLife = .hours(9)
    }
    bench.storeAll()
    bench.lane("b").record.firstDay = Bench.day("2000-01-01")
    try bench.engine.book.put(bench.lane("b").record)
    bench.lane("b").today = nil
    let database = bench.engine.ledger.database
    let pages = try database.number("PRAGMA page_count")
    try database.execute("PRAGMA max_page_count = \(pages)")
    bench.engine.roster.wakeAll()
    return bench
  }

  /// As before, and the next batch brings the answer to a refresh.
  private func fullWhileRefreshing() throws -> (Bench, Call) {
    let bench = try fullBench()
    bench.lane("a").mustRefresh = true
    bench.lane("b").today = Bench.day("2018-06-15")
    bench.handle(.tick)
    let refresh = try bench.call(.token)
    bench.lane("b").today = nil
    bench.engine.roster.wakeAll()
    return (bench, refresh)
  }

  @Test("a full disk under the ledger pauses; when there is room, work goes on")
  func full() throws {
    let bench = try fullBench()
    bench.handle(.tick)
    #expect(bench.exit == nil && bench.sent.isEmpty)
    #expect(try bench.daemonStatus().state == .diskFull)
    #expect(try bench.engine.ledger.row(bench.key("2000-01-01", account: "b")) == nil)
    bench.pass(Limits.probeInterval)
    #expect(bench.effects.contains { if case .probe = $0 { true } else { false } })
    try bench.engine.ledger.database.execute("PRAGMA max_page_count = 1000000")
    bench.handle(.probed(.writable))
    #expect(bench.logged(.diskBack).count == 1)
    #expect(bench.sent.count == Limits.callsInFlightPerLane)
    try bench.checkCounts()
  }

  @Test("a refresh whose batch failed was not sent, and is begun again")
  func refreshTakenBack() throws {
    let bench = try fullBench()
    bench.lane("a").mustRefresh = true
    bench.handle(.tick)
    #expect(bench.sent.isEmpty && bench.engine.flights.isEmpty)
    #expect(!bench.lane("a").refreshing)
    try bench.engine.ledger.database.execute("PRAGMA max_page_count = 1000000")
    bench.handle(.probed(.writable))
    #expect(bench.sent.contains { $0.kind == .token }, "the intent is known from the book")
  }

  @Test("a token's answer that came in a failed batch is not lost")
  func tokenAnswer() throws {
    let (bench, refresh) = try fullWhileRefreshing()
    bench.answer(refresh, 200, "{\"access_token\":\"a2\",\"refresh_token\":\"r2\"}")
    #expect(try bench.daemonStatus().state == .diskFull)
    #expect(try bench.engine.book.grant("a")?.grant?.refresh == Secret("r2"))
    #expect(bench.lane("a").grant?.access == Secret("a2") && !bench.lane("a").refreshing)
  }

  @Test("a stop and a reload that came in a failed batch are heard all the same")
  func heardAgain() throws {
    let bench = try fullBench()
    bench.handle(.tick, .reloadAsked)
    #expect(bench.effects.contains { if case .readSettings = $0 { true } else { false } })
    let other = try fullBench()
    other.handle(.tick, .stopAsked)
    #expect(other.exit != nil)
  }

  @Test("a verify that a failed batch cut short is told so, and the next one may begin")
  func verifyCutShort() throws {
    let bench = try fullBench()
    bench.lane("b").today = Bench.day("2018-06-15")
    let id = bench.command(.verify(VerifyRequest()))
    let job = try #require(bench.checks.first)
    bench.lane("b").today = nil
    bench.engine.roster.wakeAll()
    bench.handle(.checked(CheckResult(id: job.id)))
    guard case .failed(.busy)? = bench.answers[id]?.last else {
      Issue.record("\(String(describing: bench.answers[id]))")
      return
    }
    #expect(bench.engine.verification.run == nil)
  }

  @Test("bodies that a failed batch was to put away are dropped")
  func filesTakenBack() throws {
    let bench = try Bench {
      $0.accounts = ["a", "b"].map { .bench($0) }
    }
    let call = try #require(bench.open.first)
    bench.lane("b").record.firstDay = Bench.day("2000-01-01")
    bench.lane("b").today = nil
    let database = bench.engine.ledger.database
    try database.execute("PRAGMA max_page_count = \(database.number("PRAGMA page_count"))")
    bench.engine.roster.wakeAll()
    bench.answer(call, 200, Bench.items(1))
    #expect(bench.filing.isEmpty && bench.discarded.count == 1)
  }
}
