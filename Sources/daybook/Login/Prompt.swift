import DaybookCore
import Glibc

/// Asks for lines: on a terminal with a question, without echo for secrets; from anything else it
/// reads them as they come. Nothing of them is ever an argument, where ps(1) would show it.
struct Prompt {
  enum Outcome: Equatable {
    case line(Secret)
    case interrupted
    /// The sign-in's time is over.
    case expired
    /// The input has ended.
    case ended
  }

  private let input: Int32
  private let signals: Signals
  private let deadline: Double
  /// Where the questions go.
  private let output: Output
  private var waiting: [UInt8] = []
  private var hasEnded = false

  /// - Parameter deadline: on ``uptime()``.
  init(input: Int32, signals: Signals, deadline: Double, output: Output) {
    self.input = input
    self.signals = signals
    self.deadline = deadline
    self.output = output
  }

  var isTerminal: Bool { isatty(input) == 1 }

  /// The next line, without its end; `verbatim`, with the blanks around it, which only a password
  /// can have.
  mutating func ask(_ question: String, hidden: Bool, verbatim: Bool = false) -> Outcome {
    guard isTerminal else { return nextLine(verbatim) }
    try? output.write(question + ": ")
    guard hidden else { return nextLine(verbatim) }
    let echo = Echo(off: input)
    let outcome = nextLine(verbatim)
    echo?.restore()
    // The person's Enter was not shown either.
    try? output.write("\n")
    return outcome
  }

  private mutating func nextLine(_ verbatim: Bool) -> Outcome {
    while true {
      if let end = waiting.firstIndex(of: 10) {
        let line = waiting[..<end]
        waiting.removeFirst(end + 1)
        return .line(Prompt.secret(line, verbatim))
      }
      if hasEnded {
        defer { waiting = [] }
        return waiting.isEmpty ? .ended : .line(Prompt.secret(waiting[...], verbatim))
      }
      let left = deadline - uptime()
      if left <= 0 { return .expired }
      let ready = Ready.wait(for: [signals.descriptor, input], seconds: left)
      if ready.contains(signals.descriptor), signals.next() == .stop { return .interrupted }
      if ready.contains(input) { read() }
    }
  }

  private mutating func read() {
    var buffer = [UInt8](repeating: 0, count: 4 << 10)
    let count = Glibc.read(input, &buffer, buffer.count)
    if count > 0 {
      waiting += buffer.prefix(count)
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      hasEnded = true
    }
    // No token and no password is longer.
    if waiting.count > Limits.redirectRequestBytes {
      waiting = []
      hasEnded = true
    }
  }

  /// What is pasted has often a blank at its end, and files of other systems a carriage return.
  private static func secret(_ line: ArraySlice<UInt8>, _ verbatim: Bool) -> Secret {
    let isAround: (UInt8) -> Bool = { $0 == 13 || (!verbatim && ($0 == 32 || $0 == 9)) }
    let end = line.reversed().drop(while: isAround).reversed()
    return Secret(String(decoding: verbatim ? end[...] : end.drop(while: isAround), as: UTF8.self))
  }
}

/// The terminal's echo, while it is off.
private struct Echo {
  private let descriptor: Int32
  private var before: termios

  /// Nil for what is no terminal.
  init?(off descriptor: Int32) {
    self.descriptor = descriptor
    before = termios()
    guard tcgetattr(descriptor, &before) == 0 else { return nil }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(descriptor, TCSAFLUSH, &quiet) == 0 else { return nil }
  }

  func restore() {
    var old = before
    tcsetattr(descriptor, TCSAFLUSH, &old)
  }
}
