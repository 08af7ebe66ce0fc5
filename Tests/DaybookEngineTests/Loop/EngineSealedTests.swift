import Testing

@testable import DaybookCore
@testable import DaybookEngine

@Suite("Engine: sealed accounts")
struct EngineSealedTests {
  private func dead(_ change: (inout BenchOptions) -> Void = { _ in }) throws -> Bench {
    let bench = try Bench(change)
    bench.storeAll()
    try bench.engine.seal(bench.lane, "ended")
    return bench
  }

  @Test("a sealed account misses nothing, and its open days say when they were last seen")
  func history() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-01") }
    for _ in 0..<6 { bench.store(try #require(bench.open.first)) }
    try bench.engine.seal(bench.lane, "ended")
    bench.pass(.days(40))
    let status = try bench.status()
    #expect(status.state == .sealed && status.lastSeen == Bench.day("2018-06-15"))
    #expect(status.eta == nil && status.streams[0].missing > 0)
    #expect(try bench.daemonStatus().missing == 0)
    #expect(!bench.engine.health.statusLine.contains("missing"))
    guard case .days(let row)? = bench.ask(.days(account: "me", stream: nil, year: nil)) else {
      Issue.record("no days")
      return
    }
    #expect(row.lastSeen == Bench.day("2018-06-15") && row.days.contains("o"))
    try bench.begin()
    #expect(try bench.status().lastSeen == Bench.day("2018-06-15"))
  }

  @Test(
    "who signs in is refused, and told where the history goes on",
    arguments: [
      (nil, nil, "ended"),
      (
        "next", "me-all",
        "Plain ended on 2018-06-15; its successor here is next: add an account with "
          + "provider: next and timeline: me-all"
      ),
      (
        "next", nil,
        "Plain ended on 2018-06-15; its successor here is next: add an account with "
          + "provider: next, and give both accounts the same timeline:"
      ),
    ] as [(String?, String?, String)])
  func signIn(_ successor: String?, _ timeline: String?, _ reason: String) throws {
    let bench = try dead {
      $0.provider.sunset = Bench.day("2018-07-31")
      $0.provider.successor = successor
      $0.accounts[0].timeline = timeline
    }
    #expect(
      bench.ask(.loginBegin(account: "me", redirectURI: nil))
        == .failed(.accountSealed(account: "me", reason: reason)))
  }

  @Test("a sign-in that was under way, a resync and a logout make no call either")
  func silent() throws {
    let bench = try Bench { $0.provider.urls.revoke = "https://p.test/revoke" }
    bench.storeAll()
    guard case .loginBegun? = bench.ask(.loginBegin(account: "me", redirectURI: nil)) else {
      Issue.record("not begun")
      return
    }
    let state = try #require(bench.engine.logins[bench.lane.id]?.state)
    try bench.engine.seal(bench.lane, "ended")
    let url = LoginAnswer.url(Secret("http://127.0.0.1:8754/?code=c&state=\(state)"))
    guard case .failed(.loginFailed)? = bench.ask(.loginComplete(account: "me", url)) else {
      Issue.record("completed")
      return
    }
    let resync = ControlCall.resync(ResyncRequest(account: "me"))
    #expect(bench.ask(resync) == .failed(.accountSealed(account: "me", reason: "ended")))
    #expect(bench.ask(.logout(account: "me")) == .done)
    #expect(bench.open.isEmpty)
    #expect(try bench.status().state == .sealed)
  }

  @Test("what calls under way say of the sign-in is no news any more")
  func late() throws {
    let bench = try Bench()
    let call = try bench.call("steps 2018-06-15")
    try bench.engine.seal(bench.lane, "ended")
    try bench.engine.askForSignIn(bench.lane, "why")
    bench.answer(call, 401)
    bench.pass(.days(1))
    #expect(bench.logged(.signInNeeded) == [] && bench.lane.record.signInReason == nil)
    #expect(!bench.open.contains { $0.kind == .token })
  }

  @Test("a file of a sealed account that is gone is told, without a promise")
  func damaged() throws {
    let bench = try dead()
    try bench.begin()
    while let job = bench.checks.first {
      var result = CheckResult(id: job.id)
      result.damaged = job.rows.map(\.day).filter { $0 == Bench.day("2018-06-12") }
      bench.handle(.checked(result))
    }
    let told = bench.logged(.dayDamaged)
    #expect(told == ["the file of 2018-06-12 is gone or was altered; its provider has ended"])
    #expect(bench.open.isEmpty)
  }
}
