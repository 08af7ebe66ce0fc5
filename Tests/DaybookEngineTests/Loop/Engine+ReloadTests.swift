import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: reload")
struct EngineReloadTests {
  private func reload(_ bench: Bench, _ change: (inout Configuration) -> Void) -> [String]? {
    change(&bench.configuration)
    let id = bench.command(.reload)
    bench.handle(.settingsRead(bench.configuration))
    if case .reloaded(let changes)? = bench.answers[id]?.first { return changes }
    return nil
  }

  @Test("nothing changed: calls in flight go on, and that is said")
  func nothing() throws {
    let bench = try Bench()
    let lane = bench.lane
    #expect(reload(bench) { _ in } == [])
    #expect(bench.lane === lane && bench.open.count == 4)
    #expect(bench.logged(.reloaded) == ["reloaded, nothing changed"])
  }

  @Test("a new account gets to work beside the others")
  func added() throws {
    let bench = try Bench {
      $0.provider = .bench(login: .none)
      $0.accounts = [.bench("me", client: nil)]
    }
    let changes = reload(bench) {
      var account = AccountSettings.bench("you", client: nil)
      account.since = Bench.day("2018-06-14")
      $0.settings.accounts.append(account)
    }
    #expect(changes == ["added you"])
    #expect(bench.logged(.accountAdded).count == 1)
    #expect(bench.sent.count == 2)
  }

  @Test("a removed account stops; its rows stay, and it goes on when it comes back")
  func removed() throws {
    let bench = try Bench { $0.accounts = ["me", "you"].map { .bench($0) } }
    bench.storeAll()
    #expect(reload(bench) { $0.settings.accounts.removeLast() } == ["removed you"])
    #expect(bench.engine.roster.named("you") == nil)
    bench.pass(.hours(3))
    #expect(bench.open.count == 1)
    bench.storeAll()
    #expect(reload(bench) { $0.settings.accounts.append(.bench("you")) } == ["added you"])
    #expect(bench.lane("you").stored == 4 && bench.lane("you").grant != nil)
    #expect(bench.open.count == 1, "today alone is due")
  }

  @Test("a call in flight of a removed account gives its slot of the shared windows back")
  func removedInFlight() throws {
    let bench = try Bench {
      $0.accounts = ["me", "you"].map { .bench($0) }
      $0.provider.windows = [.bench("m", 60, 100, per: .app)]
    }
    let calls = bench.open
    #expect(calls.count == 8)
    _ = reload(bench) { $0.settings.accounts.removeFirst() }
    for call in calls { bench.answer(call, 200, Bench.items(1)) }
    #expect(bench.discarded.count == 4, "what nobody wants is dropped")
    #expect(bench.lane("you").client.windows[0].inFlight == 0)
    #expect(bench.lane("you").client.windows[0].used == 8)
  }

