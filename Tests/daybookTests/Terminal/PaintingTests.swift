import DaybookCore
import Testing

@testable import daybook

@Suite("Redrawing in place")
struct PaintingTests {
  @Test("what stands there is replaced, whatever was there", arguments: 0..<40 as Range<UInt64>)
  func replaced(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let terminal = try Terminal()
    let output = Output(terminal.end, environment: ["COLUMNS": "20"])
    var painting = Painting(output, hidesCursor: true)
    var screen = Screen(columns: 20)
    for _ in 0..<8 {
      let lines = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        String(repeating: "x", count: Int.random(in: 0...30, using: &random))
      }
      try painting.show(lines)
      screen.feed(terminal.read())
      let expected = lines.map { truncated($0, to: 20) }
      #expect(screen.rows.map { String($0) } == expected + [""], "seed \(seed)")
      #expect(screen.cursorHidden)
    }
    painting.end()
    screen.feed(terminal.read())
    #expect(!screen.cursorHidden)
    #expect(screen.faults.isEmpty)
  }

  @Test("after the terminal was made narrower, the rows that lines then take are cleared")
  func narrower() throws {
    let terminal = try Terminal()
    try terminal.resize(columns: 40, rows: 24)
    var painting = Painting(Output(terminal.end, environment: [:]), hidesCursor: false)
    try painting.show([String(repeating: "a", count: 35), "b"])
    _ = terminal.read()
    try terminal.resize(columns: 20, rows: 24)
    var screen = Screen(columns: 20)
    screen.feed(String(repeating: "a", count: 35) + "\nb\n")
    try painting.show(["new"])
    screen.feed(terminal.read())
    #expect(screen.rows.map { String($0) } == ["new", ""])
    #expect(screen.faults.isEmpty)
  }

  @Test("nothing drawn leaves nothing to give back")
  func unused() throws {
    let terminal = try Terminal()
    var painting = Painting(Output(terminal.end, environment: [:]), hidesCursor: true)
    painting.end()
    #expect(terminal.read() == "")
  }

  @Test("a line that is too long loses its styles with its end")
  func styles() {
    let line = Look(columns: 80, colour: true).paint("abcdef", .red)
    #expect(truncatedKeepingStyles(line, to: 6) == line)
    #expect(truncatedKeepingStyles(line, to: 5) == "abc..")
  }
}
