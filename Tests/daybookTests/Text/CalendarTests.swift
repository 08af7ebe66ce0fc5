import DaybookCore
import Testing

@testable import daybook

@Suite("The calendar")
struct CalendarTests {
  private func row(_ from: String, _ days: String, stream: String = "storyline") throws -> DaysRow {
    DaysRow(account: "me", stream: stream, from: try #require(Day(from)), days: days)
  }
  private func text(_ rows: [DaysRow], year: Int? = nil, columns: Int = 80) -> String {
    Calendar(look: Look(columns: columns)).text(rows, year: year)
  }

  @Test("a leap year that began in the middle of January")
  func leapYear() throws {
    let days = String(repeating: "#", count: 48) + "eo" + String(repeating: ".", count: 300)
    #expect(
      try text([row("2016-01-12", days)]) == """
        me storyline 2016
            1   5    10   15   20   25   30
        Jan            ####################  20 of 20
        Feb ############################e    29 of 29
        Mar o..............................  1 of 31
        Apr ..............................   0 of 30
        May ...............................  0 of 31
        Jun ..............................   0 of 30
        Jul ...............................  0 of 31
        Aug ...............................  0 of 31
        Sep ..............................   0 of 30
        Oct ...............................  0 of 31
        Nov ..............................   0 of 30
        Dec ..........................       0 of 26

        # final, o open, e without items, . missing

        """)
  }

  @Test("a common year has no 29 February, and days outside the account's are empty")
  func commonYear() throws {
    let days = String(repeating: "-", count: 31) + String(repeating: "#", count: 28) + "f"
    let lines = try text([row("2015-01-01", days)]).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2] == "Jan")
    #expect(lines[3] == "Feb ############################     28 of 28")
    #expect(lines[4] == "Mar f                                0 of 1")
    #expect(lines[5] == "Apr")
    #expect(lines.suffix(2) == ["# final, f failing", ""])
  }

  @Test("without a year the last one is shown, and the others are named")
  func lastYear() throws {
    let three = String(repeating: "#", count: 365 + 366 + 10)
    #expect(
      try text([row("2015-01-01", three)]).hasPrefix(
        "me storyline 2017\nother years: 2015 to 2016 (--year)\n"))
    let two = String(repeating: "#", count: 370)
    #expect(
      try text([row("2015-01-01", two)]).hasPrefix(
        "me storyline 2016\nother years: 2015 (--year)\n"))
    let chosen = try text([row("2015-01-01", two)], year: 2015)
    #expect(chosen.hasPrefix("me storyline 2015\n    1 "))
    #expect(chosen.contains("Dec ###############################  31 of 31"))
  }

  @Test("days that are not known any more do not count as the last year")
  func trailing() throws {
    let days = "##" + String(repeating: "-", count: 400)
    #expect(try text([row("2015-12-30", days)]).hasPrefix("me storyline 2015\n"))
  }

  @Test("a timeline says of whom it is, a sealed account when its open days were last seen")
  func heads() throws {
    var row = try row("2018-06-01", "#o")
    row.accounts = ["old", "new"]
    #expect(text([row]).hasPrefix("me storyline 2018\nfrom old, new\n    1 "))
    row.accounts = nil
    row.lastSeen = Day("2018-07-31")
    #expect(text([row]).hasPrefix("me storyline 2018\nopen days: last seen 2018-07-31\n    1 "))
    row.accounts = (0..<20).map { "account-\($0)\u{1b}" }
    #expect(text([row], columns: 40).split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(!text([row]).contains("\u{1b}"))
  }

  @Test("several streams share one legend")
  func streams() throws {
    let text = try text([row("2016-01-01", "#"), row("2016-01-01", "rb", stream: "sleep")])
    #expect(text.contains("me storyline 2016\n"))
    #expect(text.contains("\n\nme sleep 2016\n"))
    #expect(text.hasSuffix("\n\n# final, r refused, b beyond reach\n"))
  }

  @Test("without days it says so")
  func nothing() throws {
    #expect(text([]) == "no days\n")
    #expect(try text([row("2016-01-01", "")]) == "me storyline: no days\n")
    #expect(try text([row("2016-01-01", "---")]) == "me storyline: no days\n")
  }

  @Test("it fits 40 columns", arguments: [40, 47, 48, 80])
  func narrow(columns: Int) throws {
    let days = String(repeating: "#", count: 366)
    let text = try text([row("2016-01-01", days)], columns: columns)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
    #expect(text.contains("Jan ###############################"))
    #expect(text.contains("31 of 31") == (columns >= 48))
  }

  @Test("every character of the interface is in the legend, with a colour of its own kind")
  func legend() throws {
    let known = Set(Calendar.legend.map(\.character))
    #expect(known.count == Calendar.legend.count)
    #expect(known == Set(".o#rbfde"))
    let plain = try text([row("2016-01-01", ".o#rbfde")])
    let painted = Calendar(look: Look(columns: 80, colour: true))
      .text([try row("2016-01-01", ".o#rbfde")], year: nil)
    #expect(painted != plain)
    #expect(withoutStyles(painted) == plain)
  }

  @Test("characters of a newer daemon are passed over")
  func unknown() throws {
    #expect(try text([row("2016-01-01", "#?\u{1b}#")]).contains("Jan #  #"))
  }
}