  @Test("changed settings hold from the next call on; the windows go on counting")
  func changed() throws {
    let bench = try Bench { $0.provider.windows = [.bench("m", 60, 100)] }
    let calls = bench.open
    #expect(
      reload(bench) { $0.settings.accounts[0].origin = "https://other.test" } == ["changed me"])
    #expect(bench.lane.windows[0].used == 4 && bench.lane.inFlight == 4)
    bench.store(calls[0])
    #expect(try bench.row("2018-06-15").state == .open, "its answer is taken all the same")
    #expect(bench.lane.inFlight == 3 && bench.open.count == 3, "no day is asked twice")
    bench.pass(.hours(3))
    #expect(try bench.call("steps 2018-06-15").url.hasPrefix("https://other.test/v1/"))
  }

  @Test("a wait that the provider asked for outlives a reload")
  func toldWaits() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.answer(try #require(bench.open.first), 429, headers: [Field("retry-after", "600")])
    _ = reload(bench) { $0.settings.accounts[0].timeout = .seconds(9) }
    bench.pass(.seconds(599))
    #expect(bench.open.isEmpty)
    bench.pass(.seconds(2))
    #expect(bench.open.first?.timeout == .seconds(9))
  }

  @Test("an account that goes to another client leaves that client's count alone")
  func otherClient() throws {
    let bench = try Bench {
      $0.accounts = [.bench("me"), .bench("you", client: "second"), .bench("third")]
      $0.provider.windows = [.bench("m", 60, 5, per: .app)]
    }
    let second = ClientSettings(
      name: "second", provider: "p", clientID: "id2", secret: .credential("s"))
    _ = reload(bench) { $0.settings.clients.append(second) }
    let calls = bench.open
    #expect(calls.count == 9, "5 of the one app, 4 of the other")
    _ = reload(bench) { $0.settings.accounts[0].client = "second" }
    #expect(bench.lane("you").client === bench.lane("me").client)
    #expect(bench.lane("you").client.windows[0].used >= 4)
    #expect(bench.lane("third").client.windows[0].used == 5)
    for call in calls { bench.answer(call, 500) }
    #expect(bench.lane("third").client.windows[0].inFlight == 0)
    #expect(bench.lane("me").client.windows[0].used <= 5)
  }

  @Test("a stream that the settings leave out stands in nobody's way")
  func fewerStreams() throws {
    let bench = try Bench {
      $0.provider = .bench(["a", "b"])
      $0.firstDay = Bench.day("2018-01-01")
    }
    let calls = bench.open
    _ = reload(bench) { $0.settings.accounts[0].streams = ["b"] }
    for call in calls { bench.store(call) }
    bench.storeAll()
    #expect(bench.lane.missing == 0 && bench.lane.stored == 166)
    try bench.checkCounts()
    _ = reload(bench) { $0.settings.accounts[0].streams = nil }
    bench.storeAll()
    #expect(bench.lane.missing == 0 && bench.lane.stored == 332)
    try bench.checkCounts()
  }

  @Test("a day of a stream that was left out while it was filed is asked again some day")
  func filedMeanwhile() throws {
    let bench = try Bench { $0.provider = .bench(["a", "b"]) }
    bench.answer(try bench.call("a 2018-06-15"), 200, Bench.items(1))
    _ = reload(bench) { $0.settings.accounts[0].streams = ["b"] }
    bench.persist()
    #expect(try bench.row("2018-06-15").state == .missing)
    _ = reload(bench) { $0.settings.accounts[0].streams = nil }
    #expect(bench.asked.contains("a 2018-06-15"))
  }

  @Test("an earlier since makes the days before")
  func since() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.accounts[0].since = Bench.day("2018-06-14")
    }
    bench.storeAll()
    #expect(bench.lane.stored == 2)
    _ = reload(bench) { $0.settings.accounts[0].since = Bench.day("2018-06-12") }
    #expect(bench.asked == ["steps 2018-06-13", "steps 2018-06-12"])
    try bench.checkCounts()
  }

  @Test("the provider of a name cannot change, nor the archive's place; the old settings stay")
  func unchangeable() throws {
    for isArchive in [true, false] {
      let bench = try Bench { $0.others = [.bench(name: "q")] }
      let id = bench.command(.reload)
      var new = bench.configuration
      if isArchive {
        new.settings.archive = "/elsewhere"
      } else {
        new.settings.accounts[0].provider = "q"
      }
      bench.handle(.settingsRead(new))
      guard case .failed(.invalidSettings(let problems))? = bench.answers[id]?.first else {
        Issue.record("taken")
        return
      }
      #expect(problems.count == 1 && problems[0].contains(isArchive ? "restart" : "is at p"))
      #expect(bench.engine.configuration.settings == bench.configuration.settings)
      #expect(bench.logged(.reloadRefused).count == 2)
    }
  }

  @Test("nor does it change while the account is away, or over a restart")
  func unchangeableLater() throws {
    let bench = try Bench {
      $0.accounts = ["me", "you"].map { .bench($0) }
      $0.others = [.bench(login: .none, name: "q")]
    }
    _ = reload(bench) { $0.settings.accounts.removeLast() }
    var other = AccountSettings.bench("you", client: nil)
    other.provider = "q"
    let kept = bench.configuration
    #expect(reload(bench) { $0.settings.accounts.append(other) } == nil)
    let failure = #expect(throws: EngineFailure.self) { try bench.begin() }
    #expect(failure?.status == 78 && failure?.text.contains("you is at p") == true)
    bench.configuration = kept
    try bench.begin()
  }

  @Test("refused settings are told in full, and a signal's reload is answered to systemd")
  func refused() throws {
    let bench = try Bench()
    let problems = (0..<30).map { "daybook.yaml:\($0):1: wrong" }
    bench.handle(.reloadAsked)
    #expect(bench.effects.contains { if case .readSettings = $0 { true } else { false } })
    let id = bench.command(.reload)
    bench.handle(.settingsRefused(problems))
    #expect(bench.answers[id] == [.failed(.invalidSettings(problems))])
    #expect(bench.logged(.reloadRefused).count == Limits.toldProblems + 1)
    let told = bench.effects.filter { if case .reloaded = $0 { true } else { false } }
    #expect(told.count == 1)
  }

  @Test("who asked for a reload and hung up is not answered")
  func hungUp() throws {
    let bench = try Bench()
    let id = bench.command(.reload)
    bench.handle(.hungUp(id))
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.answers[id] == nil)
  }

  @Test("a window that is used up is told once, with the time work goes on")
  func noteWait() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("hour", 3_600, 3)]
    }
    for call in bench.open { bench.store(call) }
    #expect(bench.logged(.paused).count == 1)
    #expect(bench.logged(.paused)[0].hasPrefix("the hour window is used up; going on at 13:00"))
    #expect(try bench.status().state == .waiting)
    #expect(try bench.status().reason == "hour window")
  }
}
