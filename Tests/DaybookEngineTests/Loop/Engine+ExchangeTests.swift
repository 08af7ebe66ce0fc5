import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: what a sign-in is answered")
struct EngineExchangeTests {
  private static let tokens =
    "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"scope\":\"steps\"}"

  private func bench(
    _ login: Login = .code, _ change: (inout BenchOptions) -> Void = { _ in }
  ) throws -> Bench {
    try Bench {
      $0.signedIn = false
      $0.provider = .bench(login: login)
      if login != .code { $0.accounts = [.bench("me", client: nil)] }
      $0.provider.account.id = Fact(get: "/me", at: .at("id"), form: .text)
      change(&$0)
    }
  }

  private func exchanging(_ bench: Bench) throws -> CommandID {
    let url = try #require(bench.beginLogin()?.url)
    let state = QueryString.parse(url.drop { $0 != "?" }.dropFirst())?
      .first { $0.name == "state" }?.value
    return bench.command(
      .loginComplete(
        account: "me", .url(Secret("http://127.0.0.1:8754/?code=c&state=\(state ?? "")"))))
  }

  private func giveToken(_ bench: Bench, _ token: String = "t0ken") -> CommandID {
    _ = bench.beginLogin()
    return bench.command(.loginComplete(account: "me", .token(Secret(token))))
  }

  // MARK: A pasted token

  @Test("a pasted token is asked who it is of before it is stored, and then used") func token()
    throws
  {
    let bench = try bench(.token) {
      $0.provider.loginHelp = "make one on your profile page"
      $0.provider.account.firstDay = Fact(get: "/me", at: .at("first"), form: .ymd)
    }
    let offer = try #require(bench.beginLogin())
    #expect(offer.kind == .token && offer.url == nil && offer.redirectURI == nil)
    #expect(offer.help == "make one on your profile page")
    let command = giveToken(bench)
    let who = try bench.call(.account)
    #expect(who.header("Authorization") == "Bearer t0ken")
    #expect(try bench.engine.book.grant("me") == nil && bench.lane.grant == nil)
    bench.answer(who, 200, "{\"id\":\"7\"}")
    let grant = try #require(try bench.engine.book.grant("me")?.grant)
    #expect(grant.access == Secret("t0ken") && grant.refresh == nil && grant.proven)
    bench.answer(try bench.call(.account), 200, "{\"first\":\"2018-06-15\"}")
    guard case .loginCompleted(let result)? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(result.granted.isEmpty && result.missing.isEmpty && result.days == 1)
    #expect(try bench.call("steps 2018-06-15").header("Authorization") == "Bearer t0ken")
  }

  @Test("a token that the server does not take is not stored, and said so") func refused() throws {
    let bench = try bench(.token)
    let command = giveToken(bench)
    bench.answer(try bench.call(.account), 401)
    #expect(bench.failure(command)?.contains("does not accept the token (401)") == true)
    #expect(try bench.engine.book.grant("me") == nil && bench.open.isEmpty)
    let again = giveToken(bench)
    bench.answer(try bench.call(.account), 500)
    #expect(bench.failure(again)?.contains("did not say who signed in: status 500") == true)
  }

