import DaybookCore
import Glibc

/// Waits for the redirected URL on two ways at once: the browser on this machine, and the person
/// who pastes it. Whichever is first.
struct LoginWait {
  enum Outcome: Equatable {
    case url(Secret)
    case interrupted
    /// The sign-in's time is over.
    case expired
    /// Nobody is left who could bring the URL: no listener, and standard input has ended.
    case abandoned
  }

  let gate: RedirectGate
  /// Nil when the redirect cannot be listened for.
  let listener: RedirectListener?
  let signals: Signals
  /// On ``uptime()``.
  let deadline: Double
  /// Told when something was pasted that is not it.
  let remark: (String) -> Void
  private var input: PastedLines?
  /// When to say what it may mean that nothing comes; nil once it was said.
  private var doubtAt: Double?

  init(
    gate: RedirectGate, listener: RedirectListener?, input: Int32, signals: Signals,
    deadline: Double, doubtAfter: Duration = Limits.redirectDoubt,
    remark: @escaping (String) -> Void
  ) {
    self.gate = gate
    self.listener = listener
    self.signals = signals
    self.deadline = deadline
    self.remark = remark
    self.input = PastedLines(input)
    doubtAt = uptime() + Double(doubtAfter.inMicroseconds) / 1e6
  }

  mutating func run() -> Outcome {
    while uptime() < deadline {
      if listener == nil, input == nil { return .abandoned }
      let until = min(deadline, listener?.deadline ?? deadline, doubtAt ?? deadline)
      let ready = Ready.wait(for: descriptors, seconds: until - uptime())
      if ready.contains(signals.descriptor), signals.next() == .stop { return .interrupted }
      if let url = pasted(ready) { return .url(url) }
      if let url = listener?.serve(ready, gate) { return .url(Secret(url)) }
      doubt()
    }
    return .expired
  }

  private var descriptors: [Int32] {
    [signals.descriptor] + (input.map { [$0.descriptor] } ?? []) + (listener?.descriptors ?? [])
  }

  private mutating func pasted(_ ready: [Int32]) -> Secret? {
    guard let descriptor = input?.descriptor, ready.contains(descriptor) else { return nil }
    for line in input?.read() ?? [] {
      switch gate.judge(line) {
      case .accepted: return Secret(line)
      case .foreign: remark("that URL is not of this sign-in; open the URL above, then paste again")
      case .elsewhere:
        remark("that is not it: paste the whole URL that the browser ended at, \(start)...")
      }
    }
    if input?.ended == true { input = nil }
    return nil
  }

  /// A redirect_uri that is not registered is told by the provider's page alone: it redirects to
  /// nobody (RFC 6749 §4.1.2.1).
  private mutating func doubt() {
    guard let at = doubtAt, uptime() >= at else { return }
    doubtAt = nil
    remark("nothing has come back yet; if the provider's page shows an error, register exactly")
    remark("  \(escapedForTerminal(gate.redirectURI))")
    remark("with the app there as its redirect URI, and compare the settings' client_id")
  }

  private var start: String { escapedForTerminal(gate.redirectURI) + "?" }
}

/// Lines from standard input as they come, without blocking for more.
struct PastedLines {
  let descriptor: Int32
  private(set) var ended = false
  private var partial: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The lines that are there now, white space around them and empty ones left out. A last line
  /// without its end counts when the input has ended.
  mutating func read() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 {
      partial += buffer.prefix(count)
      // Nobody pastes more; a flood is cut off.
      if partial.count > Limits.redirectRequestBytes { partial = [] }
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      ended = true
      partial.append(UInt8(ascii: "\n"))
    }
    var lines = partial.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    partial = Array(lines.removeLast())
    return lines.map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private func trimmed(_ line: ArraySlice<UInt8>) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    let text = line.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    return String(decoding: text, as: UTF8.self)
  }
}
