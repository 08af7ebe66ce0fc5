import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: sign-in by a key")
struct EngineKeyTests {
  private func token(_ name: String) -> String {
    let claims = Base64.urlSafe.encode(Array("{\"iat\":0,\"exp\":86400,\"n\":\"\(name)\"}".utf8))
    return "e30.\(claims).c2ln"
  }

  private func bench() throws -> Bench {
    try Bench {
      $0.signedIn = false
      $0.accounts = [.bench("me", client: nil)]
      $0.provider = .bench(login: .key)
      $0.provider.urls.token = "https://p.test/exchange"
      $0.provider.tokenIsText = true
      $0.provider.tokenLife = .jwt
      $0.provider.account.id = Fact(get: "/me", at: .at("id"), form: .text)
      $0.provider.account.firstDay = Fact(get: "/me", at: .at("first"), form: .ymd)
    }
  }

  private func give(_ bench: Bench, _ key: String = "k3y") -> CommandID {
    _ = bench.beginLogin()
    return bench.command(.loginComplete(account: "me", .token(Secret(key))))
  }

  /// Signed in, everything read.
  private func signedIn() throws -> Bench {
    let bench = try bench()
    _ = give(bench)
    bench.answer(try bench.call(.token), 200, token("1"))
    for _ in 0..<2 {
      bench.answer(try bench.call(.account), 200, "{\"id\":\"7\",\"first\":\"2018-06-14\"}")
    }
    bench.storeAll()
    return bench
  }

  @Test("the key is exchanged for a token, and nothing is stored before it is known whose")
  func exchange() throws {
    let bench = try bench()
    let command = give(bench)
    let call = try bench.call(.token)
    #expect(call.url == "https://p.test/exchange" && call.method == .post && call.freshConnection)
    #expect(call.header("Authorization") == "ApiKey k3y" && call.body == nil)
    bench.answer(call, 200, "\"\(token("1"))\"")
    let who = try bench.call(.account)
    #expect(who.header("Authorization") == "Bearer \(token("1"))")
    #expect(try bench.engine.book.grant("me") == nil)
    bench.answer(who, 200, "{\"id\":\"7\"}")
    let grant = try #require(try bench.engine.book.grant("me")?.grant)
    #expect(grant.access == Secret(token("1")) && grant.refresh == Secret("k3y"))
    #expect(grant.life == .days(1))
    bench.answer(try bench.call(.account), 200, "{\"first\":\"2018-06-15\"}")
    guard case .loginCompleted? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
  }

  @Test("the key renews the token before it ends, and stays")
  func renews() throws {
    let bench = try signedIn()
    bench.pass(.hours(21) + .minutes(36))
    let call = try bench.call(.token)
    #expect(call.header("Authorization") == "ApiKey k3y")
    bench.answer(call, 200, token("2"))
    let grant = try #require(try bench.engine.book.grant("me")?.grant)
    #expect(grant.access == Secret(token("2")) && grant.refresh == Secret("k3y"))
    #expect(grant.previousRefresh == nil && grant.generation == 2)
  }

  @Test(
    "a key that is no longer taken needs a person; trouble is waited for", arguments: [401, 403])
  func refused(status: Int) throws {
    let bench = try signedIn()
    bench.pass(.hours(22))
    bench.answer(try bench.call(.token), 500)
    #expect(try bench.status().state != .signInNeeded)
    bench.pass(.minutes(1))
    bench.answer(try bench.call(.token), status)
    #expect(try bench.status().reason == "the token endpoint refuses the key: status \(status)")
  }

  @Test(
    "a key that does not work says what to do, and is not stored",
    arguments: [
      (401, "no", "does not accept the key"), (403, "", "does not accept the key"),
      (500, "", "the key could not be exchanged: status 500"),
      (200, "<html>sign in</html>", "a page of HTML"), (200, "two words", "unusable"),
    ])
  func fails(status: Int, body: String, words: String) throws {
    let bench = try bench()
    let command = give(bench)
    bench.answer(try bench.call(.token), status, body)
    let reason = try #require(bench.failure(command))
    #expect(reason.contains(words), "\(reason)")
    #expect(try bench.engine.book.grant("me") == nil)
    #expect(bench.failure(give(bench, "not a key"))?.contains("that is no key") == true)
  }
}
