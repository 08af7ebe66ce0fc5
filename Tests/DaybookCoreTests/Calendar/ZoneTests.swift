import Testing

@testable import DaybookCore

@Suite("Zone: when days begin")
struct ZoneTests {
  struct Known: CustomStringConvertible {
    var zone: String
    var day: String
    /// The first moment of the day, and how many minutes it has.
    var start: String
    var minutes: Int64
    var description: String { "\(zone) \(day)" }

    init(_ zone: String, _ day: String, _ start: String, _ minutes: Int64) {
      (self.zone, self.day, self.start, self.minutes) = (zone, day, start, minutes)
    }
  }

  @Test(
    "known days",
    arguments: [
      Known("Europe/Helsinki", "2016-03-26", "2016-03-25T22:00:00Z", 1_440),
      Known("Europe/Helsinki", "2016-03-27", "2016-03-26T22:00:00Z", 1_380),
      Known("Europe/Helsinki", "2016-06-18", "2016-06-17T21:00:00Z", 1_440),
      Known("Europe/Helsinki", "2016-10-30", "2016-10-29T21:00:00Z", 1_500),
      Known("America/New_York", "2020-03-08", "2020-03-08T05:00:00Z", 1_380),
      Known("America/New_York", "2020-11-01", "2020-11-01T04:00:00Z", 1_500),
      // Half an hour of daylight saving.
      Known("Australia/Lord_Howe", "2020-10-04", "2020-10-03T13:30:00Z", 1_410),
      Known("Australia/Lord_Howe", "2020-04-05", "2020-04-04T13:00:00Z", 1_470),
      Known("Asia/Kathmandu", "2020-01-01", "2019-12-31T18:15:00Z", 1_440),
      // It moved over the date line: the 30th never was.
      Known("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 1_440),
      Known("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0),
      Known("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", 1_440),
      // Midnight is skipped: the day begins at one.
      Known("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 1_380),
      // Clocks go from midnight back to eleven.
      Known("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 1_500),
      Known("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", 1_440),
      // Clocks go from a minute past midnight back: the new date shows twice, the first counts.
      Known("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z", 1_500),
      Known("America/St_Johns", "2006-10-28", "2006-10-28T02:30:00Z", 1_440),
      // Daylight saving pauses for Ramadan.
      Known("Africa/Casablanca", "2023-03-19", "2023-03-18T23:00:00Z", 1_500),
      Known("Africa/Casablanca", "2023-04-23", "2023-04-23T00:00:00Z", 1_380),
      // Its winter time is "daylight saving" of minus an hour.
      Known("Europe/Dublin", "2020-03-29", "2020-03-29T00:00:00Z", 1_380),
      Known("Europe/Dublin", "2020-10-25", "2020-10-24T23:00:00Z", 1_500),
      // After the last transition of the file: its footer.
      Known("Europe/Helsinki", "2060-03-28", "2060-03-27T22:00:00Z", 1_380),
      Known("Europe/Helsinki", "2060-10-31", "2060-10-30T21:00:00Z", 1_500),
      Known("America/New_York", "2050-07-04", "2050-07-04T04:00:00Z", 1_440),
      Known("Australia/Lord_Howe", "2050-10-02", "2050-10-01T13:30:00Z", 1_410),
      Known("Europe/Dublin", "2055-03-28", "2055-03-28T00:00:00Z", 1_380),
      Known("Asia/Kathmandu", "2090-06-01", "2090-05-31T18:15:00Z", 1_440),
    ])
  func known(example: Known) throws {
    let zone = try systemZone(example.zone)
    let start = zone.start(of: try day(example.day))
    #expect(start == (try moment(example.start)))
    #expect(zone.start(of: try day(example.day) + 1) - start == .minutes(example.minutes))
  }

  @Test(
    "known offsets",
    arguments: [
      ("Europe/Helsinki", "2016-03-27T00:59:59Z", 7_200),
      ("Europe/Helsinki", "2016-03-27T01:00:00Z", 10_800),
      ("Europe/Helsinki", "2016-10-30T00:59:59.999999Z", 10_800),
      ("Europe/Helsinki", "2016-10-30T01:00:00Z", 7_200),
      ("Europe/Helsinki", "1800-01-01T00:00:00Z", 5_989),
      ("Europe/Dublin", "2021-01-15T12:00:00Z", 0),
      ("Europe/Dublin", "2021-07-15T12:00:00Z", 3_600),
      ("Africa/Casablanca", "2023-04-01T12:00:00Z", 0),
      ("Africa/Casablanca", "2023-05-01T12:00:00Z", 3_600),
      ("America/New_York", "2045-07-01T00:00:00Z", -14_400),
      ("America/New_York", "2045-12-01T00:00:00Z", -18_000),
      ("Asia/Kathmandu", "2026-01-01T00:00:00Z", 20_700), ("Etc/UTC", "2026-01-01T00:00:00Z", 0),
    ])
  func offsets(name: String, at text: String, seconds: Int) throws {
    #expect(try systemZone(name).offset(at: try moment(text)) == seconds)
  }

  static let zones = [
    "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
    "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca", "Europe/Dublin",
    "America/St_Johns", "Antarctica/Troll",
  ]

  @Test("days tile 80 years without gap or overlap", arguments: zones)
  func tiling(name: String) throws {
    let zone = try systemZone(name)
    var start = zone.start(of: try day("1990-01-01"))
    var odd = 0
    for number in (try day("1990-01-01").number)..<(try day("2070-01-01").number) {
      let today = Day(number: number)
      let next = zone.start(of: today + 1)
      defer { start = next }
      if next == start {
        #expect("\(name) \(today)" == "Pacific/Apia 2011-12-30")
        #expect(zone.day(at: start) == today + 1)
        continue
      }
      if zone.day(at: start) != today || zone.day(at: next - .microseconds(1)) != today {
        Issue.record("\(name) \(today) begins or ends in another day")
      }
      let hours = Double((next - start).inSeconds) / 3_600
      // Troll's summer is two hours ahead.
      let most = name == "Antarctica/Troll" ? 2.0 : 1.0
      if abs(hours - 24) > most { Issue.record("\(name) \(today) has \(hours) hours") }
      if hours != 24 { odd += 1 }
      // Nothing earlier has this date, and the clock's date never runs ahead.
      let before = start - .seconds(1)
      if clockDay(zone, before) >= today { Issue.record("\(name) \(today) began before") }
      if clockDay(zone, start) < today { Issue.record("\(name) \(today) had not begun") }
    }
    #expect(odd <= 4 * 80)
  }

  private func clockDay(_ zone: Zone, _ moment: Instant) -> Day {
    Day(number: Int(floorDividing(moment.seconds + Int64(zone.offset(at: moment)), 86_400)))
  }

  @Test("a day is found from any moment in it") func moments() throws {
    let seed = Seed()
    var random = seed.random
    for name in Self.zones {
      let zone = try systemZone(name)
      for _ in 0..<300 {
        let moment = Instant(
          seconds: Int64.random(in: -2_000_000_000...6_000_000_000, using: &random))
        let day = zone.day(at: moment)
        #expect(zone.start(of: day) <= moment, "\(name) \(moment), \(seed)")
        #expect(zone.start(of: day + 1) > moment, "\(name) \(moment), \(seed)")
      }
    }
  }

  @Test("UTC has days of 24 hours, at the ends of the calendar too")
  func utc() throws {
    for text in ["0001-01-01", "1969-12-31", "1970-01-01", "2016-12-31", "9999-12-31"] {
      let start = Zone.utc.start(of: try day(text))
      #expect("\(start)" == "\(text)T00:00:00Z")
      #expect(Zone.utc.day(at: start) == (try day(text)))
      #expect(Zone.utc.day(at: start - .microseconds(1)) == (try day(text)) - 1)
    }
    #expect(Zone.utc.offset(at: Instant(seconds: 1_466_208_000)) == 0)
  }

  @Test(
    "what clocks show becomes a moment: the first of two, and in a gap as long after its begin",
    arguments: [
      ("2016-06-18", 36_000, "2016-06-18T07:00:00Z"),
      ("2016-12-18", 36_000, "2016-12-18T08:00:00Z"),
      ("2016-03-27", 3 * 3_600 - 1, "2016-03-27T00:59:59Z"),
      ("2016-03-27", 3 * 3_600 + 1_800, "2016-03-27T01:30:00Z"),
      ("2016-03-27", 4 * 3_600, "2016-03-27T01:00:00Z"),
      ("2016-10-30", 3 * 3_600, "2016-10-30T00:00:00Z"),
      ("2016-10-30", 4 * 3_600, "2016-10-30T02:00:00Z"),
      ("2016-10-31", 0, "2016-10-30T22:00:00Z"),
    ])
  func shown(day: String, second: Int, moment: String) throws {
    let zone = try systemZone("Europe/Helsinki")
    let found = zone.moment(of: try #require(Day(day)), second: second)
    #expect(found.rfc3339 == moment)
  }

  @Test("moments far outside the calendar do no harm") func extremes() throws {
    let zone = try systemZone("Europe/Helsinki")
    for microseconds in [Int64.min / 2, -1_000_000_000_000_000_000, Int64.max / 2] {
      let moment = Instant(microseconds: microseconds)
      let day = zone.day(at: moment)
      #expect(zone.start(of: day) <= moment)
      #expect(zone.start(of: day + 1) > moment)
    }
  }
}
