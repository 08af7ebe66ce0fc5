import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

@Suite("Fitbit in virtual time")
struct FitbitTests {
  private func world(
    history days: Int = 60, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    try .signedIn(history: days) { options in
      options.start = Instant(rfc3339: "2026-06-01T12:00:00Z") ?? options.start
      options.accounts = []
      options.fitbits = ["me"]
      options.changeAccount = { $0.streams = $0.streams ?? ["steps", "heart", "sleep"] }
      change(&options)
    }
  }

  private func model(_ world: World) throws -> FitbitModel {
    try #require(world.providers.providers.fitbit)
  }

  @Test("all streams of an account come in, at the budget of an hour, without a refusal")
  func backfill() throws {
    let world = try world(history: 40) { $0.changeAccount = { _ in } }
    try world.run(for: .days(3)) { world.isComplete }
    #expect(world.isComplete)
    let lane = try #require(world.lane("me"))
    #expect(lane.streams.count == 13)
    // What is worn now can be asked for today only.
    #expect(lane.streams.allSatisfy { $0.row.counts.stored == ($0.spec.isSnapshot ? 1 : 41) })
    #expect(try model(world).stats.refused == 0)
    // Seven calls a day, and a few for ranges: the sleep of 41 days came with one.
    #expect((world.checks.daySends["me"] ?? 0) < 41 * 7 + 60)
    #expect(world.violations() == [])
  }

  @Test("a night is one file a day, cut out of the answer for a month")
  func ranges() throws {
    let world = try world(history: 40)
    try world.run(for: .days(2)) { world.isComplete }
    let rows = try world.rows(stream: "sleep").filter { ($0.stored?.read.items ?? 0) > 0 }
    #expect(rows.count > 10)
    for row in rows {
      let bytes = try #require(world.bytes(row.key.day, stream: "sleep"))
      let nights = try #require(try JSONValue(parsing: Array(bytes)).array)
      #expect(nights.allSatisfy { $0["dateOfSleep"]?.string == "\(row.key.day)" })
    }
  }

  @Test("what is worn is kept as it was on each day, and no day is asked for afterwards")
  func devices() throws {
    let world = try world(history: 5) { $0.changeAccount = { $0.streams = ["devices"] } }
    try world.run(for: .days(4))
    let rows = try world.rows(stream: "devices")
    #expect(rows.count == 5)
    #expect(rows.dropLast().allSatisfy { $0.state == .final } && rows.last?.state == .open)
    for row in rows {
      let bytes = try #require(world.bytes(row.key.day, stream: "devices"))
      let devices = try JSONValue(parsing: Array(bytes)).array ?? []
      let device = try #require(devices.first { $0["type"]?.string == "TRACKER" })
      let synced = device["lastSyncTime"]?.string ?? ""
      #expect(synced.hasPrefix("\(row.key.day)"), "\(synced) in \(row.key.day)")
    }
    try world.restart()
    try world.run(for: .hours(30))
    #expect(try world.rows(stream: "devices").allSatisfy { $0.state.isStored })
    #expect(world.violations() == [])
  }

  @Test("minutes that the app may not read are refused, and no day is called empty for it")
  func notApproved() throws {
    let world = try world(history: 10) { $0.changeFitbit = { $0.approved = false } }
    try world.run(for: .days(1)) { world.isComplete }
    for stream in ["steps", "heart"] {
      #expect(try world.rows(stream: stream).allSatisfy { $0.state == .refused }, "\(stream)")
    }
    #expect(try world.rows(stream: "sleep").allSatisfy { $0.state.isStored })
  }

  @Test("a scope that the person unticked refuses its streams, and the others go on")
  func unticked() throws {
    let world = try world(history: 10) { $0.changeFitbit = { $0.unticked = ["heartrate"] } }
    try world.run(for: .days(1)) { world.isComplete }
    #expect(try world.rows(stream: "heart").allSatisfy { $0.state == .refused })
    #expect(try world.rows(stream: "steps").allSatisfy { $0.state.isStored })
  }

  @Test("a day closes once the device was heard of after its end, and not before")
  func synced() throws {
    let world = try world(history: 5)
    try world.run(for: .hours(6)) { world.isComplete }
    let yesterday = world.options.firstDay + 4
    #expect(try world.rows(stream: "steps").first { $0.key.day == yesterday }?.state == .final)
    world.providers.providers.fitbit?.syncHeldAt = world.clock.truth
    let today = yesterday + 1
    try world.run(for: .days(3))
    #expect(try world.rows(stream: "steps").first { $0.key.day == today }?.state == .open)
    world.providers.providers.fitbit?.syncHeldAt = nil
    try world.run(for: .days(2))
    #expect(try world.rows(stream: "steps").first { $0.key.day == today }?.state == .final)
    #expect(world.violations() == [])
  }

  @Test("tokens of eight hours are refreshed, once each time, over restarts")
  func tokens() throws {
    let world = try world(history: 30)
    for _ in 0..<6 {
      try world.run(for: .hours(9))
      try world.restart()
    }
    #expect(world.isComplete && world.checks.refreshes >= 6)
    #expect(world.lane("me")?.record.signInReason == nil)
    #expect(world.violations() == [])
  }

  @Test("a grant that was taken back asks for a sign-in, and the history goes on after it")
  func revoked() throws {
    let world = try world(history: 60)
    try world.run(for: .hours(2))
    _ = world.providers.providers.fitbit?.revoke(person: 0)
    try world.run(for: .hours(2))
    #expect(world.lane("me")?.record.signInReason != nil)
    #expect(!world.texts(.signInNeeded).isEmpty)
    try world.signIn("me")
    try world.run(for: .days(2)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("410 at data and tokens ends the account; its days stay, and no call follows")
  func ended() throws {
    let world = try world(history: 60)
    try world.run(for: .hours(2))
    world.providers.providers.fitbit?.end = .gone
    try world.run(for: .hours(10))
    #expect(world.lane("me")?.record.sealedAt != nil)
    let (calls, stored) = (world.providers.requests, world.lane("me")?.stored)
    #expect(world.days(.beyond) == 0)
    try world.run(for: .days(60))
    #expect(world.providers.requests == calls && world.lane("me")?.stored == stored)
    #expect(world.violations() == [])
  }
}
