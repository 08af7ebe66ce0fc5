import DaybookCore
import Testing

@testable import daybook

@Suite("Tables")
struct TableTests {
  private func table(_ rows: [[String]], notes: [String] = []) -> Table {
    var table = Table([
      .init(title: "NAME"), .init(title: "COUNT", right: true, drop: 1),
      .init(title: "WHY", drop: 2),
    ])
    for row in rows { table.add(row.map { .init($0) }, notes: notes.map { .init($0) }) }
    return table
  }

  @Test("columns are as wide as their widest cell, numbers on the right")
  func plain() {
    let text = table([["a", "1", "x"], ["bcdefg", "1,000", "because"]]).text(Look())
    #expect(
      text == """
        NAME    COUNT  WHY
        a           1  x
        bcdefg  1,000  because

        """)
  }

  @Test("a column without any text is not there, and no line ends with spaces")
  func emptyColumn() {
    #expect(table([["a", "", ""], ["b", "", ""]]).text(Look()) == "NAME\na\nb\n")
    #expect(table([["a", "", "x"], ["b", "", ""]]).text(Look()) == "NAME  WHY\na     x\nb\n")
  }

  @Test("without rows there is nothing")
  func nothing() { #expect(table([]).text(Look()) == "") }

  @Test("what matters least goes first when it is narrow")
  func narrow() {
    let wide = table([["a-long-name", "1,000", "because it is"]])
    #expect(wide.text(Look(columns: 33)).contains("because it is"))
    #expect(wide.text(Look(columns: 32)) == "NAME         COUNT\na-long-name  1,000\n")
    #expect(
      table([["an-even-longer-name", "1,000", "x"]]).text(Look(columns: 20))
        == "NAME\nan-even-longer-name\n")
    #expect(
      table([["an-even-longer-name-still", "1,000", "x"]]).text(Look(columns: 20))
        == "NAME\nan-even-longer-nam..\n")
  }

  @Test("notes stand below their row, wrapped and indented")
  func notes() {
    let text = table([["a", "1", ""]], notes: ["one two three four five"]).text(Look(columns: 20))
    #expect(text == "NAME  COUNT\na         1\n    one two three\n    four five\n")
  }

  @Test("colours do not move the columns")
  func colours() {
    var table = Table([.init(title: "A"), .init(title: "B", right: true)])
    table.add([.init("x", .red), .init("1", .green)])
    table.add([.init("yyy"), .init("100")])
    let plain = table.text(Look())
    let painted = table.text(Look(columns: 80, colour: true))
    #expect(painted.contains("\u{1b}[31mx\u{1b}[0m"))
    #expect(withoutStyles(painted) == plain)
  }

  @Test("no line is ever too wide", arguments: 0..<60 as Range<UInt64>)
  func anyTable(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    func word() -> String {
      String(
        repeating: ["x", "日"].randomElement(using: &random) ?? "x",
        count: Int.random(in: 0...40, using: &random))
    }
    let rows = (0..<5).map { _ in [word(), word(), word()] }
    let columns = Int.random(in: 20...100, using: &random)
    let text = table(rows, notes: [word() + " " + word()]).text(Look(columns: columns))
    let wide = text.split(separator: "\n").filter { cells(String($0)) > columns }
    #expect(wide.isEmpty, "seed \(seed)")
  }
}
