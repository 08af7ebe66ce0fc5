import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: lanes from settings")
struct EngineLanesTests {
  @Test("the operator's window replaces the one of its name, or is added")
  func specs() throws {
    let bench = try Bench {
      $0.provider.windows = [.bench("m", 60, 60), .bench("h", 3_600, 900)]
      $0.accounts[0].windows = [.bench("m", 60, 10), .bench("d", 86_400, 50)]
    }
    #expect(bench.lane.windows.map { "\($0.spec.name) \($0.limit)" } == ["m 10", "h 900", "d 50"])
  }

  @Test("windows of an app are its client's, and the strictest of what its accounts say")
  func shared() throws {
    let bench = try Bench {
      $0.accounts = ["a", "b"].map { .bench($0) }
      $0.provider.windows = [.bench("m", 60, 60, per: .app), .bench("u", 60, 9)]
      $0.accounts[1].windows = [.bench("m", 60, 20, per: .app)]
    }
    #expect(bench.lane("a").client === bench.lane("b").client)
    #expect(bench.lane("a").client.windows.map(\.limit) == [20])
    #expect(bench.lane("a").windows.map(\.limit) == [9])
  }

  @Test("an account without a client has one of its own")
  func own() throws {
    let bench = try Bench {
      $0.provider = .bench(login: .none)
      $0.provider.windows = [.bench("m", 60, 60, per: .app)]
      $0.accounts = ["a", "b"].map { .bench($0, client: nil) }
    }
    #expect(bench.lane("a").client !== bench.lane("b").client)
    #expect(bench.lane("a").client.owner == "a:a" && !bench.lane("a").client.isShared)
    #expect(bench.lane("a").client.windows.map(\.used) == [4])
  }

  @Test("streams that the settings leave out are not here, and keep their number")
  func streams() throws {
    let bench = try Bench { $0.provider = .bench(["a", "b", "c"]) }
    bench.configuration.settings.accounts[0].streams = ["c", "b"]
    try bench.begin()
    #expect(bench.lane.streams.map { "\($0.row.number) \($0.spec.name)" } == ["2 b", "3 c"])
    bench.configuration.providers["p"] = .bench(["z", "a"])
    bench.configuration.settings.accounts[0].streams = nil
    try bench.begin()
    #expect(bench.lane.streams.map { "\($0.row.number) \($0.spec.name)" } == ["4 z", "1 a"])
  }

  @Test("the zone is the operator's, else the provider's, else UTC")
  func zones() throws {
    let bench = try Bench()
    var settings = AccountSettings.bench("x")
    var record = AccountRecord(name: "x", provider: "p")
    #expect(bench.engine.zone(of: settings, record) == .utc)
    record.zone = "Europe/Paris"
    #expect(bench.engine.zone(of: settings, record).name == "Europe/Paris")
    settings.zone = "Asia/Tokyo"
    #expect(bench.engine.zone(of: settings, record).name == "Asia/Tokyo")
    settings.zone = "No/Where"
    #expect(bench.engine.zone(of: settings, record).name == "Europe/Paris")
  }

  @Test("an account that left the settings over a restart is retired, and comes back")
  func retired() throws {
    let bench = try Bench { $0.accounts = ["me", "you"].map { .bench($0) } }
    bench.storeAll()
    let both = bench.configuration.settings.accounts
    bench.configuration.settings.accounts.removeLast()
    try bench.begin()
    #expect(bench.engine.roster.all.map(\.name) == ["me"])
    #expect(try bench.engine.ledger.accounts().map(\.removed) == [false, true])
    bench.configuration.settings.accounts = both
    try bench.begin()
    #expect(bench.lane("you").stored == 4 && bench.engine.retired.isEmpty)
    #expect(try bench.engine.ledger.accounts().map(\.removed) == [false, false])
  }

  @Test("an account whose provider has no file has no lane, and that is a bug")
  func noProvider() throws {
    let bench = try Bench()
    bench.configuration.providers = [:]
    try bench.begin()
    #expect(bench.engine.roster.all.isEmpty)
  }

  @Test("a restart goes on where the process before was killed: same days, nothing twice")
  func restart() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-01") }
    for call in bench.open.prefix(3) { bench.store(call) }
    let stored = bench.lane.stored
    try bench.restart()
    #expect(bench.lane.stored == stored)
    bench.storeAll()
    #expect(bench.lane.stored == 15 && bench.lane.missing == 0)
    try bench.checkCounts()
  }

  @Test("the windows of a lost ledger are used up, also after a kill of who makes it anew")
  func lostWindows() throws {
    for looks in [true, false] {
      let bench = try Bench { $0.provider.windows = [.bench("m", 3_600, 100)] }
      try bench.engine.ledger.setMeta("rebuild", "yes")
      try bench.engine.ledger.database.execute("DELETE FROM window")
      try bench.begin()
      if looks { bench.passChecks() }
      #expect(bench.open.isEmpty)
      try bench.restart()
      #expect(bench.open.isEmpty, "\(looks)")
      bench.pass(.hours(1))
      #expect(bench.open.isEmpty, "calls of the process before may have arrived late")
      bench.pass(.minutes(20))
      #expect(!bench.open.isEmpty)
    }
  }

  @Test(
    "a wait that the provider asked for outlasts the process, and is never longer than believed",
    arguments: [("boot", 0), ("boot", 9_000), ("another", 0), ("another", -400 * 86_400)])
  func hold(bootID: String, clockError: Int64) throws {
    let bench = try Bench()
    bench.answer(
      try bench.call("steps 2018-06-14"), 503, headers: [Field("retry-after", "600")])
    for call in bench.open { bench.answer(call, 500) }
    bench.wall = bench.wall + .seconds(clockError)
    if bootID != "boot" { bench.boot = BootTime(microseconds: 5_000_000) }
    try bench.begin(bootID: bootID)
    let wait = try #require(bench.lane.waitsUntil) - bench.boot
    let longest = clockError < 0 ? Duration.seconds(Limits.toldWait) : .seconds(600)
    #expect(wait <= longest && wait > .seconds(590), "\(wait)")
    #expect(bench.open.isEmpty)
  }
}
