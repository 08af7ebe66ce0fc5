import DaybookCore
import Testing

@testable import DaybookEngine

/// The process ends at any moment: between an effect and what comes of it, between two effects of
/// one commit, in the middle of writing files; with trouble of every kind around it.
@Suite("Random restarts")
struct RestartTests {
  @Test("the sample of lives that each push plays", arguments: Seeds.chosen(1...12))
  func lives(seed: UInt64) throws {
    var life = try Life(seed: seed)
    let world = life.world
    world.trace.keepsLines = Seeds.isReplay
    defer { if Seeds.isReplay { print(world.trace.lines.suffix(2_000).joined()) } }
    try life.play()
    let replay = Seeds.replay(seed, "RestartTests")
    #expect(life.world.violations() == [], replay)
  }

  @Test("the same seed gives the same trace", arguments: [UInt64(2), 5])
  func deterministic(seed: UInt64) throws {
    let traces = try (0..<2).map { _ in
      var life = try Life(seed: seed)
      try life.play()
      return life.world.trace.finish()
    }
    #expect(traces[0] == traces[1])
  }

  @Test("a kill within each step of writing a batch costs no day and leaves no file behind")
  func withinPersist() throws {
    for step in 0..<24 {
      let world = try World { $0.history = 6 }
      try world.signInAll()
      world.disk.dies(after: step)
      try world.run(for: .seconds(20)) { world.disk.isDead }
      try world.restart()
      try world.run(for: .minutes(10)) { world.isComplete }
      try world.run(for: .minutes(1))
      #expect(world.isComplete, "step \(step)")
      #expect(world.strays == [], "step \(step)")
      #expect(world.violations() == [], "step \(step)")
    }
  }

  @Test("a kill while changed days are stored is no damage, and the older reads are kept")
  func withinReplacing() throws {
    for step in 112..<142 {
      let world = try World.complete(history: 45) { $0.emptyRate = 0 }
      let days = (5..<11).map { world.options.firstDay + $0 }
      let old = days.map { world.bytes($0) }
      for day in days {
        _ = world.providers.providers.moves?.change(day, person: 0, now: world.clock.truth)
      }
      var request = ResyncRequest(account: "me")
      request.from = days.first
      request.to = days.last
      world.command(.resync(request))
      world.disk.dies(after: step)
      try world.run(for: .seconds(20)) { world.disk.isDead }
      guard world.disk.isDead else { return #expect(step > 40, "so many operations at least") }
      try world.restart()
      try world.run(for: .minutes(10)) { world.isComplete && world.count(.resyncDone) > 0 }
      #expect(world.count(.dayDamaged) == 0 && world.count(.archiveAway) == 0, "step \(step)")
      for (day, bytes) in zip(days, old) {
        #expect(world.bytes(day) != bytes, "step \(step)")
        #expect(world.versions(day).count == 1, "step \(step): \(world.versions(day))")
      }
      #expect(world.violations() == [], "step \(step)")
    }
  }

  @Test("a clean stop and start at the same moment makes no call twice and leaves no window spent")
  func cleanStop() throws {
    let world = try World { $0.history = 90 }
    try world.signInAll()
    try world.run(for: .seconds(20))
    let before = world.checks.sends
    try world.stop()
    try world.begin()
    try world.run(for: .minutes(1)) { world.isComplete }
    // 60 in the first minute, the next 30 in the second: nothing waits for reserved calls.
    try world.run(for: .seconds(45)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.checks.sends - before < 100)
    #expect(world.violations() == [])
  }

  @Test("after a reboot the boot clock begins anew, and no window is broken")
  func reboot() throws {
    let world = try World { $0.history = 200 }
    try world.signInAll()
    for _ in 0..<4 {
      try world.run(for: .seconds(50))
      world.kill()
      world.clock.reboot()
      try world.begin()
    }
    try world.run(for: .hours(1)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.providers.providers.moves?.stats.meters[0].meter.mostRolling ?? 99 <= 60)
    #expect(world.violations() == [])
  }
}
