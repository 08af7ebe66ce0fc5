import Testing

@testable import DaybookCore

/// The changes of real clocks, year by year, as the tz database publishes them.
@Suite("Zone: the history of some places")
struct ZoneHistoryTests {
  struct Place: CustomStringConvertible {
    var zone: String
    var from: String
    var to: String
    /// Moment of each change and the minutes east of UTC from then on.
    var changes: [(at: String, minutes: Int)]
    var description: String { zone }
  }

  static let places = [
    // Summer time pauses for Ramadan, so twice a year on moving dates.
    Place(
      zone: "Africa/Casablanca", from: "2018-01-01", to: "2025-01-01",
      changes: [
        ("2018-03-25T02:00:00Z", 60), ("2018-05-13T02:00:00Z", 0), ("2018-06-17T02:00:00Z", 60),
        ("2019-05-05T02:00:00Z", 0), ("2019-06-09T02:00:00Z", 60), ("2020-04-19T02:00:00Z", 0),
        ("2020-05-31T02:00:00Z", 60), ("2021-04-11T02:00:00Z", 0), ("2021-05-16T02:00:00Z", 60),
        ("2022-03-27T02:00:00Z", 0), ("2022-05-08T02:00:00Z", 60), ("2023-03-19T02:00:00Z", 0),
        ("2023-04-23T02:00:00Z", 60), ("2024-03-10T02:00:00Z", 0), ("2024-04-14T02:00:00Z", 60),
      ]),
    // The 30th of December 2011 was left out.
    Place(
      zone: "Pacific/Apia", from: "2010-01-01", to: "2014-01-01",
      changes: [
        ("2010-09-26T11:00:00Z", -600), ("2011-04-02T14:00:00Z", -660),
        ("2011-09-24T14:00:00Z", -600), ("2011-12-30T10:00:00Z", 840),
        ("2012-03-31T14:00:00Z", 780), ("2012-09-29T14:00:00Z", 840),
        ("2013-04-06T14:00:00Z", 780), ("2013-09-28T14:00:00Z", 840),
      ]),
    // At midnight; abolished in 2019.
    Place(
      zone: "America/Sao_Paulo", from: "2014-01-01", to: "2030-01-01",
      changes: [
        ("2014-02-16T02:00:00Z", -180), ("2014-10-19T03:00:00Z", -120),
        ("2015-02-22T02:00:00Z", -180), ("2015-10-18T03:00:00Z", -120),
        ("2016-02-21T02:00:00Z", -180), ("2016-10-16T03:00:00Z", -120),
        ("2017-02-19T02:00:00Z", -180), ("2017-10-15T03:00:00Z", -120),
        ("2018-02-18T02:00:00Z", -180), ("2018-11-04T03:00:00Z", -120),
        ("2019-02-17T02:00:00Z", -180),
      ]),
    // By half an hour; the rest lies behind the last transition of most files.
    Place(
      zone: "Australia/Lord_Howe", from: "2040-01-01", to: "2042-01-01",
      changes: [
        ("2040-03-31T15:00:00Z", 630), ("2040-10-06T15:30:00Z", 660),
        ("2041-04-06T15:00:00Z", 630), ("2041-10-05T15:30:00Z", 660),
      ]),
    // British standard time: three years of summer.
    Place(
      zone: "Europe/Dublin", from: "1967-01-01", to: "1973-01-01",
      changes: [
        ("1967-03-19T02:00:00Z", 60), ("1967-10-29T02:00:00Z", 0), ("1968-02-18T02:00:00Z", 60),
        ("1971-10-31T02:00:00Z", 0), ("1972-03-19T02:00:00Z", 60), ("1972-10-29T02:00:00Z", 0),
      ]),
    // A minute past midnight, and once by two hours.
    Place(
      zone: "America/St_Johns", from: "1987-01-01", to: "1990-01-01",
      changes: [
        ("1987-04-05T03:31:00Z", -150), ("1987-10-25T02:31:00Z", -210),
        ("1988-04-03T03:31:00Z", -90), ("1988-10-30T01:31:00Z", -210),
        ("1989-04-02T03:31:00Z", -150), ("1989-10-29T02:31:00Z", -210),
      ]),
    // Changes of standard time.
    Place(
      zone: "Asia/Pyongyang", from: "2010-01-01", to: "2026-01-01",
      changes: [("2015-08-14T15:00:00Z", 510), ("2018-05-04T15:00:00Z", 540)]),
    Place(
      zone: "America/Caracas", from: "2005-01-01", to: "2026-01-01",
      changes: [("2007-12-09T07:00:00Z", -270), ("2016-05-01T07:00:00Z", -240)]),
    Place(
      zone: "Europe/Moscow", from: "2009-01-01", to: "2026-01-01",
      changes: [
        ("2009-03-28T23:00:00Z", 240), ("2009-10-24T23:00:00Z", 180),
        ("2010-03-27T23:00:00Z", 240), ("2010-10-30T23:00:00Z", 180),
        ("2011-03-26T23:00:00Z", 240), ("2014-10-25T22:00:00Z", 180),
      ]),
    Place(
      zone: "Asia/Kathmandu", from: "1980-01-01", to: "2026-01-01",
      changes: [("1985-12-31T18:30:00Z", 345)]),
  ]

