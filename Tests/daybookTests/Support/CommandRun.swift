import DaybookCore
import Foundation
import Locking

@testable import daybook

/// The moment of all tests: 2026-11-22T21:15:03Z.
let testNow = Instant(seconds: 1_795_382_103)

/// Ours, not that of swift-testing.
typealias ExitStatus = daybook.ExitStatus

/// How a command ended and what it said.
struct CommandRun: Equatable {
  var status: ExitStatus?
  var out: String
  var err: String
}

/// Runs `daybook` in this process, to its end.
func daybook(
  _ arguments: String..., daemon: FakeDaemon? = nil, input: String = "",
  environment: [String: String] = [:], now: Instant = testNow
) -> CommandRun {
  let live = LiveCommand(
    arguments, daemon: daemon, environment: environment, now: now, input: input)
  return live.wait()
}

/// A command that runs beside the test, which talks to it.
final class LiveCommand: Sendable {
  /// Kept alive as long as the command runs.
  private let daemon: FakeDaemon?
  private let out = TextPipe()
  private let err = TextPipe()
  private let input = TextPipe()
  private let signalled = TextPipe()
  private let opened = Mutex<[String]>([])
  private let status = Mutex<Int32?>(nil)

  /// `input`: given and ended; nil: it stays open, for ``type(_:)``.
  init(
    _ arguments: [String], daemon: FakeDaemon?, environment: [String: String] = [:],
    now: Instant = testNow, input text: String? = nil, browser: Bool = false
  ) {
    self.daemon = daemon
    var environment = environment
    if let daemon { environment["DAYBOOK_SOCKET"] = daemon.socket }
    if let text {
      input.write(text)
      input.endWriting()
    }
    Thread.detachNewThread { [self, environment] in
      let context = Context(
        out: Output(out.writer, environment: environment),
        err: Output(err.writer, environment: environment), input: input.reader,
        environment: environment, now: { now }, utcOffset: { _ in 0 },
        signals: { [self] in signals }, browse: { [self] url in browse(url, browser) })
      let code = Daybook.execute(arguments, in: context)
      out.endWriting()
      err.endWriting()
      status.withLock { $0 = code }
    }
  }

  private var signals: Signals { .typed(signalled) }

  private func browse(_ url: String, _ works: Bool) -> Bool {
    opened.withLock { $0.append(url) }
    return works
  }

  /// What the browser was asked to open.
  var browsed: [String] { opened.withLock { $0 } }

  func type(_ text: String) { input.write(text) }
  func interrupt() { signalled.write("s") }
  func resize() { signalled.write("w") }
  func outLine() -> String? { out.line() }
  func errLine() -> String? { err.line() }
  /// The reader of standard output goes away.
  func closeOut() { out.endReading() }

  /// Waits for the end; what it said since the last line taken.
  func wait() -> CommandRun {
    // Both ends are read before the thread is waited for: nobody may block on a full pipe.
    let rest = (out: out.rest(), err: err.rest())
    for _ in 0..<2_000 {
      if let code = status.withLock({ $0 }) {
        return CommandRun(status: ExitStatus(rawValue: code), out: rest.out, err: rest.err)
      }
      usleep(5_000)
    }
    return CommandRun(status: nil, out: rest.out, err: rest.err)
  }
}

extension Signals {
  /// Signals by hand, a byte each: `w` is a new size of the terminal.
  static func typed(_ pipe: TextPipe) -> Signals {
    Signals(descriptor: pipe.reader) {
      var byte: UInt8 = 0
      guard read(pipe.reader, &byte, 1) == 1 else { return nil }
      return byte == UInt8(ascii: "w") ? .resized : .stop
    }
  }
}

/// A pipe for text.
final class TextPipe: Sendable {
  let reader: Int32
  let writer: Int32
  private let open = Mutex<(reader: Bool, writer: Bool)>((true, true))
  private let taken = Mutex<[UInt8]>([])

  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reader, writer) = (ends[0], ends[1])
    _ = signal(SIGPIPE, SIG_IGN)
  }

  deinit {
    endReading()
    endWriting()
  }

  func write(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(writer, $0.baseAddress, $0.count) }
  }

  func endWriting() {
    open.withLock { state in
      if state.writer { close(writer) }
      state.writer = false
    }
  }

  func endReading() {
    open.withLock { state in
      if state.reader { close(reader) }
      state.reader = false
    }
  }

  /// The next line without its end; nil when the writer has ended, or says nothing for 20 s.
  func line() -> String? {
    while true {
      let line: String? = taken.withLock { bytes in
        guard let end = bytes.firstIndex(of: 10) else { return nil }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        bytes.removeFirst(end + 1)
        return text
      }
      if let line { return line }
      guard more() else { return nil }
    }
  }

  /// Everything to the end.
  func rest() -> String {
    while more() {}
    return taken.withLock { bytes in
      defer { bytes = [] }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func more() -> Bool {
    guard open.withLock({ $0.reader }), !Ready.wait(for: [reader], seconds: 20).isEmpty else {
      return false
    }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(reader, &buffer, buffer.count)
    guard count > 0 else { return false }
    taken.withLock { $0 += buffer.prefix(count) }
    return true
  }
}
