import Testing

@testable import DaybookCore

@Suite("TimeZoneRule: what POSIX writes in TZ")
struct TimeZoneRuleTests {
  @Test(
    "rules and the next change after a moment",
    arguments: [
      ("EET-2EEST,M3.5.0/3,M10.5.0/4", "2040-01-01T00:00:00Z", "2040-03-25T01:00:00Z", 10_800),
      ("EET-2EEST,M3.5.0/3,M10.5.0/4", "2040-03-25T01:00:00Z", "2040-10-28T01:00:00Z", 7_200),
      ("EET-2EEST,M3.5.0/3,M10.5.0/4", "2040-10-28T01:00:00Z", "2041-03-31T01:00:00Z", 10_800),
      ("EST5EDT,M3.2.0,M11.1.0", "2040-01-01T00:00:00Z", "2040-03-11T07:00:00Z", -14_400),
      // The south: summer lies over new year.
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-01-01T00:00:00Z", "2040-03-31T16:00:00Z", 36_000),
      (
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2040-05-01T00:00:00Z", "2040-10-06T15:30:00Z",
        39_600
      ),
      // Dublin: standard time is summer's.
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2040-01-01T00:00:00Z", "2040-03-25T01:00:00Z", 3_600),
      // Times before the day and far after it (RFC 9636 §3.3.1).
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-01-01T00:00:00Z", "2040-03-25T01:00:00Z", -3_600),
      ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2040-01-01T00:00:00Z", "2040-03-24T00:00:00Z", 10_800),
      // Days of the year, with and without the 29th of February.
      ("AAA0BBB,J60/0,J300/0", "2040-01-01T00:00:00Z", "2040-03-01T00:00:00Z", 3_600),
      ("AAA0BBB,59/0,300/0", "2040-01-01T00:00:00Z", "2040-02-29T00:00:00Z", 3_600),
      ("AAA0BBB,59/0,300/0", "2041-01-01T00:00:00Z", "2041-03-01T00:00:00Z", 3_600),
      ("AAA0BBB,J59/0,J300/0", "2040-01-01T00:00:00Z", "2040-02-28T00:00:00Z", 3_600),
      ("AAA0:30BBB1:15:10,J1/0,J300/0", "2039-12-31T00:00:00Z", "2040-01-01T00:30:00Z", -4_510),
    ])
  func changes(text: String, from: String, at: String, offset: Int) throws {
    let rule = try #require(TimeZoneRule(Array(text.utf8)))
    let change = try #require(rule.transition(after: try moment(from).seconds))
    #expect(Instant(seconds: change) == (try moment(at)))
    #expect(rule.offset(at: change) == offset)
    #expect(rule.offset(at: change - 1) != offset)
  }

  @Test(
    "one time for the whole year",
    arguments: [("UTC0", 0), ("<+0545>-5:45", 20_700), ("EST+5", -18_000)])
  func fixed(text: String, offset: Int) throws {
    let rule = try #require(TimeZoneRule(Array(text.utf8)))
    #expect(rule.offset(at: 0) == offset)
    #expect(rule.transition(after: 0) == nil)
  }

  @Test("daylight time all year (RFC 9636 §3.3.1)") func permanent() throws {
    let rule = try #require(TimeZoneRule(Array("EST5EDT,0/0,J365/25".utf8)))
    for day in try day("2039-12-01").number...(try day("2041-02-01").number) {
      for hour in 0..<24 {
        let offset = rule.offset(at: Int64(day) * 86_400 + Int64(hour) * 3_600)
        #expect(offset == -14_400)
      }
    }
  }

  @Test(
    "a change that falls into another year is the last, or the next, for longer than one",
    arguments: ["AAA6EDT5,0/0,J365/26", "AAA0BBB,0/-167,1/-167", "AAA0BBB,364/167,365/167"])
  func overlapping(text: String) throws {
    let rule = try #require(TimeZoneRule(Array(text.utf8)))
    var second = try moment("2039-06-01T00:00:00Z").seconds
    let end = try moment("2049-06-01T00:00:00Z").seconds
    while second < end {
      let next = try #require(rule.transition(after: second))
      let inside = stride(from: second, to: next, by: 3_600)
      #expect(inside.allSatisfy { rule.offset(at: $0) == rule.offset(at: second) }, "\(second)")
      second = next
    }
  }

  @Test("the week of a month is counted by the weekday") func weeks() throws {
    for year in 2_000..<2_400 {
      for month in 1...12 {
        for weekday in 0...6 {
          // By looking at every day of the month.
          let first = try #require(Day(year: year, month: month, day: 1))
          let all = (0..<Day.length(ofMonth: month, in: year)).map { first + $0 }.filter {
            $0.weekday % 7 == weekday
          }
          for week in [1, 4, 5] {
            let change = TimeZoneRule.Change(
              date: .weekday(month: month, week: week, weekday: weekday), time: 0)
            let wanted = week == 5 ? all.last : all[week - 1]
            let found = change.second(in: year, offset: 0)
            if found != wanted.map({ Int64($0.number) * 86_400 }) {
              Issue.record("\(year)-\(month), week \(week), weekday \(weekday)")
            }
          }
        }
      }
    }
  }

  @Test(
    "what is no rule",
    arguments: [
      "", "EST", "ES5", "5", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5,M3.2.0,M11.1.0",
      "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
      "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2,M11.1.0",
      "EST5EDT,J0,J365", "EST5EDT,J1,J366", "EST5EDT,0,366", "EST5EDT,M3.2.0/168,M11.1.0",
      "EST5EDT,M3.2.0/2:60,M11.1.0", "EST25", "EST5:60", "EST5:00:60", "EST5EDT,M3.2.0,M11.1.0x",
      "<EST5", "<+1>-1", "E5T5", "EST5 EDT", "EST5EDT,M3.2.0,M11.1.0,", "EST--5", "EST5EDT,/2,/2",
      "ÄÄÄ5", "EST5:", "EST99999999999999999999", "EST5EDT,M3.2.0/,M11.1.0",
    ])
  func invalid(text: String) { #expect(TimeZoneRule(Array(text.utf8)) == nil) }

  @Test("years outside the calendar have no changes") func outside() throws {
    let rule = try #require(TimeZoneRule(Array("EST5EDT,M3.2.0,M11.1.0".utf8)))
    #expect(rule.offset(at: 1 << 50) == -18_000)
    #expect(rule.offset(at: -(1 << 50)) == -18_000)
    #expect(rule.transition(after: 1 << 50) == nil)
  }
}
