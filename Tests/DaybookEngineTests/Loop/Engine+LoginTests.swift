import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: sign-in")
struct EngineLoginTests {
  private static let tokens =
    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"scope\":\"steps,sleep\"}"
  private static let profile = "{\"id\":90071992547409921,\"first\":\"20180612\"}"

  /// Nobody has signed in yet; the provider can say who it is and where the history begins.
  private func bench(_ change: (inout BenchOptions) -> Void = { _ in }) throws -> Bench {
    try Bench {
      $0.signedIn = false
      $0.provider.scopes = Scopes(needed: ["steps"], wished: ["heart"])
      $0.provider.account.id = Fact(get: "/me", at: .at("id"), form: .text)
      $0.provider.account.firstDay = Fact(get: "/me", at: .at("first"), form: .compact)
      change(&$0)
    }
  }

  private func begin(_ bench: Bench) throws -> [String: String] {
    let reply = bench.ask(.loginBegin(account: "me", redirectURI: nil))
    guard case .loginBegun(let offer)? = reply, let url = offer.url else {
      throw BenchError("not begun: \(String(describing: reply))")
    }
    let query = QueryString.parse(String(url.drop { $0 != "?" }.dropFirst())) ?? []
    return Dictionary(query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  private func complete(_ bench: Bench, _ query: String) -> CommandID {
    bench.command(
      .loginComplete(account: "me", .url(Secret("http://127.0.0.1:8754/?" + query))))
  }

  /// A sign-in whose code is on the way to the token endpoint.
  private func exchanging(_ bench: Bench) throws -> CommandID {
    let state = try begin(bench)["state"] ?? ""
    return complete(bench, "code=c0de&state=\(state)")
  }

  @Test("the URL asks for a code, with every scope and a state of its own")
  func url() throws {
    let fields = try begin(bench { $0.provider.fixed.authorize = [Field("prompt", "consent")] })
    #expect(fields["response_type"] == "code" && fields["client_id"] == "id")
    #expect(fields["redirect_uri"] == Engine.defaultRedirect)
    #expect(fields["scope"] == "steps heart" && fields["prompt"] == "consent")
    #expect((fields["state"] ?? "").count == 32)
    #expect(fields["code_challenge"] == nil)
  }

  @Test("with PKCE the challenge goes out and its verifier with the code")
  func pkce() throws {
    let bench = try bench { $0.provider.pkce = true }
    let fields = try begin(bench)
    #expect(fields["code_challenge_method"] == "S256")
    _ = complete(bench, "code=c&state=\(fields["state"] ?? "")")
    let verifier = try #require(try bench.call(.token).fields["code_verifier"])
    let digest = SHA256.digest(Array(verifier.utf8))
    #expect(Base64.urlSafe.encode(digest.bytes) == fields["code_challenge"])
  }

  @Test("who signs in for the first time is asked for, learned and told what it brought")
  func first() throws {
    let bench = try bench()
    #expect(try bench.status().state == .signInNeeded)
    let command = try exchanging(bench)
    let exchange = try bench.call(.token)
    #expect(exchange.fields["grant_type"] == "authorization_code")
    #expect(exchange.fields["code"] == "c0de" && exchange.freshConnection)
    bench.answer(exchange, 200, Self.tokens)
    let identity = try bench.call(.account)
    #expect(identity.header("Authorization") == "Bearer a1")
    bench.answer(identity, 200, Self.profile)
    bench.answer(try bench.call(.account), 200, Self.profile)
    guard case .loginCompleted(let result)? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(result.granted == ["steps", "sleep"] && result.missing == ["heart"])
    #expect(result.firstDay == Bench.day("2018-06-12") && result.days == 4)
    #expect(result.streams == ["steps"])
    #expect(try bench.engine.book.record("me")?.person == "90071992547409921")
    #expect(bench.asked.count == 4 && bench.logged(.signedIn).count == 1)
  }

  @Test("somebody else's sign-in stores nothing")
  func wrongPerson() throws {
    let bench = try bench { $0.signedIn = true }
    let before = try bench.engine.book.grant("me")?.grant
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    bench.answer(try bench.call(.account), 200, "{\"id\":\"8\"}")
    #expect(bench.answers[command] == [.failed(.wrongPerson("me"))])
    #expect(try bench.engine.book.grant("me")?.grant == before)
    #expect(bench.lane.grant == before && bench.logged(.wrongPerson).count == 1)
  }

  @Test("the same person's sign-in replaces the grant and asks again for what was refused")
  func again() throws {
    let bench = try bench { $0.signedIn = true }
    bench.answer(try bench.call("steps 2018-06-13"), 403)
    #expect(try bench.row("2018-06-13").state == .refused)
    _ = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\",\"first\":\"20180612\"}")
    #expect(try bench.engine.book.grant("me")?.grant?.access == Secret("a1"))
    #expect(try bench.row("2018-06-13").state == .missing)
    bench.answer(try bench.call(.account), 200, Self.profile)
    #expect(bench.asked.contains("steps 2018-06-13"))
    try bench.checkCounts()
  }

  @Test(
    "what comes back from the browser is looked at first",
    arguments: [
      ("code=c&state=another", "another sign-in"),
      ("error=access_denied&state=STATE", "not allowed"),
      ("error=invalid_scope&state=STATE", "switch the scopes"),
      ("error=sesame&state=STATE", "an error of its own"),
      ("code=c&state=STATE&iss=https%3A%2F%2Fevil.test", "another server"),
      ("code=c&state=STATE&iss=p.test", "another server"),
      ("state=STATE", "no code"), ("state=STATE&iss=https%3A%2F%2Fp.test", "no code"),
      ("code=&state=STATE", "no code"),
    ])
  func refused(_ query: String, _ reason: String) throws {
    let bench = try bench()
    let state = try begin(bench)["state"] ?? ""
    let command = complete(bench, query.replacing("STATE", with: state))
    guard
      case .failed(.loginFailed("me", let told, "daybook login me"))? =
        bench.answers[command]?.first
    else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(told.contains(reason) && bench.open.isEmpty)
  }

  @Test("a sign-in that nobody began, or that took too long, is refused")
  func late() throws {
    let bench = try bench()
    for waits in [false, true] {
      var state = "s"
      if waits {
        state = try begin(bench)["state"] ?? ""
        bench.pass(Limits.loginLife)
      }
      let command = complete(bench, "code=c&state=\(state)")
      guard case .failed(.loginFailed)? = bench.answers[command]?.first else {
        Issue.record("\(String(describing: bench.answers[command]))")
        return
      }
    }
    #expect(bench.open.isEmpty)
  }

  @Test(
    "a code that is not taken is told with what to do",
    arguments: [
      (400, "{\"error\":\"invalid_grant\"}", "not accepted"),
      (400, "{\"error\":\"invalid_client\"}", "check client_id"),
      (500, "", "could not be exchanged"), (200, "{}", "unusable"),
    ])
  func exchangeFails(_ status: Int, _ body: String, _ reason: String) throws {
    let bench = try bench()
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), status, body)
    guard case .failed(.loginFailed(_, let told, _))? = bench.answers[command]?.first else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(told.contains(reason))
    #expect(try bench.engine.book.grant("me") == nil)
  }

  @Test("who waits for the facts is told when they cannot be had", arguments: [403, 410])
  func factsRefused(_ status: Int) throws {
    let bench = try bench {
      $0.provider.answers = [AnswerRow(call: .account, status: 410, means: .deadGrant)]
    }
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    bench.answer(try bench.call(.account), 200, Self.profile)
    bench.answer(try bench.call(.account), status)
    guard case .failed(.loginFailed)? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
  }

  @Test("a paused account can be signed in to; its facts come when it goes on")
  func paused() throws {
    let bench = try bench { $0.provider.account.id = nil }
    bench.command(.pause(account: "me"))
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    guard case .loginCompleted? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(bench.open.isEmpty)
    bench.command(.resume(account: "me", probe: false))
    #expect(bench.open.map(\.kind) == [.account])
  }

  @Test("accounts without a sign-in, without a client, or sealed say so")
  func impossible() throws {
    let none = try Bench {
      $0.provider = .bench(login: .none)
      $0.accounts = [.bench("me", client: nil)]
    }
    let bare = try bench { $0.accounts = [.bench("me", client: nil)] }
    for bench in [none, bare] {
      guard
        case .failed(.noLogin("me", _))? =
          bench.ask(.loginBegin(account: "me", redirectURI: nil))
      else {
        Issue.record("begun")
        return
      }
    }
    bare.lane.record.sealReason = "ended"
    #expect(
      bare.ask(.loginBegin(account: "me", redirectURI: nil))
        == .failed(.accountSealed(account: "me", reason: "ended")))
  }
}
