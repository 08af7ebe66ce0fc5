import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: commands")
struct EngineCommandsTests {
  private static var named: [ControlCall] {
    var verify = VerifyRequest()
    verify.account = "who"
    return [
      .status(account: "who"), .watch(account: "who"), .resync(ResyncRequest(account: "who")),
      .pause(account: "who"), .resume(account: "who", probe: false),
      .loginBegin(account: "who", redirectURI: nil),
      .loginComplete(account: "who", .url(Secret("http://x/?code=1"))), .logout(account: "who"),
      .days(account: "who", stream: nil, year: nil), .plan(account: "who", limit: 1),
      .verify(verify),
    ]
  }

  @Test("an account that is not there is named in the error", arguments: named)
  func noSuchAccount(_ call: ControlCall) throws {
    #expect(try Bench().ask(call) == .failed(.noSuchAccount("who")))
  }

  @Test("while it stops every command is told so", arguments: named + [.reload])
  func stopping(_ call: ControlCall) throws {
    let bench = try Bench()
    bench.handle(.stopAsked)
    #expect(bench.ask(call) == .failed(.shuttingDown))
  }

  @Test("a pause is stored, lets calls in flight end, and ends with resume")
  func pause() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    #expect(bench.ask(.pause(account: "me")) == .done)
    #expect(bench.ask(.pause(account: "me")) == .done)
    #expect(bench.logged(.paused).count == 1)
    let inFlight = bench.open.count
    bench.storeAll()
    #expect(bench.lane.stored == inFlight)
    try bench.restart()
    #expect(bench.open.isEmpty)
    #expect(try bench.status().state == .paused)
    #expect(bench.ask(.resume(account: nil, probe: false)) == .done)
    #expect(!bench.open.isEmpty && bench.logged(.resumed).count == 1)
  }

  @Test("resume lifts a stop of ours, but no seal; a probe makes one call and unseals")
  func resume() throws {
    let bench = try Bench {
      $0.provider.account.zone = Fact(get: "/me", at: .at("zone"), form: .text)
    }
    bench.storeAll()
    bench.lane.stopped = "why"
    try bench.engine.seal(bench.lane, "ended")
    bench.pass(.hours(3))
    #expect(bench.ask(.resume(account: "me", probe: false)) == .done)
    #expect(try bench.status().state == .sealed && bench.open.isEmpty)
    #expect(bench.ask(.resume(account: "me", probe: true)) == .done)
    #expect(bench.open.map(\.url) == ["https://api.p.test/v1/me"])
    #expect(bench.logged(.accountUnsealed).count == 1)
    #expect(try bench.engine.book.record("me")?.sealedAt == nil)
    bench.answer(try bench.call(.account), 200, "{\"zone\":\"UTC\"}")
    #expect(bench.asked == ["steps 2018-06-15"])
    #expect(try bench.status().state == .working)
  }

  @Test("a probe that fails seals again, for the reason there was", arguments: [410, 500, 0])
  func probeInVain(_ status: Int) throws {
    let bench = try Bench()
    bench.storeAll()
    try bench.engine.seal(bench.lane, "ended")
    bench.pass(.hours(3))
    bench.command(.resume(account: nil, probe: true))
    let call = try #require(bench.open.first)
    #expect(bench.open.count == 1)
    if status == 0 { bench.fail(call) } else { bench.answer(call, status) }
    #expect(try bench.status().state == .sealed && bench.status().reason == "ended")
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty)
  }

  @Test("a reload while a probe is under way does not forget that it is one")
  func probeOverReload() throws {
    let bench = try Bench()
    bench.storeAll()
    try bench.engine.seal(bench.lane, "ended")
    bench.pass(.hours(3))
    bench.command(.resume(account: nil, probe: true))
    bench.configuration.settings.accounts[0].timeout = .seconds(90)
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.open.count == 1)
    bench.answer(bench.open[0], 500)
    #expect(try bench.status().state == .sealed && bench.status().reason == "ended")
  }

  @Test("a logout forgets the grant, tells the provider, and keeps the archive")
  func logout() throws {
    let bench = try Bench { $0.provider.urls.revoke = "https://p.test/revoke" }
    bench.storeAll()
    #expect(bench.ask(.logout(account: "me")) == .done)
    let revoke = try bench.call(.token)
    #expect(revoke.url == "https://p.test/revoke" && revoke.fields["token"] == "refresh-1")
    bench.answer(revoke, 500)
    #expect(try bench.engine.book.grant("me") == nil)
    #expect(try bench.status().state == .signInNeeded && bench.lane.stored == 4)
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty)
  }

  @Test("there is nothing to log out of without a sign-in")
  func noLogin() throws {
    let bench = try Bench {
      $0.provider = .bench(login: .none)
      $0.accounts = [.bench("me", client: nil)]
    }
    guard case .failed(.noLogin("me", _))? = bench.ask(.logout(account: "me")) else {
      Issue.record("logged out")
      return
    }
  }

  @Test("a reload is answered when the settings were read")
  func reload() throws {
    let bench = try Bench()
    let id = bench.command(.reload)
    #expect(bench.answers[id] == nil)
    #expect(bench.effects.contains { if case .readSettings = $0 { true } else { false } })
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.answers[id] == [.reloaded(changes: [])])
  }
}
