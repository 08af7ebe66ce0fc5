import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Operators change their settings while the daemon runs, and while it does not.
@Suite("Reloads in virtual time")
struct ReloadTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 40, change)
  }

  private func edit(_ world: World, _ change: (inout Settings) -> Void) {
    change(&world.configuration.settings)
  }

  @Test("an account that is added is served, the others untouched")
  func added() throws {
    let world = try world()
    try world.run(for: .milliseconds(500))
    edit(world) { $0.accounts.append(world.options.person("new")) }
    guard case .reloaded(let changes)? = try world.reload() else {
      Issue.record("no reload")
      return
    }
    #expect(changes == ["added new"])
    guard case .loginCompleted = try world.signIn("new", person: 1) else {
      Issue.record("no sign-in")
      return
    }
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.lane("me")?.missing == 0 && world.lane("new")?.missing == 0)
    #expect(world.violations() == [])
  }

  @Test(
    "a removed account stops at once with calls under way, gives its slots back, and can return")
  func removed() throws {
    let world = try world { options in
      options.accounts = ["me", "you"]
      options.history = 100
    }
    let mine = world.options.person("me")
    try world.run(for: .milliseconds(500))
    try world.runUntilBusy("me")
    edit(world) { $0.accounts.removeAll { $0.name == "me" } }
    #expect(try world.reload() == .reloaded(changes: ["removed me"]))
    let calls = world.checks.daySends["me"]
    try world.run(for: .minutes(15)) { world.isComplete }
    #expect(world.lane("you")?.missing == 0)
    #expect(world.checks.daySends["me"] == calls)
    edit(world) { $0.accounts.insert(mine, at: 0) }
    #expect(try world.reload() == .reloaded(changes: ["added me"]))
    try world.run(for: .minutes(15)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.texts(.signInNeeded) == [], "its grant was kept")
    #expect(world.violations() == [])
  }

  @Test("an account that leaves and comes back while its token is refreshed keeps its grant")
  func removedWhileRefreshing() throws {
    let world = try world { $0.grace = .none }
    try world.run(for: .minutes(5)) { world.isComplete }
    let mine = world.options.person("me")
    for isBackBefore in [false, true] {
      let before = world.checks.refreshes
      world.providers.providers.moves?.expireTokens(now: world.clock.truth)
      _ = world.providers.faults.add(try FaultRule("token:delay=30@first=1"))
      world.command(.resync(ResyncRequest(account: "me")))
      try world.run(for: .seconds(5)) { world.checks.refreshes > before }
      edit(world) { $0.accounts = [] }
      _ = try world.reload()
      if !isBackBefore { try world.run(for: .minutes(1)) }
      edit(world) { $0.accounts = [mine] }
      _ = try world.reload()
      try world.run(for: .hours(4))
      #expect(world.checks.refreshes == before + 1)
      #expect(world.texts(.signInNeeded) == [])
      #expect(
        try world.rows().last?.stored?.readAt ?? .init(seconds: 0) > world.clock.truth - .hours(4))
    }
    #expect(world.violations() == [])
  }

  @Test("a renamed account keeps its days, its grant and its person; its folder moves")
  func renamed() throws {
    let world = try world { $0.history = 100 }
    try world.runUntilBusy("me")
    rename(world)
    #expect(try world.reload() == .reloaded(changes: ["renamed me to moi"]))
    try expectRenamed(world)
  }

  @Test("a name that was changed while the daemon was stopped is taken up at the start")
  func renamedWhileStopped() throws {
    for isKilled in [false, true] {
      let world = try world()
      try world.run(for: .minutes(3)) { world.isComplete }
      if isKilled { world.kill() } else { try world.stop() }
      rename(world)
      try world.begin()
      try expectRenamed(world)
    }
  }

  @Test("a kill between the new name and the folder's move is mended by the next start")
  func renamedAndKilled() throws {
    let world = try world()
    try world.run(for: .minutes(3)) { world.isComplete }
    rename(world)
    world.beforeMove = { world.kill() }
    world.command(.reload)
    try world.run(for: .seconds(5))
    world.beforeMove = nil
    #expect(world.engine == nil)
    try world.begin()
    try expectRenamed(world)
    // `was:` may stay in the settings for ever.
    try world.restart()
    try expectRenamed(world)
  }

  private func rename(_ world: World) {
    edit(world) { settings in
      settings.accounts[0].name = "moi"
      settings.accounts[0].was = "me"
    }
  }

  private func expectRenamed(_ world: World) throws {
    try world.run(for: .minutes(10)) { world.isComplete && world.lane("moi")?.stopped == nil }
    try world.run(for: .seconds(10))
    #expect(world.isComplete)
    #expect(world.lane("moi")?.stopped == nil)
    #expect(world.lane("me") == nil)
    #expect(!world.exists(world.archivePath + "/me"))
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.days(.damaged) == 0)
    #expect(world.violations() == [])
  }

  @Test("the provider of a name cannot change; the old settings stay")
  func otherProvider() throws {
    let world = try world { $0.history = 5 }
    edit(world) { $0.accounts[0].provider = "owntracks" }
    guard case .failed(.invalidSettings(let problems))? = try world.reload() else {
      Issue.record("it was taken")
      return
    }
    #expect(problems.count == 1 && problems[0].contains("cannot become"))
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("an edited provider file is taken up: a slower window holds at once, days are not lost")
  func editedProvider() throws {
    let world = try world { $0.history = 200 }
    try world.runUntilBusy("me")
    var provider = Shipped.moves
    provider.windows[0].limit = 10
    world.configuration.providers["moves"] = provider
    _ = try world.reload()
    try world.run(for: .minutes(2))
    let before = world.checks.sends
    try world.run(for: .minutes(10))
    #expect((90...101).contains(world.checks.sends - before), "\(world.checks.sends - before)")
    world.configuration.providers["moves"] = Shipped.moves
    _ = try world.reload()
    try world.run(for: .minutes(20)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a reload in the middle of everything, again and again, changes nothing")
  func nothingChanged() throws {
    let world = try world { $0.history = 80 }
    for _ in 0..<5 {
      try world.run(for: .milliseconds(330))
      #expect(try world.reload() == .reloaded(changes: []))
    }
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }
}

extension World {
  /// Runs until this account has calls under way.
  func runUntilBusy(_ account: String) throws {
    try run(for: .minutes(5)) { (self.lane(account)?.inFlight ?? 0) > 3 }
    guard (lane(account)?.inFlight ?? 0) > 3 else { throw WorldError("\(account) is not busy") }
  }
}
