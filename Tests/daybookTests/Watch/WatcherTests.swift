import DaybookCore
import Testing

@testable import daybook

@Suite("daybook status --watch")
struct WatcherTests {
  private let first = ControlReply.watch(Samples.daemon, [Samples.working], [])
  private var later: ControlReply {
    let entry = TimedEntry(
      at: testNow, entry: Entry(.dayFailed, "answered 500", account: "me-moves"))
    return .watch(nil, [], [entry])
  }

  @Test("in a pipe: plain lines, and a clear last one when the daemon stops")
  func pipe() {
    let daemon = FakeDaemon(
      .more(first), .sleep(0.1), .more(later), .reply(.failed(.shuttingDown)))
    let run = daybook("status", "--watch", daemon: daemon)
    #expect(run.status == .ok)
    #expect(run.err.isEmpty)
    #expect(
      run.out == """
        21:15:03 daybookd ready, 4,204 days stored, 2,296 missing
        21:15:03 me-moves  34% working, 58/min, minute 96%, 40 min left
        21:15:03 me-moves: answered 500
        the daemon has stopped

        """)
    #expect(daemon.requests == [VarlinkRequest(.watch(account: nil), more: true)])
  }

  @Test("a connection that ends is the daemon's end, too")
  func closed() {
    let run = daybook("status", "me-moves", "--watch", daemon: FakeDaemon(.more(first), .close))
    #expect(run.status == .ok)
    #expect(run.out.hasSuffix("the daemon has stopped\n"))
  }

  @Test("a daemon that never said anything is unreachable")
  func silent() {
    let run = daybook("status", "--watch", daemon: FakeDaemon(.close))
    #expect(run.status == .unreachable)
    #expect(run.out.isEmpty)
  }

  @Test("an error of the daemon ends the watch with its words")
  func error() {
    let daemon = FakeDaemon { call in
      if case .status = call { return statusSteps([Samples.idle]) }
      return [.reply(.failed(.noSuchAccount("x")))]
    }
    let run = daybook("status", "x", "--watch", daemon: daemon)
    #expect(run.status == .problems)
    #expect(run.err == "daybook: no account 'x'; accounts: phone\n")
  }

  @Test("--json is one reply a line, as it comes")
  func json() throws {
    let live = LiveCommand(
      ["status", "--watch", "--json"], daemon: FakeDaemon(.more(first), .more(later), .sleep(30)))
    let lines = [live.outLine(), live.outLine()].compactMap { $0 }
    let replies = try lines.map { line in
      let response = VarlinkResponse(parameters: try JSONValue(parsing: Array(line.utf8)))
      return try ControlReply(response, to: .watch(account: nil))
    }
    #expect(replies == [first, later])
    live.interrupt()
    #expect(live.wait() == CommandRun(status: .interrupted, out: "", err: ""))
  }

  @Test("Ctrl-C ends it at once")
  func interrupt() {
    let live = LiveCommand(["status", "--watch"], daemon: FakeDaemon(.more(first), .sleep(30)))
    #expect(live.outLine()?.contains("daybookd ready") == true)
    live.interrupt()
    #expect(live.wait().status == .interrupted)
  }

  @Test("a reader that goes away ends it quietly")
  func closedOutput() {
    let steps = (0..<30).flatMap { _ in [FakeDaemon.Step.more(later), .sleep(0.1)] }
    let live = LiveCommand(
      ["status", "--watch", "--json"], daemon: FakeDaemon { _ in [.more(first)] + steps })
    _ = live.outLine()
    live.closeOut()
    let run = live.wait()
    #expect(run.status == .outputClosed)
    #expect(run.err.isEmpty)
  }
}

@Suite("daybook status --watch on a terminal")
struct WatcherTerminalTests {
  private func watch(_ terminal: Terminal, _ daemon: FakeDaemon, _ pipe: TextPipe) throws
    -> ExitStatus
  {
    let environment = ["DAYBOOK_SOCKET": daemon.socket]
    let signals = Signals.typed(pipe)
    let context = Context(
      out: Output(terminal.end, environment: environment),
      err: Output(terminal.end, environment: environment), input: -1, environment: environment,
      now: { testNow }, utcOffset: { _ in 0 }, signals: { signals }, browse: { _ in false })
    let session = Session(context, try CommonOptions.parse([]))
    var watcher = try Watcher(session, account: nil)
    return try watcher.run()
  }

  @Test("it is redrawn in place, and the cursor comes back in the end")
  func inPlace() throws {
    let terminal = try Terminal()
    try terminal.resize(columns: 80, rows: 24)
    var done = Samples.working
    done.state = .idle
    done.streams = [Samples.stream("storyline") { $0.final = 3_500 }]
    done.rate = 0
    done.eta = nil
    let daemon = FakeDaemon(
      .more(.watch(Samples.daemon, [Samples.working], [])), .sleep(0.5),
      .more(.watch(nil, [done], [])), .sleep(0.5), .reply(.failed(.shuttingDown)))
    #expect(try watch(terminal, daemon, TextPipe()) == .ok)
    let written = terminal.read()
    var screen = Screen(columns: 80)
    screen.feed(written)
    #expect(
      screen.lines == [
        "daybookd ready, 4,204 days stored, 2,296 missing",
        "me-moves [##############################] 100% idle, minute 96%",
        "the daemon has stopped",
      ])
    #expect(screen.faults.isEmpty)
    #expect(!screen.cursorHidden)
    #expect(withoutStyles(written).contains(" 34% working"), "it was drawn before, too")
  }

  @Test("Ctrl-C gives the terminal back")
  func interrupt() throws {
    let terminal = try Terminal()
    let pipe = TextPipe()
    pipe.write("w")
    let daemon = FakeDaemon(
      .more(.watch(Samples.daemon, [Samples.working], [])), .sleep(30))
    // The signal follows once something stands on the terminal.
    let thread = TypingThread { pipe.write("s") }
    thread.start(after: 0.6)
    #expect(try watch(terminal, daemon, pipe) == .interrupted)
    var screen = Screen(columns: 80)
    screen.feed(terminal.read())
    #expect(screen.lines.first == "daybookd ready, 4,204 days stored, 2,296 missing")
    #expect(!screen.cursorHidden)
    #expect(screen.faults.isEmpty)
  }

  @Test("an error gives the terminal back, too")
  func error() throws {
    let terminal = try Terminal()
    let daemon = FakeDaemon(
      .more(.watch(Samples.daemon, [Samples.working], [])), .sleep(0.5), .raw("nonsense\0"))
    #expect(throws: Failure.self) { try watch(terminal, daemon, TextPipe()) }
    var screen = Screen(columns: 80)
    screen.feed(terminal.read())
    #expect(!screen.cursorHidden)
  }
}
