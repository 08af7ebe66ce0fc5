import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: who has signed in")
struct EngineIdentityTests {
  /// Of two accounts that share three calls a minute one has used them up, the other signs in.
  private func waiting() throws -> (Bench, CommandID) {
    let bench = try Bench { options in
      options.provider.windows = [
        WindowSpec(name: "minute", seconds: 60, limit: 3, per: .app, align: .rolling)
      ]
      options.provider.account.id = Fact(get: "/me", at: .at("id"), form: .text)
      options.accounts = [.bench("me"), .bench("you")]
    }
    bench.storeAll()
    guard case .loginBegun(let offer)? = bench.ask(.loginBegin(account: "you", redirectURI: nil)),
      let url = offer.url, let state = url.split(separator: "state=").last?.prefix(32)
    else { throw BenchError("not begun") }
    let back = "http://127.0.0.1:8754/?code=c&state=\(state)"
    let command = bench.command(.loginComplete(account: "you", .url(Secret(back))))
    let tokens = "{\"access_token\":\"a1\",\"refresh_token\":\"r1\"}"
    bench.answer(try bench.call(.token), 200, tokens)
    return (bench, command)
  }

  @Test("the call that asks it waits for its window like every other, and then it goes on")
  func waits() throws {
    let (bench, command) = try waiting()
    #expect(bench.open.isEmpty && bench.answers[command] == nil)
    bench.pass(.seconds(61))
    #expect(bench.open.count == 3, "the window is kept")
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\"}")
    #expect(bench.logged(.signedIn).count == 1)
  }

  /// Time passes until it is asked, whatever else is asked meanwhile.
  private func question(_ bench: Bench, within time: Duration) throws -> Call {
    let end = bench.boot + time
    while bench.boot < end {
      bench.pass(.seconds(10))
      if let call = bench.open.first(where: { $0.kind == .account }) { return call }
      for call in bench.open where call.kind == .data { bench.store(call) }
    }
    throw BenchError("nobody asked")
  }

  @Test("a question that comes too early is asked again when it may be; not for ever")
  func tooEarly() throws {
    let (bench, command) = try waiting()
    for _ in 0..<2 {
      let early = try question(bench, within: .minutes(3))
      bench.answer(early, 429, "no", headers: [Field("retry-after", "30")])
      bench.pass(.seconds(29))
      #expect(bench.answers[command] == nil)
      #expect(bench.open.allSatisfy { $0.kind != .account }, "it waits as long as it was told")
    }
    bench.answer(try question(bench, within: .minutes(3)), 200, "{\"id\":\"7\"}")
    #expect(bench.logged(.signedIn).count == 1)

    let (never, asked) = try waiting()
    var tries = 0
    while never.answers[asked] == nil, tries < 10 {
      tries += 1
      never.answer(try question(never, within: .hours(2)), 429, "no")
    }
    // An answer to a call of the earlier tokens may come in between, and begins the count anew.
    #expect((6...7).contains(tries))
    guard case .failed(.loginFailed)? = never.answers[asked]?.first else {
      Issue.record("\(String(describing: never.answers[asked]))")
      return
    }
  }

  @Test("while it is asked for the first time nothing else is: a refresh would be undone by it")
  func alone() throws {
    let (bench, _) = try waiting()
    bench.lane("you").record.person = nil
    try bench.engine.book.put(bench.lane("you").record)
    bench.lane("you").grant = .bench(at: bench.wall)
    bench.pass(.seconds(61))
    let question = try bench.call(.account)
    bench.lane("you").mustRefresh = true
    bench.command(.resume(account: "you", probe: false))
    #expect(!bench.open.contains { $0.kind == .token })
    bench.answer(question, 200, "{\"id\":\"7\"}")
    #expect(bench.logged(.signedIn).count == 1 && !bench.lane("you").identifying)
  }

  @Test("who waits for it is told when the account leaves the settings")
  func removed() throws {
    let (bench, command) = try waiting()
    bench.configuration.settings.accounts.removeLast()
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.answers[command] == [.failed(.noSuchAccount("you"))])
    bench.pass(.seconds(61))
    #expect(bench.open.allSatisfy { $0.kind != .account })
  }

  @Test("a reload in between does not forget it")
  func reloaded() throws {
    let (bench, _) = try waiting()
    bench.configuration.settings.accounts[1].timeout = .seconds(30)
    bench.handle(.settingsRead(bench.configuration))
    bench.pass(.seconds(61))
    bench.answer(try bench.call(.account), 200, "{\"id\":\"7\"}")
    #expect(bench.logged(.signedIn).count == 1)
  }
}
