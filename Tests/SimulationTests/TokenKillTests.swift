import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// The process ends around a refresh or a sign-in, where other programs lose the grant.
@Suite("Tokens and kills")
struct TokenKillTests {
  private func world(_ grace: RefreshGrace) throws -> World {
    try .signedIn(history: 20) { $0.grace = grace }
  }

  private func stats(_ world: World) throws -> MovesStats {
    try #require(world.providers.providers.moves).stats
  }

  @Test(
    "a kill between the answer to a refresh and its commit loses nothing where the old token lives",
    arguments: [RefreshGrace.seconds(120), .untilUsed])
  func killBeforeCommit(grace: RefreshGrace) throws {
    let world = try world(grace)
    try world.run(for: .minutes(5)) { world.isComplete }
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    world.command(.resync(ResyncRequest(account: "me")))
    // The provider has answered, and the process ends before the answer comes.
    try world.run(for: .minutes(1)) { world.refreshedByServer == 1 }
    world.kill()
    try world.run(for: .seconds(30))
    try world.begin()
    try world.run(for: .minutes(5)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(try stats(world).graced == 1, "the old token was tried again")
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test("a kill right after the commit goes on with the new pair")
  func killAfterCommit() throws {
    let world = try world(.none)
    try world.run(for: .minutes(5)) { world.isComplete }
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    world.command(.resync(ResyncRequest(account: "me")))
    let old = try #require(world.lane("me")?.grant?.generation)
    try world.run(for: .minutes(1)) { (world.lane("me")?.grant?.generation ?? 0) > old }
    try world.restart()
    try world.run(for: .minutes(5)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(try stats(world).deadRefreshes == 0)
    #expect(world.violations() == [])
  }

  @Test("a kill before the provider said who signed in does not open the account to anybody")
  func killBeforeIdentity() throws {
    let world = try World { $0.history = 5 }
    _ = world.providers.faults.add(try FaultRule("account:delay=60@first=1"))
    #expect(throws: WorldError.self) {
      try world.signIn("me", killingAfter: .seconds(3))
    }
    try world.begin()
    try world.run(for: .minutes(10)) { world.lane("me")?.record.person != nil }
    #expect(world.lane("me")?.record.person != nil)
    let reply = try world.signIn("me", person: 1)
    #expect(reply == .failed(.wrongPerson("me")))
    #expect(world.violations() == [])
  }
}

extension World {
  /// Pairs that the provider gave for a refresh token.
  var refreshedByServer: Int { providers.providers.moves?.stats.refreshed ?? 0 }
}
