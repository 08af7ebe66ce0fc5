import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// OwnTracks: points that come late, days in the account's zone, and an index of months.
@Suite("Tracks")
struct TrackTests {
  private func world(
    zone: String? = nil, start: String = "2018-06-20T12:00:00Z",
    _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    try World { options in
      options.accounts = []
      options.trackers = ["jane"]
      options.trackerZone = zone
      options.trackerLateRate = 0
      options.history = 10
      options.start = Instant(rfc3339: start) ?? options.start
      change(&options)
    }
  }

  private func publish(_ world: World, at moment: Instant, lat: Int = 50) {
    let body = "{\"_type\":\"location\",\"tst\":\(moment.seconds),\"lat\":\(lat),\"lon\":8}"
    _ = world.providers.answer(
      SimRequest("POST", "/pub?u=jane&d=phone", body: Array(body.utf8)), now: world.clock.truth)
  }

  private func text(_ world: World, _ day: Day) -> String {
    world.bytes(day, account: "jane", stream: "locations").map {
      String(decoding: $0, as: UTF8.self)
    }
      ?? ""
  }

  @Test("points that are a week late get in, and the day is read again")
  func late() throws {
    let world = try world()
    try world.run(for: .minutes(10)) { world.isComplete }
    let day = Zone.utc.day(at: world.clock.truth) - 1
    let before = text(world, day)
    try world.run(for: .days(7))
    let moment = Zone.utc.start(of: day) + .hours(10) + .seconds(7)
    publish(world, at: moment)
    #expect(!text(world, day).contains("\"tst\":\(moment.seconds)"))
    try world.run(for: .days(10))
    #expect(text(world, day).contains("\"tst\":\(moment.seconds)"))
    #expect(text(world, day).utf8.count > before.utf8.count)
    #expect(world.violations() == [])
  }

  @Test(
    "points that come after the day is final: a new version by the next resync, the old one kept")
  func veryLate() throws {
    let world = try world { $0.history = 60 }
    try world.run(for: .minutes(10)) { world.isComplete }
    let day = world.options.firstDay + 3
    #expect(try world.row(day, "jane")?.state == .final)
    publish(world, at: Zone.utc.start(of: day) + .hours(10) + .seconds(7))
    var request = ResyncRequest(account: "jane")
    request.from = day
    request.to = day
    world.command(.resync(request))
    try world.run(for: .minutes(5)) { world.count(.resyncDone) > 0 }
    #expect(world.versions(day, account: "jane", stream: "locations").count == 1)
    #expect(try world.row(day, "jane")?.state == .final)
    #expect(world.violations() == [])
  }

  @Test(
    "a point at each second around midnight is in exactly one day, the right one",
    arguments: ["UTC", "Europe/Helsinki", "America/New_York", "Asia/Kolkata"])
  func midnight(zone: String) throws {
    let world = try world(zone: zone) { $0.pointEvery = 86_000 }
    let place = try #require(world.engine?.setup.zones.zone(zone))
    let day = place.day(at: world.clock.truth) - 3
    let start = place.start(of: day)
    let offsets = [-2, -1, 0, 1, 2]
    for offset in offsets { publish(world, at: start + .seconds(offset)) }
    try world.run(for: .minutes(10)) { world.isComplete }
    for offset in offsets {
      let mark = "\"tst\":\((start + .seconds(offset)).seconds)"
      #expect(text(world, day).contains(mark) == (offset >= 0), "\(offset) in the day")
      #expect(text(world, day - 1).contains(mark) == (offset < 0), "\(offset) in the day before")
    }
    #expect(world.violations() == [])
  }

  @Test(
    "days of 23 and 25 hours and leap days tile time: every point is in exactly one day",
    arguments: [
      ("Europe/Helsinki", "2018-03-28T12:00:00Z"), ("Europe/Helsinki", "2018-10-31T12:00:00Z"),
      ("America/New_York", "2018-11-07T12:00:00Z"), ("Europe/London", "2020-03-03T12:00:00Z"),
    ])
  func tiling(zone: String, start: String) throws {
    let world = try world(zone: zone, start: start) { options in
      options.pointEvery = 1_800
      options.history = 6
    }
    try world.run(for: .minutes(10)) { world.isComplete }
    let days = try world.rows("jane").map(\.key.day)
    let all = days.dropLast().map { text(world, $0) }.joined()
    let place = try #require(world.engine?.setup.zones.zone(zone))
    let from = place.start(of: try #require(days.first))
    let to = place.start(of: try #require(days.last))
    let query =
      "/api/0/locations?user=jane&device=phone&format=json&from=\(naive(from - .seconds(1)))"
    let whole = world.providers.answer(
      SimRequest("GET", query + "&to=\(naive(to))"), now: world.clock.truth)
    let expected = stamps(whole.bodyText)
    #expect(expected.count > 200)
    #expect(stamps(all).sorted() == expected.sorted())
    #expect(world.violations() == [])
  }

  private func naive(_ moment: Instant) -> String { String(moment.rfc3339.prefix(19)) }

  private func stamps(_ text: String) -> [Int] {
    text.split(separator: "\"tst\":").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
  }

  @Test("a month that the index lists for the first time has its empty days read again")
  func index() throws {
    let world = try world(start: "2018-06-20T12:00:00Z") { options in
      options.history = 1
    }
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(try world.rows("jane").first?.key.day == Day(year: 2018, month: 6, day: 1))
    // The phone hands over a point of April: the history begins there.
    let april = try #require(Instant(rfc3339: "2018-04-10T10:00:00Z"))
    publish(world, at: april)
    try world.run(for: .days(2)) { world.isComplete && text(world, Zone.utc.day(at: april)) != "" }
    #expect(try world.rows("jane").first?.key.day == Day(year: 2018, month: 4, day: 1))
    #expect(text(world, Zone.utc.day(at: april)).contains("\"tst\":\(april.seconds)"))
    // And then one of May, all of whose days were empty.
    let may = try #require(Instant(rfc3339: "2018-05-10T10:00:00Z"))
    publish(world, at: may)
    try world.run(for: .hours(12))
    #expect(text(world, Zone.utc.day(at: may)).contains("\"tst\":\(may.seconds)"))
    #expect(world.violations() == [])
  }
}
