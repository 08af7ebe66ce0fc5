import Foundation
import Testing

@testable import daybook

@Suite("The output")
struct OutputTests {
  @Test("what is no terminal has 80 columns, or as many as COLUMNS says, and no colours")
  func pipe() {
    let pipe = TextPipe()
    for (columns, expected) in [(nil, 80), ("60", 60), ("0", 80), ("-3", 80), ("x", 80)] {
      let output = Output(pipe.writer, environment: columns.map { ["COLUMNS": $0] } ?? [:])
      #expect(!output.isTerminal)
      #expect(output.look == Look(columns: expected, colour: false))
      #expect(output.rows == 24)
    }
  }

  @Test("a terminal has colours unless NO_COLOR or TERM=dumb forbids them")
  func terminal() throws {
    let terminal = try Terminal()
    #expect(Output(terminal.end, environment: [:]).look.colour)
    #expect(Output(terminal.end, environment: ["NO_COLOR": ""]).look.colour)
    #expect(!Output(terminal.end, environment: ["NO_COLOR": "1"]).look.colour)
    #expect(!Output(terminal.end, environment: ["TERM": "dumb"]).look.colour)
  }

  @Test("only a terminal that can move its cursor is redrawn")
  func redraws() throws {
    let terminal = try Terminal()
    #expect(Output(terminal.end, environment: [:]).redraws)
    #expect(Output(terminal.end, environment: ["NO_COLOR": "1"]).redraws)
    #expect(!Output(terminal.end, environment: ["TERM": "dumb"]).redraws)
    #expect(!Output(TextPipe().writer, environment: [:]).redraws)
  }

  @Test("a terminal is as wide as it is now")
  func width() throws {
    let terminal = try Terminal()
    let output = Output(terminal.end, environment: ["COLUMNS": "99"])
    #expect(output.look.columns == 99, "a terminal that does not say")
    try terminal.resize(columns: 43, rows: 11)
    #expect(output.look.columns == 43)
    #expect(output.rows == 11)
  }

  @Test("all of a long text is written, however slowly it is read")
  func long() throws {
    let pipe = TextPipe()
    _ = fcntl(pipe.writer, F_SETFL, O_NONBLOCK)
    let text = String(repeating: "0123456789", count: 50_000)
    Thread.detachNewThread {
      try? Output(pipe.writer, environment: [:]).line(text)
      pipe.endWriting()
    }
    #expect(pipe.line() == text)
    #expect(pipe.line() == nil)
  }

  @Test("a reader that is gone, and a full disk, are different ends")
  func failures() {
    let pipe = TextPipe()
    pipe.endReading()
    #expect(throws: Failure(.outputClosed, "")) {
      try Output(pipe.writer, environment: [:]).line("x")
    }
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let failure = #expect(throws: Failure.self) {
      try Output(full, environment: [:]).line("x")
    }
    #expect(failure?.status == .outputFailed)
    #expect(failure?.text == "cannot write the output: No space left on device")
  }
}
