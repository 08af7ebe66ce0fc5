import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: sign-ins that end by themselves")
struct EngineSignInEndsTests {
  private func bench(testing: Bool = false, _ change: (inout BenchOptions) -> Void = { _ in })
    throws
    -> Bench
  {
    let bench = try Bench {
      $0.signedIn = false
      $0.provider.testingLife = 7
      change(&$0)
    }
    if testing {
      bench.configuration.settings.clients[0].testing = true
      bench.handle(.settingsRead(bench.configuration))
    }
    return bench
  }

  /// Signs in with this token answer.
  private func signIn(_ bench: Bench, _ more: String = "") throws -> LoginResult {
    let url = try #require(bench.beginLogin()?.url)
    let fields = QueryString.parse(url.drop { $0 != "?" }.dropFirst()) ?? []
    let state = fields.first { $0.name == "state" }?.value ?? ""
    let command = bench.command(
      .loginComplete(
        account: "me", .url(Secret("http://127.0.0.1:8754/?code=c&state=\(state)"))))
    bench.answer(
      try bench.call(.token), 200, "{\"access_token\":\"a\",\"refresh_token\":\"r\"\(more)}")
    guard case .loginCompleted(let result)? = bench.answers[command]?.last else {
      throw BenchError("\(String(describing: bench.answers[command]))")
    }
    return result
  }

  private static let week = ",\"refresh_token_expires_in\":604800"

  @Test("the answer says how long it lasts: told at once, in status, and over a restart")
  func told() throws {
    let bench = try bench()
    let ends = bench.wall + .days(7)
    #expect(try signIn(bench, Self.week).ends == ends)
    #expect(try bench.status().signInEnds == ends)
    try bench.begin()
    #expect(try bench.status().signInEnds == ends)
  }

  @Test("an app in testing ends its sign-ins as the provider file says, unless the answer knows")
  func testing() throws {
    let tried = try bench(testing: true)
    #expect(try signIn(tried).ends == tried.wall + .days(7))
    let knows = try bench(testing: true)
    #expect(
      try signIn(knows, ",\"refresh_token_expires_in\":86400").ends == knows.wall + .days(1))
    #expect(try signIn(try bench()).ends == nil)
    #expect(try signIn(try bench(testing: true) { $0.provider.testingLife = nil }).ends == nil)
  }

  @Test("the journal warns two days before and at the last quarter, each once, over restarts too")
  func warns() throws {
    let bench = try bench()
    _ = try signIn(bench, Self.week)
    let line = "sign-in of me ends 2018-06-22; run: daybook login me"
    bench.pass(.days(5) - .seconds(1))
    #expect(bench.logged(.signInEnding).isEmpty)
    bench.pass(.minutes(15))
    #expect(bench.logged(.signInEnding) == [line])
    try bench.begin()
    bench.pass(.hours(5))
    #expect(bench.logged(.signInEnding) == [line])
    bench.pass(.hours(1))
    bench.pass(.hours(10))
    #expect(bench.logged(.signInEnding) == [line, line])
  }

  @Test("a refresh that is silent leaves the end where it is, one that tells moves it")
  func refreshed() throws {
    let bench = try bench()
    let ends = bench.wall + .days(7)
    _ = try signIn(bench, Self.week + ",\"expires_in\":3600")
    bench.pass(.hours(1))
    bench.answer(
      try bench.call(.token), 200,
      "{\"access_token\":\"b\",\"refresh_token\":\"s\",\"expires_in\":3600}")
    #expect(bench.lane.grant?.access == Secret("b"))
    #expect(try bench.status().signInEnds == ends)
    bench.pass(.hours(1))
    bench.answer(
      try bench.call(.token), 200,
      "{\"access_token\":\"c\",\"refresh_token\":\"t\"\(Self.week)}")
    #expect(try bench.status().signInEnds == bench.wall + .days(7))
  }

  @Test("when it has ended as was said, that is the reason that is told") func over() throws {
    let bench = try bench()
    _ = try signIn(bench, Self.week + ",\"expires_in\":3600")
    bench.pass(.days(7))
    bench.answer(try bench.call(.token), 400, "{\"error\":\"invalid_grant\"}")
    #expect(try bench.status().reason?.hasPrefix("the sign-in lasted until 2018-06-22") == true)
    _ = try signIn(bench)
    #expect(try bench.status().signInEnds == nil)
  }
}