  @Test("its clocks change exactly then", arguments: places)
  func changes(place: Place) throws {
    let zone = try systemZone(place.zone)
    var found: [String] = []
    // A walk of six hours misses no change, since none are closer; halving finds its second.
    let step: Int64 = 21_600
    var second = Zone.utc.start(of: try day(place.from)).seconds
    let end = Zone.utc.start(of: try day(place.to)).seconds
    while second < end {
      var (low, high) = (second, second + step)
      let before = zone.offset(at: Instant(seconds: low))
      second = high
      guard zone.offset(at: Instant(seconds: high)) != before else { continue }
      while high - low > 1 {
        let middle = (low + high) / 2
        if zone.offset(at: Instant(seconds: middle)) == before {
          low = middle
        } else {
          high = middle
        }
      }
      found.append("\(Instant(seconds: high)) \(zone.offset(at: Instant(seconds: high)) / 60)")
    }
    #expect(found == place.changes.map { "\($0.at) \($0.minutes)" })
  }

  /// The law, worked out by counting weekdays: not the way a zone's rule is evaluated.
  @Test(
    "Europe's law, 1996 to 2096",
    arguments: [
      ("Europe/Helsinki", 7_200), ("Europe/Paris", 3_600), ("Europe/London", 0),
    ])
  func europe(name: String, standard: Int) throws {
    let zone = try systemZone(name)
    for year in 1996...2096 {
      let march = try lastSunday(year, 3)
      let october = try lastSunday(year, 10)
      // At one in the morning, UTC.
      let summer = Zone.utc.start(of: march) + .hours(1)
      let winter = Zone.utc.start(of: october) + .hours(1)
      #expect(zone.offset(at: summer - .seconds(1)) == standard)
      #expect(zone.offset(at: summer) == standard + 3_600)
      #expect(zone.offset(at: winter - .seconds(1)) == standard + 3_600)
      #expect(zone.offset(at: winter) == standard)
      #expect(zone.start(of: march + 1) - zone.start(of: march) == .hours(23))
      #expect(zone.start(of: october + 1) - zone.start(of: october) == .hours(25))
    }
  }

  @Test(
    "America's law, 2007 to 2096",
    arguments: [
      ("America/New_York", -18_000), ("America/Los_Angeles", -28_800),
    ])
  func america(name: String, standard: Int) throws {
    let zone = try systemZone(name)
    for year in 2007...2096 {
      // The second Sunday of March and the first of November, at two on the clocks that end.
      let march = try sundays(year, 3)[1]
      let november = try sundays(year, 11)[0]
      let summer = Zone.utc.start(of: march) + .hours(2) - .seconds(standard)
      let winter = Zone.utc.start(of: november) + .hours(1) - .seconds(standard)
      #expect(zone.offset(at: summer - .seconds(1)) == standard)
      #expect(zone.offset(at: summer) == standard + 3_600)
      #expect(zone.offset(at: winter - .seconds(1)) == standard + 3_600)
      #expect(zone.offset(at: winter) == standard)
    }
  }

  private func lastSunday(_ year: Int, _ month: Int) throws -> Day {
    try #require(try sundays(year, month).last)
  }

  private func sundays(_ year: Int, _ month: Int) throws -> [Day] {
    let first = try #require(Day(year: year, month: month, day: 1))
    return (0..<Day.length(ofMonth: month, in: year)).map { first + $0 }.filter { $0.weekday == 7 }
  }
}
