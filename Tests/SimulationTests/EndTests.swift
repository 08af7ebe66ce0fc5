import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Providers end, and people mix themselves up.
@Suite("Endings")
struct EndTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 40, change)
  }

  @Test("a provider that has ended seals the account: no more calls, the archive stays whole")
  func sealed() throws {
    let world = try world { $0.tokenLife = .hours(10) }
    try world.run(for: .minutes(5)) { world.isComplete }
    let stored = world.lane("me")?.stored ?? 0
    world.providers.providers.moves?.end = .gone
    try world.run(for: .days(3))
    #expect(world.status()?.state == .sealed)
    #expect(world.count(.accountSealed) == 1)
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.lane("me")?.stored ?? 0 >= stored)
    let calls = world.checks.sends
    try world.restart()
    try world.run(for: .days(3))
    #expect(world.checks.sends == calls)
    guard case .failed(.accountSealed)? = world.ask(.resync(ResyncRequest(account: "me"))) else {
      Issue.record("a resync of a sealed account")
      return
    }
    // Not back yet: one call, and sealed again. Back: everything goes on.
    world.command(.resume(account: "me", probe: true))
    try world.run(for: .hours(1))
    #expect(world.status()?.state == .sealed)
    #expect(world.checks.sends - calls <= 3)
    world.providers.providers.moves?.end = .running
    world.command(.resume(account: "me", probe: true))
    try world.run(for: .hours(1)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("somebody else who signs in is refused, and nothing is overwritten")
  func wrongPerson() throws {
    let world = try world { $0.history = 10 }
    try world.run(for: .minutes(5)) { world.isComplete }
    let grant = world.lane("me")?.grant
    let rows = try world.rows()
    #expect(try world.signIn("me", person: 1) == .failed(.wrongPerson("me")))
    #expect(world.count(.wrongPerson) == 1)
    #expect(world.lane("me")?.grant == grant)
    #expect(try world.rows() == rows)
    try world.restart()
    #expect(world.lane("me")?.grant?.access.expose() == grant?.access.expose())
    try world.run(for: .hours(4))
    #expect(world.status()?.state != .signInNeeded)
    #expect(world.violations() == [])
  }
}
