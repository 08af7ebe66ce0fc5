import DaybookCore
import Testing

@testable import daybook

@Suite("The line of progress")
struct ProgressLineTests {
  private func session(_ terminal: Terminal, json: Bool) throws -> Session {
    let pipe = TextPipe()
    let context = Context(
      out: Output(pipe.writer, environment: [:]), err: Output(terminal.end, environment: [:]),
      input: pipe.reader, environment: [:], now: { testNow }, utcOffset: { _ in 0 },
      signals: { Signals(descriptor: -1) { nil } }, browse: { _ in false })
    return Session(context, try CommonOptions.parse(json ? ["--json"] : []))
  }

  @Test("it is redrawn on a terminal and gone in the end")
  func terminal() throws {
    let terminal = try Terminal()
    var line = ProgressLine(try session(terminal, json: false))
    try line.show("1 of 2")
    try line.show("2 of 2")
    var screen = Screen(columns: 80)
    screen.feed(terminal.read())
    #expect(screen.lines == ["2 of 2"])
    try line.end()
    screen.feed(terminal.read())
    #expect(screen.lines == [])
    #expect(!screen.cursorHidden)
  }

  @Test("with --json there is none")
  func json() throws {
    let terminal = try Terminal()
    var line = ProgressLine(try session(terminal, json: true))
    try line.show("1 of 2")
    try line.end()
    #expect(terminal.read() == "")
  }
}
