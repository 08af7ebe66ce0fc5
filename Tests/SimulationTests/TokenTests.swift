import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Tokens: one refresh at a time, stored before it is used, and no grant lost whenever the process
/// ends.
@Suite("Tokens in virtual time")
struct TokenTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 20, change)
  }

  private func stats(_ world: World) throws -> MovesStats {
    try #require(world.providers.providers.moves).stats
  }

  @Test("a token is refreshed before it ends, again and again, and no call is refused for it")
  func expiry() throws {
    let world = try world { $0.tokenLife = .hours(2) }
    try world.run(for: .days(2))
    #expect(try stats(world).unauthorized == 0)
    // Each 108 minutes: the larger of 5 minutes and a tenth of the life before the end.
    #expect((26...28).contains(world.checks.refreshes), "\(world.checks.refreshes)")
    #expect(try stats(world).refreshed == world.checks.refreshes)
    #expect(world.violations() == [])
  }

  @Test("a 401 in the middle of a backfill is one refresh, however many calls were in flight")
  func unauthorized() throws {
    let world = try world { $0.history = 50 }
    try world.run(for: .milliseconds(700))
    try #require(!world.isComplete)
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    try world.run(for: .minutes(3)) { world.isComplete }
    #expect(world.isComplete)
    #expect(try stats(world).unauthorized > 1)
    #expect(world.checks.refreshes == 1)
    #expect(world.violations() == [])
  }

  @Test("accounts of one client refresh each for itself")
  func lanes() throws {
    let world = try world { options in
      options.accounts = ["me", "you", "her"]
      options.history = 70
    }
    try world.run(for: .milliseconds(500))
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.checks.refreshes == 3)
    #expect(world.violations() == [])
  }

  @Test("a revoked grant asks for a sign-in once; the days wait, others go on, and nothing is lost")
  func revoked() throws {
    let world = try world { options in
      options.accounts = ["me", "you"]
      options.history = 70
    }
    try world.run(for: .milliseconds(400))
    _ = world.providers.providers.moves?.revoke(person: 0)
    try world.run(for: .minutes(20))
    #expect(world.status("me")?.state == .signInNeeded)
    #expect(world.status("you")?.streams.first?.missing == 0)
    #expect(world.count(.signInNeeded) == 1)
    let calls = world.checks.sends
    let missing = world.lane("me")?.missing ?? 0
    #expect(missing > 0)
    try world.restart()
    try world.run(for: .hours(1))
    #expect(world.lane("me")?.missing == missing)
    #expect(world.status("me")?.state == .signInNeeded)
    #expect(world.checks.sends - calls < 50, "the other account alone has something to do")
    guard case .loginCompleted = try world.signIn("me") else {
      Issue.record("no sign-in")
      return
    }
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a new pair that turns out dead before it worked: the token before it is tried")
  func previous() throws {
    let world = try world { options in
      options.history = 2
      options.tokenLife = .hours(1)
      options.grace = .untilUsed
    }
    try world.run(for: .minutes(2)) { world.isComplete }
    // Nothing is due for hours: a pair is refreshed before it was ever used. One answer is garbled.
    var garbled = 0
    world.tamper = { request, response in
      guard request.path.contains("access_token"), garbled == 0 else { return }
      garbled += 1
      let text = response.bodyText.replacing("\"refresh_token\":\"", with: "\"refresh_token\":\"x")
      response.body = Array(text.utf8)
    }
    try world.run(for: .hours(8))
    #expect(garbled == 1)
    #expect(try stats(world).deadRefreshes == 1)
    #expect(try stats(world).graced == 1)
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test("trouble at the token endpoint stops nothing while the token still serves")
  func tokenEndpointDown() throws {
    let world = try world { $0.tokenLife = .hours(20) }
    try world.run(for: .minutes(5)) { world.isComplete }
    _ = world.providers.faults.add(try FaultRule("token:status=503"))
    try world.run(for: .minutes(1_170))
    let early = try stats(world)
    #expect(early.unauthorized == 0)
    #expect(
      try world.rows().last?.stored?.readAt ?? .init(seconds: 0) > world.clock.truth - .hours(4))
    try world.run(for: .hours(12))
    #expect(world.texts(.signInNeeded) == [])
    let tries = world.checks.refreshes
    #expect(tries < 160, "\(tries) refreshes in 14 hours: the waits do not grow")
    world.providers.faults.clear()
    try world.run(for: .minutes(30))
    #expect(world.lane("me")?.grant?.isExpired(at: world.now.wall) == false)
    try world.run(for: .hours(4))
    #expect(
      try world.rows().last?.stored?.readAt ?? .init(seconds: 0) > world.clock.truth - .hours(4))
    #expect(world.violations() == [])
  }

  @Test(
    "an answer that lacks a refresh token keeps the old one; an unusable one is never stored",
    arguments: [
      ("\"refresh_token\":\"", "\"other\":\"", 1), ("\"access_token\":\"", "\"access\":\"", 0),
      ("{", "<html>{", 0), ("\"access_token\":\"", "\"access_token\":\"\",\"x\":\"", 0),
    ])
  func answers(part: String, with: String, generations: Int) throws {
    let world = try world { $0.grace = .untilUsed }
    try world.run(for: .minutes(5)) { world.isComplete }
    let before = try #require(world.lane("me")?.grant)
    var changed = 0
    world.tamper = { request, response in
      guard request.path.contains("access_token"), changed == 0 else { return }
      changed += 1
      response.body = Array(response.bodyText.replacing(part, with: with).utf8)
    }
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    world.command(.resync(ResyncRequest(account: "me")))
    try world.run(for: .minutes(10)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(changed == 1)
    let after = try #require(world.lane("me")?.grant)
    #expect(after.refresh?.expose().isEmpty == false)
    #expect((after.refresh?.expose() == before.refresh?.expose()) == (generations == 1))
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test("a refresh that fails after somebody signed in anew says nothing about the new grant")
  func signInMeanwhile() throws {
    let world = try world()
    try world.run(for: .minutes(5)) { world.isComplete }
    // The answer to the refresh takes a minute; the grant is dead by then.
    _ = world.providers.faults.add(try FaultRule("token:delay=60@first=1"))
    _ = world.providers.providers.moves?.revoke()
    world.command(.resync(ResyncRequest(account: "me")))
    try world.run(for: .seconds(5)) { world.checks.refreshes == 1 }
    try world.run(for: .seconds(1))
    guard case .loginCompleted = try world.signIn("me") else {
      Issue.record("no sign-in")
      return
    }
    try world.run(for: .minutes(5))
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.status("me")?.state != .signInNeeded)
    #expect(world.violations() == [])
  }

  @Test("while the disk is full nothing is refreshed")
  func diskFull() throws {
    let world = try world { $0.tokenLife = .hours(2) }
    try world.run(for: .minutes(5)) { world.isComplete }
    let before = world.checks.refreshes
    world.disk.isFull = true
    world.command(.resync(ResyncRequest(account: "me")))
    try world.run(for: .hours(12))
    #expect(world.count(.diskFull) == 1)
    #expect(world.checks.refreshes == before)
    world.disk.isFull = false
    try world.run(for: .minutes(10)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(world.violations() == [])
  }
}
