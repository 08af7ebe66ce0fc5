import Testing

@testable import DaybookCore

@Suite("Bounds of a day, as each provider wants them")
struct DayWindowBoundsTests {
  struct Example: CustomStringConvertible {
    var form: DayForm
    var ends: Ends
    var day: String
    var zone: String
    var start: String
    var end: String
    var description: String { "\(form) \(ends.rawValue) \(day) \(zone)" }

    init(
      _ form: DayForm, _ ends: Ends, _ day: String, _ zone: String, _ start: String, _ end: String
    ) {
      (self.form, self.ends, self.day) = (form, ends, day)
      (self.zone, self.start, self.end) = (zone, start, end)
    }
  }

  @Test(
    "forms that name days",
    arguments: [
      Example(.ymd, .both, "2016-06-18", "UTC", "2016-06-18", "2016-06-18"),
      Example(.ymd, .start, "2016-06-18", "UTC", "2016-06-18", "2016-06-19"),
      Example(.ymd, .neither, "2016-06-18", "UTC", "2016-06-17", "2016-06-19"),
      Example(.ymd, .start, "2015-12-31", "UTC", "2015-12-31", "2016-01-01"),
      Example(.ymd, .neither, "2016-02-29", "UTC", "2016-02-28", "2016-03-01"),
      Example(.ymd, .start, "2015-02-28", "UTC", "2015-02-28", "2015-03-01"),
      Example(.compact, .both, "2016-01-01", "UTC", "20160101", "20160101"),
      Example(.compact, .start, "2016-02-28", "UTC", "20160228", "20160229"),
      Example(.compact, .neither, "2016-01-01", "UTC", "20151231", "20160102"),
      // A skipped day is a date like any other.
      Example(.ymd, .start, "2011-12-30", "Pacific/Apia", "2011-12-30", "2011-12-31"),
    ])
  func days(example: Example) throws { try check(example) }

  @Test(
    "forms that name moments",
    arguments: [
      Example(.unix, .both, "1970-01-02", "UTC", "86400", "172799"),
      Example(.unix, .start, "1970-01-02", "UTC", "86400", "172800"),
      Example(.unix, .neither, "1970-01-02", "UTC", "86399", "172800"),
      Example(.unixMilliseconds, .both, "1970-01-02", "UTC", "86400000", "172799999"),
      Example(.unixMilliseconds, .start, "1970-01-02", "UTC", "86400000", "172800000"),
      Example(.unixMilliseconds, .neither, "1970-01-02", "UTC", "86399999", "172800000"),
      Example(.unix, .start, "1970-01-01", "UTC", "0", "86400"),
      Example(.unix, .neither, "1970-01-01", "UTC", "-1", "86400"),
      Example(.unixMilliseconds, .neither, "1970-01-01", "UTC", "-1", "86400000"),
      Example(.utc, .both, "2016-06-18", "UTC", "2016-06-18T00:00:00Z", "2016-06-18T23:59:59Z"),
      Example(.naive, .neither, "2016-06-18", "UTC", "2016-06-17T23:59:59", "2016-06-19T00:00:00"),
      Example(.utc, .start, "2015-12-31", "UTC", "2015-12-31T00:00:00Z", "2016-01-01T00:00:00Z"),
      Example(
        .offset, .start, "2016-02-29", "UTC", "2016-02-29T00:00:00+00:00",
        "2016-03-01T00:00:00+00:00"),
    ])
  func moments(example: Example) throws { try check(example) }

  @Test(
    "days of other lengths, in their zones",
    arguments: [
      // 23 hours, 25 hours.
      Example(
        .utc, .start, "2016-03-27", "Europe/Helsinki", "2016-03-26T22:00:00Z",
        "2016-03-27T21:00:00Z"),
      Example(
        .utc, .both, "2016-10-30", "Europe/Helsinki", "2016-10-29T21:00:00Z", "2016-10-30T21:59:59Z"
      ),
      Example(
        .naive, .neither, "2016-03-27", "Europe/Helsinki", "2016-03-26T21:59:59",
        "2016-03-27T21:00:00"),
      Example(.unix, .both, "2016-03-27", "Europe/Helsinki", "1459029600", "1459112399"),
      // The offset is that of the bound, not of the day.
      Example(
        .offset, .start, "2016-03-27", "Europe/Helsinki", "2016-03-27T00:00:00+02:00",
        "2016-03-28T00:00:00+03:00"),
      Example(
        .offset, .both, "2016-10-30", "Europe/Helsinki", "2016-10-30T00:00:00+03:00",
        "2016-10-30T23:59:59+02:00"),
      Example(
        .offset, .neither, "2020-03-09", "America/New_York", "2020-03-08T23:59:59-04:00",
        "2020-03-10T00:00:00-04:00"),
      Example(
        .offset, .start, "2020-01-01", "Asia/Kathmandu", "2020-01-01T00:00:00+05:45",
        "2020-01-02T00:00:00+05:45"),
      Example(
        .offset, .start, "2020-01-01", "America/St_Johns", "2020-01-01T00:00:00-03:30",
        "2020-01-02T00:00:00-03:30"),
      // Midnight does not exist: the day begins at one.
      Example(
        .offset, .both, "2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00",
        "2018-11-04T23:59:59-02:00"),
      Example(
        .utc, .start, "2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
      // Local mean time had seconds, which RFC 3339 has not: the same moment in whole minutes.
      Example(
        .offset, .start, "1850-01-01", "Europe/Helsinki", "1849-12-31T23:59:11+01:39",
        "1850-01-01T23:59:11+01:39"),
    ])
  func zones(example: Example) throws { try check(example) }

  private func check(_ example: Example) throws {
    let window = DayWindow(form: example.form, ends: example.ends)
    let zone = try systemZone(example.zone)
    let bounds = window.bounds(of: try day(example.day), in: zone)
    #expect(bounds.start == example.start)
    #expect(bounds.end == example.end)
  }

  @Test("a row of days has the start of its first and the end of its last") func rows() throws {
    let helsinki = try systemZone("Europe/Helsinki")
    let (first, last) = (try day("2016-03-25"), try day("2016-03-31"))
    for form in DayForm.allCases {
      for ends in Ends.allCases {
        let window = DayWindow(form: form, ends: ends)
        let row = window.bounds(from: first, through: last, in: helsinki)
        #expect(row.start == window.bounds(of: first, in: helsinki).start)
        #expect(row.end == window.bounds(of: last, in: helsinki).end)
      }
    }
  }

  @Test("a server that counts as told gets each moment in exactly one day") func coverage() throws {
    let zone = try systemZone("Europe/Helsinki")
    let days = (0..<4).map { Day(number: 16_885 + $0) }
    for ends in Ends.allCases {
      let window = DayWindow(form: .unix, ends: ends)
      for day in days.dropFirst().dropLast() {
        let begin = zone.start(of: day).seconds
        for second in [begin - 1, begin, begin + 1] {
          let holders = try days.filter { other in
            let bounds = window.bounds(of: other, in: zone)
            let start = try #require(Int64(bounds.start))
            let end = try #require(Int64(bounds.end))
            switch ends {
            case .both: return second >= start && second <= end
            case .start: return second >= start && second < end
            case .neither: return second > start && second < end
            }
          }
          #expect(holders == [second < begin ? day - 1 : day])
        }
      }
    }
  }
}
