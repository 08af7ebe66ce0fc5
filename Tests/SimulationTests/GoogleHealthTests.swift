import DaybookCore
import DaybookSimulator
import Foundation
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

  // MARK: Parts

  private func workouts(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try world(history: 40) { options in
      options.changeGoogle = {
        $0.isVerified = false
        $0.emptyRate = 0
      }
      options.changeAccount = { $0.streams = ["exercise"] }
      change(&options)
    }
  }

  /// Everything in the archive.
  private func files(_ world: World) -> [String] {
    FileManager.default.subpaths(atPath: world.archivePath) ?? []
  }

  /// The files of the tracks that the days list, each checked against what the day says of it.
  private func tracks(_ world: World) throws -> [String] {
    var out: [String] = []
    for row in try world.rows(stream: "exercise") {
      let path = world.path(row.key.day, stream: "exercise")
        .replacing(".json", with: ".parts.json")
      let folder = path.dropLast("2026-11-10.parts.json".count)
      let bytes = try #require(FileManager.default.contents(atPath: path), "\(path)")
      let day = try JSONValue(parsing: Array(bytes))
      let parts = try #require(day["parts"]?.array)
      #expect(parts.count == day["list"]?.array?.count)
      for part in parts {
        let name = try #require(part["file"]?.string)
        let track = try #require(FileManager.default.contents(atPath: folder + name), "\(name)")
        #expect("\(SHA256.digest(Array(track)))" == part["sha256"]?.string)
        out.append(name)
      }
    }
    return out
  }

  @Test("each workout has its track beside the day that lists it, over kills in the middle")
  func parts() throws {
    let world = try workouts()
    for _ in 0..<4 {
      try world.run(for: .seconds(2))
      try world.restart()
    }
    try world.run(for: .hours(3)) { world.isComplete }
    try world.run(for: .seconds(10))
    #expect(world.isComplete && world.violations() == [])
    let names = try tracks(world)
    #expect(names.count > 8 && names.allSatisfy { $0.hasSuffix(".tcx") })
    #expect(world.providers.providers.googleHealth?.stats.refused == 0)
    #expect(!files(world).contains { $0.contains(".tmp-") })
  }

  @Test("a track that cannot be had at the moment keeps its days missing, and only those")
  func partTrouble() throws {
    let fault = try FaultRule("data:status=503@every=9")
    let world = try workouts { $0.faults = [fault] }
    try world.run(for: .days(2)) { world.isComplete }
    #expect(world.isComplete && world.violations() == [])
    #expect(try tracks(world).count > 8)
  }

  @Test("a person who keeps places private has the workouts without tracks")
  func withoutPlaces() throws {
    let world = try World { options in
      options.start = Instant(rfc3339: "2026-11-10T12:00:00Z") ?? options.start
      options.history = 20
      options.accounts = []
      options.googles = ["me"]
      options.changeAccount = { $0.streams = ["exercise"] }
    }
    world.providers.providers.googleHealth?.withheld = ["location"]
    try world.signInAll()
    try world.run(for: .hours(3)) { world.isComplete }
    #expect(world.isComplete && world.violations() == [])
    #expect(world.providers.providers.googleHealth?.stats.count(.tcx) == 0)
  }

  @Test("the ledger is made again from days with parts, and a lost track is asked for again")
  func rebuilt() throws {
    let world = try workouts()
    try world.run(for: .hours(3)) { world.isComplete }
    func stored() throws -> Set<Day> {
      Set(try world.rows(stream: "exercise").filter(\.state.isStored).map(\.key.day))
    }
    let before = try stored()
    let names = try tracks(world)
    world.kill()
    try world.loseLedger()
    let lost = try #require(files(world).first { $0.hasSuffix(names[0]) })
    try world.remove("\(world.archivePath)/\(lost)")
    try world.begin()
    // Windows begin as spent, and the longest is a day.
    try world.run(for: .hours(25))
    #expect(try stored().isSuperset(of: before))
    #expect(try Set(tracks(world)).isSuperset(of: names))
  }
}
