import DaybookCore

/// Calls of the daemon, with typed replies and failures in words.
final class DaemonClient {
  let connection: Connection
  private let path: SocketPath
  private let signals: Signals?

  /// With `signals`, which the process has taken, Ctrl-C ends the waiting for a reply with
  /// ``ExitStatus/interrupted``.
  init(_ path: SocketPath, signals: Signals? = nil) throws(Failure) {
    self.path = path
    self.signals = signals
    connection = try Connection(path)
  }

  /// A reply, and the message that it was read from.
  struct Answer {
    var reply: ControlReply
    var response: VarlinkResponse
  }

  /// Sends a call and takes its one reply.
  func call(_ call: ControlCall) throws(Failure) -> Answer {
    try begin(call, more: false)
    return try nextReply(to: call)
  }

  /// Sends a call and takes its replies until the last one. The daemon may take as long as the
  /// call needs for each.
  func stream(_ call: ControlCall, _ each: (Answer) throws(Failure) -> Void) throws(Failure) {
    try begin(call, more: true)
    while true {
      let answer = try nextReply(to: call)
      try each(answer)
      if !answer.response.continues { return }
    }
  }

  /// Sends a call; its replies are taken by ``read(_:as:)`` as they come.
  func begin(_ call: ControlCall, more: Bool) throws(Failure) {
    try connection.send(VarlinkRequest(call, more: more))
  }

  private func nextReply(to call: ControlCall) throws(Failure) -> Answer {
    let deadline = call.patience.map { uptime() + Double($0.inSeconds) }
    while true {
      switch try connection.next(also: signals.map { [$0.descriptor] } ?? [], until: deadline) {
      case .message(let response): return try read(response, as: call)
      case .closed: throw gone
      case .timeout:
        let seconds = call.patience?.inSeconds ?? 0
        throw Failure(
          .unreachable, "the daemon has not answered for \(DurationText.text(seconds))",
          hint: "run: \(path.statusCommand)")
      case .ready:
        if signals?.next() == .stop { throw Failure(.interrupted, "") }
      }
    }
  }

  /// A message as the reply to a call; an error of the daemon is thrown.
  func read(_ response: VarlinkResponse, as call: ControlCall) throws(Failure) -> Answer {
    let reply: ControlReply
    do { reply = try ControlReply(response, to: call) } catch { throw foreign(error, response) }
    if case .failed(let error) = reply {
      throw FailureText.failure(error, response, path)
    }
    return Answer(reply: reply, response: response)
  }

  /// The daemon has closed the connection although it owed a reply.
  var gone: Failure {
    Failure(
      .unreachable, "the daemon closed the connection without an answer",
      hint: "run: \(path.statusCommand)")
  }

  private func foreign(_ fault: ControlFault, _ response: VarlinkResponse) -> Failure {
    Failure(
      .problems,
      "the daemon answered in words of another version: "
        + escapedForTerminal(fault.description),
      hint: "compare: daybook version", response: response)
  }
}

extension ControlCall {
  /// How long the daemon may be silent before the command gives up; nil: as long as it likes.
  var patience: Duration? {
    switch self {
    case .status, .days, .plan, .pause, .loginBegin: Limits.controlPatience
    // One call to the provider, or a few of them in a row.
    case .resume, .logout, .reload: Limits.controlPatience + Limits.callTimeout
    case .loginComplete: Limits.loginLife
    case .watch, .resync, .verify: nil
    }
  }
}
