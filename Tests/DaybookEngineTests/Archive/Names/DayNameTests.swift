import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Names of day files and folders")
struct DayNameTests {
  @Test(
    "a date and one word is a day's file",
    arguments: [
      ("2016-06-18.json", "2016-06-18", "json"), ("2016-02-29.gpx", "2016-02-29", "gpx"),
      ("0001-01-01.x", "0001-01-01", "x"),
      ("2016-06-18.parts.json", "2016-06-18", "parts.json"),
    ])
  func days(name: String, day: String, fileExtension: String) {
    #expect(DayName(name)?.day == Day(day))
    #expect(DayName(name)?.fileExtension == fileExtension)
  }

  @Test("what a day's path says, its name means", arguments: ["1999-12-31", "2024-02-29"])
  func roundTrip(date: String) {
    let path = ArchiveFixture.path(date)
    #expect(DayName(path.file)?.day == path.day)
  }

  @Test(
    "nothing else is a day's file",
    arguments: [
      "", "2016-06-18", "2016-06-18.", "2016-06-18json", "2016-13-01.json", "2015-02-29.json",
      "2016-6-18.json", "2016-06-18.part.json", "2016-06-18.20161122T230000Z.json",
      ".2016-06-18.json", "2016-06-18.JSON", "2016-06-18.json~", "x2016-06-18.json",
      "2016-06-18.json.tmp-0123456789abcdef", "２016-06-18.json", "2016-06-18..json",
    ])
  func others(name: String) {
    #expect(DayName(name) == nil)
  }

  @Test(
    "years have four digits, months two",
    arguments: [
      ("2016", 2016, nil), ("0001", 1, nil), ("0000", nil, nil), ("12", nil, 12), ("01", nil, 1),
      ("00", nil, nil), ("13", nil, nil), ("1", nil, nil), ("+1", nil, nil), ("-001", nil, nil),
      ("20160", nil, nil), ("versions", nil, nil), ("٢٠١٦", nil, nil),
    ] as [(String, Int?, Int?)])
  func numbers(name: String, year: Int?, month: Int?) {
    #expect(FolderNumber.year(name) == year)
    #expect(FolderNumber.month(name) == month)
  }
}
