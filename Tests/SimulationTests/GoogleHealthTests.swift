import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

@Suite("Google Health in virtual time")
struct GoogleHealthTests {
  private func world(
    history days: Int = 60, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    try .signedIn(history: days) { options in
      options.start = Instant(rfc3339: "2026-11-10T12:00:00Z") ?? options.start
      options.accounts = []
      options.googles = ["me"]
      options.changeGoogle = { $0.isVerified = false }
      change(&options)
    }
  }

  @Test("all streams of an account come in, without a refusal, pages and ranges put together")
  func backfill() throws {
    let world = try world(history: 40)
    try world.run(for: .hours(6)) { world.isComplete }
    #expect(world.isComplete)
    let lane = try #require(world.lane("me"))
    #expect(lane.streams.count == Shipped.googleHealth.streams.count)
    #expect(lane.streams.allSatisfy { $0.row.counts.stored == 41 })
    #expect(world.providers.providers.googleHealth?.stats.refused == 0)
    #expect(world.violations() == [])
  }

  @Test("every point is in the file of its civil day, and in one file only")
  func civilDays() throws {
    let world = try world(history: 20) {
      $0.changeGoogle = { $0.emptyRate = 0 }
      $0.changeAccount = { $0.streams = ["steps"] }
    }
    try world.run(for: .hours(6)) { world.isComplete }
    var seen: Set<String> = []
    for row in try world.rows(stream: "steps") {
      let bytes = try #require(world.bytes(row.key.day, stream: "steps"))
      for point in try #require(try JSONValue(parsing: Array(bytes)).array) {
        let interval = try #require(point["steps"]?["interval"])
        let date = try #require(interval["civilStartTime"]?["date"])
        let (year, month, day) = row.key.day.civil
        #expect(date["year"]?.int == Int64(year) && date["month"]?.int == Int64(month))
        #expect(date["day"]?.int == Int64(day))
        let source = point["dataSource"].map { String(decoding: $0.encoded, as: UTF8.self) } ?? ""
        let isNew = seen.insert((interval["startTime"]?.string ?? "") + source).inserted
        #expect(isNew)
      }
    }
    #expect(seen.count > 1_000)
  }

  @Test("an account that never was at Fitbit: the first day is found by walking back")
  func withoutFitbit() throws {
    let world = try world(history: 200) { options in
      options.changeGoogle = {
        $0.withoutFitbit = [0]
        $0.emptyRate = 0
      }
    }
    try world.run(for: .minutes(2)) { world.lane("me")?.record.firstDay != nil }
    let first = try #require(world.lane("me")?.record.firstDay)
    #expect(first >= world.options.firstDay && first <= world.options.firstDay + 3)
    #expect(world.violations() == [])
  }

  @Test("an account that is not linked says so, and nothing is stored")
  func notLinked() throws {
    let world = try World { options in
      options.start = Instant(rfc3339: "2026-11-10T12:00:00Z") ?? options.start
      options.accounts = []
      options.googles = ["me"]
      options.changeGoogle = { $0.notLinked = [0] }
    }
    let reply = try world.signIn("me")
    guard case .failed(.loginFailed) = reply else { throw WorldError("signed in: \(reply)") }
    #expect(world.lane("me")?.stored == 0)
  }

  @Test("50 accounts under one client: equal turns, fresh days first, no refusal")
  func shared() throws {
    let names = (0..<50).map { "p\($0)" }
    let world = try world(history: 12) { options in
      options.googles = names
      options.changeGoogle = {
        $0.projectWindows = [SimWindow("ProjectMinute", length: .minutes(1), limit: 600)]
      }
      options.changeAccount = { account in
        account.streams = ["steps", "weight"]
        account.windows = [
          WindowSpec(
            name: "app-minute", seconds: 60, limit: 600, per: .app, align: .unknown)
        ]
      }
    }
    try world.run(for: .minutes(3))
    let stored = names.map { world.lane($0)?.calls ?? 0 }
    let (least, most) = (stored.min() ?? 0, stored.max() ?? 0)
    #expect(least > 0 && most - least <= 2 * Limits.callsInTurn + 4, "\(least)...\(most)")
    try world.run(for: .hours(2)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.providers.providers.googleHealth?.stats.refused == 0)
    #expect(world.violations() == [])
  }

  @Test("a day that changes three months later is noticed, and its older version kept")
  func late() throws {
    let world = try world(history: 12) {
      $0.changeAccount = { $0.streams = ["steps"] }
      $0.fresh = .hours(12)
    }
    try world.run(for: .days(90))
    #expect(world.isComplete)
    let day = world.options.firstDay + 5
    let before = try #require(world.bytes(day, stream: "steps"))
    _ = world.providers.providers.googleHealth?.change(day, person: 0, now: world.clock.truth)
    try world.run(for: .days(120)) {
      world.bytes(day, stream: "steps") != before
    }
    try world.run(for: .seconds(5))
    #expect(world.bytes(day, stream: "steps") != before)
    #expect(world.versions(day, stream: "steps").count == 1)
    #expect(world.violations() == [])
  }
}
