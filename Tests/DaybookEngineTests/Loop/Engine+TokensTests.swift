import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: tokens")
struct EngineTokensTests {
  private static let pair = "{\"access_token\":\"a2\",\"refresh_token\":\"r2\",\"expires_in\":3600}"

  /// Every day is stored and the token, which lives an hour, is due.
  private func due(_ change: (inout BenchOptions) -> Void = { _ in }) throws -> Bench {
    let bench = try Bench {
      $0.tokenLife = .hours(1)
      change(&$0)
    }
    bench.storeAll()
    bench.pass(.minutes(54))
    return bench
  }

  @Test("a token is refreshed before it ends, on a connection of its own")
  func request() throws {
    let bench = try Bench { $0.tokenLife = .hours(1) }
    bench.storeAll()
    bench.pass(.minutes(54) - .milliseconds(1))
    #expect(bench.open.isEmpty)
    bench.pass(.milliseconds(1))
    let call = try bench.call(.token)
    #expect(call.method == .post && call.url == "https://p.test/token" && call.freshConnection)
    #expect(
      call.fields == [
        "grant_type": "refresh_token", "refresh_token": "refresh-1", "client_id": "id",
        "client_secret": "s3cret",
      ])
    #expect(call.header("Authorization") == nil)
    #expect(call.header("Content-Type") == "application/x-www-form-urlencoded")
  }

  @Test("clients prove themselves as the provider wants")
  func clients() throws {
    let basic = try due { $0.provider.client = .basic }.call(.token)
    #expect(basic.header("Authorization") == "Basic aWQ6czNjcmV0")
    #expect(basic.fields["client_secret"] == nil && basic.fields["client_id"] == nil)
    let open = try due { $0.provider.client = .public }.call(.token)
    #expect(open.fields["client_id"] == "id" && open.fields["client_secret"] == nil)
    #expect(open.header("Authorization") == nil)
  }

  @Test("one refresh at a time, noted before it leaves; no other call meanwhile")
  func single() throws {
    let bench = try due()
    #expect(bench.open.count == 1)
    #expect(try bench.engine.book.grant("me")?.intentAt != nil)
    bench.pass(.hours(3))
    #expect(bench.open.count == 1)
  }

  @Test("the new pair is stored before its first use, and the old one until the new one worked")
  func newPair() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 200, Self.pair)
    let stored = try #require(try bench.engine.book.grant("me"))
    var grant = try #require(stored.grant)
    #expect(grant.access == Secret("a2") && grant.refresh == Secret("r2"))
    #expect(grant.previousRefresh == Secret("refresh-1") && !grant.proven)
    #expect(grant.generation == 2 && stored.intentAt == nil)
    bench.command(.resync(ResyncRequest(account: "me")))
    let call = try bench.call("steps 2018-06-15")
    #expect(call.header("Authorization") == "Bearer a2")
    bench.store(call)
    grant = try #require(try bench.engine.book.grant("me")?.grant)
    #expect(grant.proven && grant.previousRefresh == nil)
  }

  @Test("an answer without a refresh token keeps the old one")
  func keeps() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 200, "{\"access_token\":\"a2\"}")
    let grant = try #require(try bench.engine.book.grant("me")?.grant)
    #expect(grant.refresh == Secret("refresh-1") && grant.previousRefresh == nil)
  }

  @Test(
    "what is no pair is never stored, and is asked for again",
    arguments: ["", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a b\"}", "<html>", "[1"])
  func unusable(_ body: String) throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 200, body)
    #expect(try bench.engine.book.grant("me")?.grant?.access == Secret("access-1"))
    #expect(bench.lane.record.signInReason == nil)
    bench.pass(.minutes(5))
    #expect(try bench.call(.token).fields["refresh_token"] == "refresh-1")
  }

  @Test("while the token serves, a token endpoint in trouble stops nothing", arguments: [500, 503])
  func serves(_ status: Int) throws {
    let bench = try due()
    bench.answer(try bench.call(.token), status)
    bench.answer(try bench.call(.token), status)
    #expect(bench.open.isEmpty, "after the second failure it is given time")
    bench.pass(.seconds(40))
    bench.answer(try bench.call(.token), status)
    #expect(bench.logged(.serverTrouble).count == 1)
    bench.command(.resync(ResyncRequest(account: "me")))
    #expect(bench.open.contains { $0.kind == .data })
    #expect(bench.lane.record.signInReason == nil)
  }

  @Test("a token that has ended waits for the token endpoint, with growing patience")
  func ended() throws {
    let bench = try due()
    bench.pass(.minutes(10))
    bench.answer(try bench.call(.token), 500)
    bench.command(.resync(ResyncRequest(account: "me")))
    #expect(!bench.open.contains { $0.kind == .data })
    bench.pass(.minutes(15))
    bench.answer(try bench.call(.token), 200, Self.pair)
    #expect(bench.open.contains { $0.kind == .data })
  }

  @Test("invalid_grant of a proven token means a sign-in, for this account alone")
  func deadGrant() throws {
    let bench = try due { $0.accounts = ["me", "you"].map { .bench($0) } }
    let call = try bench.call(.token)
    bench.answer(call, 400, "{\"error\":\"invalid_grant\"}")
    #expect(try bench.status("me").state == .signInNeeded)
    #expect(bench.logged(.signInNeeded).count == 1)
    #expect(bench.logged(.signInNeeded)[0].contains("daybook login me"))
    #expect(try bench.status("you").state != .signInNeeded)
    bench.answer(try bench.call(.token), 200, Self.pair)
    #expect(bench.lane("you").grant?.generation == 2)
  }

  @Test("before anybody has to sign in, the token before an unproven one is tried, once")
  func previous() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 200, Self.pair)
    bench.pass(.minutes(54))
    let refused = "{\"error\":\"invalid_grant\"}"
    #expect(try bench.call(.token).fields["refresh_token"] == "r2")
    bench.answer(try bench.call(.token), 400, refused)
    #expect(try bench.call(.token).fields["refresh_token"] == "refresh-1")
    bench.answer(try bench.call(.token), 400, refused)
    #expect(try bench.status().state == .signInNeeded)
    #expect(!bench.open.contains { $0.kind == .token })
  }

  @Test("a 401 refreshes once; new tokens that fail three times in a row need a sign-in")
  func staleToken() throws {
    let bench = try Bench()
    let calls = bench.open
    bench.answer(calls[0], 401)
    bench.answer(calls[1], 401)
    bench.answer(calls[2], 401)
    #expect(bench.open.filter { $0.kind == .token }.count == 1)
    bench.answer(try bench.call(.token), 200, Self.pair)
    bench.answer(calls[3], 401)
    #expect(try bench.status().state == .working, "it carried the older token")
    for n in 2...4 {
      let fresh = bench.open.first { $0.header("Authorization") == "Bearer a\(n)" }
      bench.answer(try #require(fresh), 401)
      #expect((try bench.status().state == .signInNeeded) == (n == 4))
      guard n < 4 else { break }
      let next = "{\"access_token\":\"a\(n + 1)\",\"refresh_token\":\"r\(n + 1)\"}"
      bench.answer(try bench.call(.token), 200, next)
    }
  }

  @Test("without a refresh token the end of the token is a sign-in")
  func noRefreshToken() throws {
    let bench = try Bench()
    var grant = try #require(bench.lane.grant)
    grant.refresh = nil
    try bench.engine.book.put(grant, account: "me", answer: nil)
    try bench.restart()
    bench.answer(try #require(bench.open.first), 401)
    #expect(try bench.status().state == .signInNeeded)
  }

  @Test("a kill between intent and answer refreshes first thing")
  func intentOpen() throws {
    let bench = try due()
    try bench.begin()
    #expect(try bench.call(.token).fields["refresh_token"] == "refresh-1")
    #expect(!bench.open.contains { $0.kind == .data })
  }

  @Test("a refresh that ends after a new sign-in is not believed", arguments: [200, 400])
  func overtaken(_ status: Int) throws {
    let bench = try due()
    let call = try bench.call(.token)
    var fresh = try #require(bench.lane.grant)
    fresh.access = Secret("signed-in")
    fresh.receivedAt = bench.wall
    fresh.generation += 1
    try bench.engine.book.put(fresh, account: "me", answer: nil)
    bench.lane.grant = fresh
    bench.answer(call, status, status == 200 ? Self.pair : "{\"error\":\"invalid_grant\"}")
    #expect(try bench.engine.book.grant("me")?.grant?.access == Secret("signed-in"))
    #expect(bench.lane.record.signInReason == nil && !bench.lane.refreshing)
  }

  @Test("a client that the token endpoint refuses needs its operator")
  func denied() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 400, "{\"error\":\"invalid_client\"}")
    #expect(try bench.status().reason?.contains("check client_id") == true)
  }

  @Test("410 at the token endpoint alone seals when it has been said for a day")
  func gone() throws {
    let bench = try due()
    for _ in 0..<3 {
      bench.answer(try bench.call(.token), 410)
      #expect(try bench.status().state != .sealed)
      bench.pass(.minutes(30))
    }
    bench.pass(.days(1))
    bench.answer(try bench.call(.token), 410)
    #expect(try bench.status().state == .sealed)
  }

  @Test("410 at the token endpoint after a 410 with data seals at once")
  func allGone() throws {
    let bench = try due()
    bench.lane.dataIsGone = true
    bench.answer(try bench.call(.token), 410)
    #expect(try bench.status().state == .sealed)
  }

  @Test("a refresh that works forgets what the token endpoint said before")
  func backAgain() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 410)
    #expect(bench.lane.tokensGoneSince != nil)
    bench.answer(try bench.call(.token), 200, Self.pair)
    #expect(bench.lane.tokensGoneSince == nil)
  }

  @Test("no line of the journal and no answer shows a token")
  func secrets() throws {
    let bench = try due()
    bench.answer(try bench.call(.token), 500, "refresh-1 access-1")
    let all = "\(bench.log) \(bench.effects) \(try bench.status())"
    for secret in ["refresh-1", "access-1", "s3cret"] { #expect(!all.contains(secret)) }
  }
}
