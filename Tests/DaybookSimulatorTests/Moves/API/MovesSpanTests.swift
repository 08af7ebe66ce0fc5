import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesSpanTests {
  static let history = day("2016-06-16")...day("2018-04-25")

  static func span(
    _ form: String?, _ query: String = "", points: Bool = false
  ) throws(MovesSpan.Refusal) -> ClosedRange<Day> {
    try MovesSpan(
      form: form.map { $0[...] }, query: FormText.fields(query), history: history,
      trackPoints: points
    ).days
  }

  @Test(
    "all forms of the facts are read",
    arguments: [
      ("20160618", "", "2016-06-18", "2016-06-18"),
      ("2016-06-18", "", "2016-06-18", "2016-06-18"),
      ("20160616", "", "2016-06-16", "2016-06-16"),
      ("20180425", "", "2018-04-25", "2018-04-25"),
      ("2016-W25", "", "2016-06-20", "2016-06-26"),
      ("2017-W1", "", "2017-01-02", "2017-01-08"),
      ("2017-W01", "", "2017-01-02", "2017-01-08"),
      ("2016-W52", "", "2016-12-26", "2017-01-01"),
      ("201607", "", "2016-07-01", "2016-07-31"),
      ("2017-02", "", "2017-02-01", "2017-02-28"),
      (nil, "from=20160701&to=20160707", "2016-07-01", "2016-07-07"),
      (nil, "from=2016-07-01&to=20160701", "2016-07-01", "2016-07-01"),
      (nil, "to=20160801&from=20160702", "2016-07-02", "2016-08-01"),
      (nil, "pastDays=1", "2018-04-25", "2018-04-25"),
      (nil, "pastDays=7", "2018-04-19", "2018-04-25"),
      (nil, "pastDays=31", "2018-03-26", "2018-04-25"),
    ] as [(String?, String, String, String)])
  func forms(form: String?, query: String, from: String, to: String) throws {
    #expect(try Self.span(form, query) == day(from)...day(to))
  }

  @Test("the recorded week of a first day comes back as four days")
  func recordedClamp() throws {
    #expect(try Self.span("2016-W24") == day("2016-06-16")...day("2016-06-19"))
  }

  @Test(
    "weeks, months and past days are cut to the history",
    arguments: [
      ("201606", "", "2016-06-16", "2016-06-30"), ("2018-04", "", "2018-04-01", "2018-04-25"),
      ("2018-W17", "", "2018-04-23", "2018-04-25"),
    ])
  func clamp(form: String, query: String, from: String, to: String) throws {
    #expect(try Self.span(form, query) == day(from)...day(to))
  }

  @Test("past days do not reach before the first day")
  func clampPast() throws {
    let span = try MovesSpan(
      form: nil, query: [SimField("pastDays", "31")],
      history: day("2018-04-20")...day("2018-04-25"), trackPoints: false)
    #expect(span.days == day("2018-04-20")...day("2018-04-25"))
  }

  @Test(
    "everything else is refused",
    arguments: [
      ("20160615", ""), ("20180426", ""), ("2016-W23", ""), ("2018-W18", ""), ("201605", ""),
      ("201805", ""), ("2016061", ""), ("201606188", ""), ("20160631", ""), ("20170229", ""),
      ("2016-6-18", ""), ("2016-06-1", ""), ("2016-0618", ""), ("2016-W0", ""), ("2016-W53", ""),
      ("2016-W", ""), ("2016-w25", ""), ("2016-W123", ""), ("2016-W2x", ""), ("201613", ""),
      ("2016-13", ""), ("201600", ""), ("today", ""), ("", ""), ("2016", ""), ("+20160618", ""),
      ("٢٠١٦٠٦١٨", ""), (nil, ""), (nil, "from=20160701"), (nil, "to=20160701"),
      (nil, "from=20160702&to=20160701"), (nil, "from=x&to=y"), (nil, "from=20160615&to=20160620"),
      (nil, "from=20180420&to=20180426"), (nil, "from=20160701&to=20160801"),
      (nil, "pastDays=0"), (nil, "pastDays=32"), (nil, "pastDays=-1"), (nil, "pastDays=x"),
      (nil, "pastDays="),
    ] as [(String?, String)])
  func refused(form: String?, query: String) {
    #expect(throws: MovesSpan.Refusal.self) { try Self.span(form, query) }
  }

  @Test(
    "with track points seven days are the most",
    arguments: [
      ("20160618", "", true), ("2016-W25", "", true), ("201607", "", false), ("2018-04", "", false),
      (nil, "from=20160701&to=20160707", true), (nil, "from=20160701&to=20160708", false),
      (nil, "pastDays=7", true), (nil, "pastDays=8", false),
    ] as [(String?, String, Bool)])
  func trackPoints(form: String?, query: String, accepted: Bool) {
    let span = try? Self.span(form, query, points: true)
    #expect((span != nil) == accepted)
  }

  @Test("the reason names the bounds")
  func reason() {
    let error = #expect(throws: MovesSpan.Refusal.self) { try Self.span("20100101") }
    #expect(error?.text == "date outside 2016-06-16 to 2018-04-25")
    let long = #expect(throws: MovesSpan.Refusal.self) {
      try Self.span(nil, "from=20170101&to=20170201")
    }
    #expect(long?.text == "range too long, at most 31 days")
  }

  @Test(
    "ISO weeks begin on their Mondays",
    arguments: [
      ("2015-W53", "2015-12-28"), ("2016-W01", "2016-01-04"), ("2018-W01", "2018-01-01"),
      ("2020-W53", "2020-12-28"), ("2021-W1", "2021-01-04"), ("2009-W01", "2008-12-29"),
    ])
  func weeks(text: String, monday: String) {
    #expect(MovesSpan.week(text[...]) == day(monday))
  }

  @Test("every day is in exactly one week, and 400 years of weeks have seven days")
  func weekTiling() {
    var monday = day("1999-01-04")
    while monday < day("2040-01-01") {
      let year = (monday + 3).civil.year
      let number = ((monday + 3) - (Day(year: year, month: 1, day: 1) ?? monday)) / 7 + 1
      #expect(MovesSpan.week("\(year)-W\(number)"[...]) == monday)
      monday = monday + 7
    }
  }

  @Test(
    "months in both forms",
    arguments: [
      ("201602", "2016-02-01", "2016-02-29"), ("2016-02", "2016-02-01", "2016-02-29"),
      ("201512", "2015-12-01", "2015-12-31"),
    ])
  func months(text: String, from: String, to: String) {
    #expect(MovesSpan.month(text[...]) == day(from)...day(to))
  }

  @Test(
    "moments with Z or an offset",
    arguments: [
      ("20160601T000000Z", "2016-06-01"), ("20160601T235959Z", "2016-06-01T23:59:59"),
      ("2016-06-01T120000Z", "2016-06-01T12:00:00"), ("20160601T020000+0200", "2016-06-01"),
      ("20160531T170000-0700", "2016-06-01"),
    ])
  func instants(text: String, expected: String) {
    #expect(MovesSpan.instant(text) == Int(moment(expected).seconds))
  }

  @Test(
    "no moments",
    arguments: [
      "", "20160601", "20160601T", "20160601T000000", "20160601T0000Z", "20160601T240000Z",
      "20160601T006000Z", "20160601T000060Z", "20160631T000000Z", "20160601T000000z",
      "20160601T000000+02", "20160601 000000Z", "x",
    ])
  func noInstants(text: String) {
    #expect(MovesSpan.instant(text) == nil)
  }
}
