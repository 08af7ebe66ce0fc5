import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

@Suite("Fitbit's web site in virtual time")
struct FitbitSiteTests {
  private func world(
    history days: Int = 30, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    try .signedIn(history: days) { options in
      options.start = Instant(rfc3339: "2014-06-01T12:00:00Z") ?? options.start
      options.accounts = []
      options.sites = ["me"]
      change(&options)
    }
  }

  @Test("all four streams come in as XML, a call a second")
  func backfill() throws {
    let world = try world(history: 60)
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    let lane = try #require(world.lane("me"))
    #expect(lane.streams.allSatisfy { $0.row.counts.stored == 61 })
    #expect(try world.rows(stream: "steps").allSatisfy { $0.stored?.read.items == 288 })
    let day = world.options.firstDay + 10
    #expect(world.exists(world.path(day, stream: "steps").replacing(".json", with: ".xml")))
    #expect(world.violations() == [])
  }

  @Test("a session that ends is renewed without anybody, once each time")
  func renewal() throws {
    let world = try world { $0.changeSite = { $0.sessionLife = .minutes(20) } }
    try world.run(for: .days(2))
    #expect(world.isComplete && world.lane("me")?.record.signInReason == nil)
    #expect(world.violations() == [])
  }

  @Test("a new password asks for a sign-in; a page that changed and a site that is down do not")
  func troubles() throws {
    for (trouble, asks) in [("password", true), ("page", false), ("down", false)] {
      let world = try world()
      try world.run(for: .minutes(1))
      switch trouble {
      case "password": _ = world.providers.providers.fitbitSite?.change(password: "new one")
      case "page": world.providers.providers.fitbitSite?.layout = .renamedField
      default: world.providers.providers.fitbitSite?.isDown = true
      }
      _ = world.providers.providers.fitbitSite?.logOutEverywhere()
      try world.run(for: .hours(8))
      #expect((world.lane("me")?.record.signInReason != nil) == asks, "\(trouble)")
      #expect(world.lane("me")?.record.sealedAt == nil)
      let reasons = try world.rows(stream: "steps").compactMap(\.reason)
      #expect(!reasons.contains { $0.contains("empty") }, "\(trouble)")
    }
  }

  @Test("a site that is gone for a day ends the account; its days stay, and no call follows")
  func ended() throws {
    let world = try world()
    try world.run(for: .minutes(10)) { world.isComplete }
    world.providers.providers.fitbitSite?.end = .gone
    try world.run(for: .hours(20))
    #expect(world.lane("me")?.record.sealedAt == nil, "a day off is no end")
    try world.run(for: .days(4))
    #expect(world.lane("me")?.record.sealedAt != nil)
    #expect(world.lane("me")?.record.signInReason == nil)
    let (calls, stored) = (world.providers.requests, world.lane("me")?.stored)
    #expect(stored ?? 0 >= 4 * 31)
    try world.run(for: .days(60))
    #expect(world.providers.requests == calls && world.lane("me")?.stored == stored)
    #expect(world.violations() == [])
  }

  @Test("a wrong password at the sign-in stores nothing and says so")
  func wrongPassword() throws {
    let world = try World { options in
      options.accounts = []
      options.sites = ["me"]
    }
    let user = world.options.siteSettings.email(of: 0)
    let reply = try world.signIn("me", user: user, password: "wrong")
    guard case .failed(.loginFailed) = reply else { throw WorldError("signed in: \(reply)") }
    #expect(world.lane("me")?.grant == nil)
  }
}
