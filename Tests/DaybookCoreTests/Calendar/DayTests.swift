import Testing

@testable import DaybookCore

@Suite("Day: the Gregorian calendar")
struct DayTests {
  @Test("every day of 400 years, counted by hand, and every form of it")
  func everyDay() {
    // A calendar of its own: months counted on, one day after the other, from a known Monday.
    var (year, month, date, weekday) = (1900, 1, 1, 1)
    for number in -25_567..<(-25_567 + 146_097) {
      let day = Day(number: number)
      let matches =
        day.civil == (year, month, date) && day.weekday == weekday
        && Day(year: year, month: month, day: date) == day && Day("\(day)") == day
        && Day(compact: day.compact) == day
      if !matches { Issue.record("day \(number) is not \(year)-\(month)-\(date)") }
      weekday = weekday % 7 + 1
      date += 1
      let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      if date > [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
        (date, month) = (1, month + 1)
      }
      if month > 12 { (month, year) = (1, year + 1) }
    }
    #expect((year, month, date) == (2300, 1, 1))
  }

  @Test(
    "known days",
    arguments: [
      ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2016-06-18", 16_970, 6),
      ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5), ("1969-12-31", -1, 3),
      ("2026-11-22", 20_779, 7),
    ])
  func known(text: String, number: Int, weekday: Int) throws {
    let day = try day(text)
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.description == text)
    #expect(day.compact == String(text.filter { $0 != "-" }))
  }

  @Test(
    "no days",
    arguments: [
      "", "2016", "2016-6-18", "2016-06-1", "2016-13-01", "2016-00-01", "2016-01-00", "2016-01-32",
      "2015-02-29", "1900-02-29", "2016-04-31", "0000-01-01", "10000-01-01", "2016/06/18",
      "2016-06-18T", " 2016-06-18", "2016-06-18 ", "-016-06-18", "+016-06-18", "２０１６-06-18",
      "2016-06-1\u{661}", "20160618", "2016-06 18", "2016-06-1x",
    ])
  func invalid(text: String) {
    #expect(Day(text) == nil)
    #expect(
      Day(compact: text.filter { $0 != "-" }) == nil || text == "20160618" || Day(text) != nil)
  }

  @Test(
    "no compact days",
    arguments: ["", "2016-06-18", "2016061", "201606180", "20160631", "2016061x"])
  func noCompact(text: String) { #expect(Day(compact: text) == nil) }

  @Test("arithmetic and order") func arithmetic() throws {
    let day = try day("2016-02-28")
    #expect("\(day + 1)" == "2016-02-29")
    #expect("\(day + 2)" == "2016-03-01")
    #expect("\(day - 59)" == "2015-12-31")
    #expect((day + 366) - day == 366)
    #expect(day < day + 1)
    #expect(!(day < day))
    #expect([day + 1, day - 1, day].sorted() == [day - 1, day, day + 1])
  }

  @Test("months have their lengths") func lengths() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    #expect((1...12).map { Day.length(ofMonth: $0, in: 2015) } == lengths)
    #expect(
      [1900, 1996, 2000, 2015, 2016, 2100].map { Day.length(ofMonth: 2, in: $0) } == [
        28, 29, 29, 28, 29, 28,
      ])
  }

  @Test(
    "decimal reads digits only",
    arguments: [
      ("0", 0), ("007", 7), ("999999999999999999", 999_999_999_999_999_999), ("", nil), ("-1", nil),
      ("+1", nil), ("1 ", nil), ("1000000000000000000", nil), ("٣", nil),
    ] as [(String, Int?)])
  func decimals(text: String, value: Int?) { #expect(decimal(text.utf8) == value) }

  @Test(
    "padded fills with zeros",
    arguments: [
      (7, 2, "07"), (123, 2, "123"), (0, 4, "0000"), (-5, 3, "-005"), (Int.min, 1, "\(Int.min)"),
    ])
  func padding(number: Int, width: Int, text: String) { #expect(padded(number, width) == text) }
}
