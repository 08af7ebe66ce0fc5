import DaybookCore
import Glibc
import Testing

@testable import daybook

/// How the program ends when its output or the person does not want any more.
@Suite("The end of the program daybook")
struct ProgramEndTests {
  private let daemon = FakeDaemon { ProgramTests.answer($0) }

  @Test("a pipe that nobody reads ends it with 141, not with a signal")
  func closedPipe() throws {
    let pipe = TextPipe()
    pipe.endReading()
    let end = try ProgramRun(["status"], daemon: daemon, out: pipe.writer).end()
    #expect(end == ProgramRun.End(status: 141))
  }

  @Test("a full disk ends it with 74 and the reason", arguments: [["status"], ["plan", "--json"]])
  func fullDisk(arguments: [String]) throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    let end = try ProgramRun(arguments, daemon: daemon, out: full).end()
    #expect(end.status == 74)
    #expect(end.err.contains("No space left on device"))
  }

  @Test(
    "Ctrl-C and SIGTERM end a watch in order and show the cursor again",
    arguments: [SIGINT, SIGTERM])
  func signals(number: Int32) throws {
    let terminal = try Terminal()
    try terminal.resize(columns: 80, rows: 24)
    let daemon = FakeDaemon(.more(.watch(Samples.daemon, [Samples.working], [])), .sleep(60))
    let run = try ProgramRun(["status", "--watch"], daemon: daemon, out: terminal.end)
    var screen = Screen(columns: 80)
    for _ in 0..<2_000 where screen.lines.isEmpty {
      usleep(10_000)
      screen.feed(terminal.read())
    }
    #expect(screen.cursorHidden)
    run.signal(number)
    let end = run.end()
    screen.feed(terminal.read())
    #expect(end == ProgramRun.End(status: 130))
    #expect(!screen.cursorHidden)
    #expect(screen.lines.first == "daybookd ready, 4,204 days stored, 2,296 missing")
    #expect(screen.faults.isEmpty)
  }

  @Test("a terminal that cannot move its cursor gets lines, as a pipe does")
  func dumb() throws {
    let terminal = try Terminal()
    try terminal.resize(columns: 80, rows: 24)
    let run = try ProgramRun(
      ["status", "--watch"], daemon: daemon, environment: ["TERM": "dumb"], out: terminal.end)
    let end = run.end()
    let text = terminal.read()
    #expect(end.status == 0 && !text.isEmpty)
    #expect(!text.contains("\u{1b}"))
  }

  @Test("a watch into a pipe writes lines without anything for a terminal")
  func piped() throws {
    let end = try ProgramRun(["status", "--watch"], daemon: daemon).end()
    #expect(end.status == 0)
    #expect(end.out.contains("me-moves"))
    #expect(!end.out.contains("\u{1b}") && !end.out.contains("\r"))
  }
}