  @Test("another person's token is refused, a new one of the same person replaces the old")
  func person() throws {
    let bench = try bench(.token)
    _ = giveToken(bench)
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\"}")
    let other = giveToken(bench, "other")
    bench.answer(try bench.call(.account), 200, "{\"id\":\"8\"}")
    #expect(bench.answers[other] == [.failed(.wrongPerson("me"))])
    #expect(bench.lane.grant?.access == Secret("t0ken"))
    _ = giveToken(bench, "new")
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\"}")
    #expect(bench.lane.grant?.access == Secret("new"))
  }

  @Test("where nobody can tell who it is, another fact shows that the token works") func noID()
    throws
  {
    let bench = try bench(.token) {
      $0.provider.account.id = nil
      $0.provider.account.zone = Fact(get: "/config", at: .at("zone"), form: .text)
    }
    _ = giveToken(bench)
    let config = try bench.call(.account)
    #expect(config.url.hasSuffix("/config") && config.header("Authorization") == "Bearer t0ken")
    #expect(bench.lane.grant == nil)
    bench.answer(config, 200, "{}")
    #expect(bench.lane.grant?.access == Secret("t0ken"))
    let bare = try self.bench(.token) { $0.provider.account.id = nil }
    let command = giveToken(bare)
    guard case .loginCompleted? = bare.answers[command]?.last else {
      Issue.record("\(String(describing: bare.answers[command]))")
      return
    }
  }

  @Test("what is no token is told at once; the sign-in stays open for the right one") func noToken()
    throws
  {
    let bench = try bench(.token)
    for text in ["", "two words", "line\nend", "é", String(repeating: "x", count: 20_000)] {
      let command = giveToken(bench, text)
      #expect(bench.failure(command)?.contains("that is no token") == true)
    }
    bench.command(.loginComplete(account: "me", .token(Secret("good"))))
    #expect(bench.open.map(\.kind) == [.account])
  }

  @Test("each kind of sign-in says what it wants instead", arguments: [Login.code, .token, .form])
  func otherKind(login: Login) throws {
    let bench = try bench(login)
    bench.engine.configuration.providers["p"]?.form = BenchForm.spec()
    let answers: [(Login, LoginAnswer)] = [
      (.code, .url(Secret("u"))), (.token, .token(Secret("t"))),
      (.form, .form(user: Secret("u"), password: Secret("p"))),
    ]
    for (kind, answer) in answers where kind != login {
      _ = bench.beginLogin()
      let command = bench.command(.loginComplete(account: "me", answer))
      #expect(bench.failure(command)?.hasPrefix("this sign-in wants ") == true)
    }
  }

  @Test("a token that is no longer taken needs a person; one that lives for a time ends then")
  func ends() throws {
    let bench = try bench(.token) { $0.provider.tokenLife = .seconds(3_600) }
    _ = giveToken(bench)
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\"}")
    #expect(bench.lane.grant?.life == .hours(1))
    bench.pass(.hours(1))
    #expect(try bench.status().state == .signInNeeded)
  }

  // MARK: Failures that say what to do

  @Test(
    "a provider that gives refresh tokens and did not is told with the way out",
    arguments: [true, false])
  func noRefreshToken(expected: Bool) throws {
    let bench = try bench { $0.provider.refreshExpected = expected }
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, "{\"access_token\":\"a1\"}")
    guard expected else { return #expect(bench.open.map(\.kind) == [.account]) }
    let reason = try #require(bench.failure(command))
    #expect(
      reason.contains("gave no refresh token") && reason.contains("take the app's access away"))
    #expect(try bench.engine.book.grant("me") == nil && bench.open.isEmpty)
  }

  @Test(
    "a clock that is off is told with a code that fails, and how far",
    arguments: [
      ("Fri, 15 Jun 2018 11:00:00 GMT", "60 min ahead of"),
      ("Fri, 15 Jun 2018 12:10:00 GMT", "10 min behind"),
      ("Fri, 15 Jun 2018 12:04:59 GMT", nil), ("yesterday", nil),
    ] as [(String, String?)])
  func clock(date: String, words: String?) throws {
    let bench = try bench()
    let command = try exchanging(bench)
    bench.answer(
      try bench.call(.token), 400, "{\"error\":\"invalid_grant\"}", headers: [Field("date", date)])
    let reason = try #require(bench.failure(command))
    #expect(reason.contains("this machine's clock is") == (words != nil))
    #expect(reason.contains(words ?? "used, has expired"), "\(reason)")
  }

  @Test(
    "a client that is refused is told of which kind it must be",
    arguments: [
      (ClientAuthentication.form, "has a secret"), (.basic, "has a secret"), (.public, "no secret"),
    ])
  func client(client: ClientAuthentication, words: String) throws {
    let bench = try bench { $0.provider.client = client }
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 401)
    let reason = try #require(bench.failure(command))
    #expect(reason.contains("check client_id and client_secret") && reason.contains(words))
  }

  @Test("the file's advice is told with the failure: at the exchange, the profile, a day")
  func advice() throws {
    let advice = "link the account in the app first"
    func row(_ call: CallKind, _ means: Verdict) -> AnswerRow {
      var row = AnswerRow(call: call, status: 403, means: means)
      row.advice = advice
      return row
    }
    for means in [Verdict.deadGrant, .denied, .ended, .later] {
      let bench = try bench { $0.provider.answers = [row(.token, means)] }
      let command = try exchanging(bench)
      bench.answer(try bench.call(.token), 403)
      #expect(bench.failure(command)?.contains(": " + advice) == true, "\(means)")
    }
    let bench = try bench { $0.provider.answers = [row(.account, .denied), row(.data, .later)] }
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    bench.answer(try bench.call(.account), 403)
    #expect(bench.failure(command)?.contains(": " + advice) == true)
  }

  @Test("what is not granted is told with the streams it costs") func losses() throws {
    let bench = try bench {
      $0.provider.account.id = nil
      $0.provider.scopes = Scopes(needed: ["steps"], wished: ["heart"])
      $0.provider.streams[0].scope = "heart"
    }
    let command = try exchanging(bench)
    bench.answer(try bench.call(.token), 200, Self.tokens)
    guard case .loginCompleted(let result)? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(result.lost == [ScopeLoss(scope: "heart", streams: ["steps"])] && result.ends == nil)
  }
}
