import DaybookCore

/// How `daybook` ends. The same list stands in `--help` and in daybook(1).
enum ExitStatus: Int32, CaseIterable, Error {
  /// Done, and all is well.
  case ok = 0
  /// Something was found that needs a look, or the daemon refused the command.
  case problems = 1
  /// The daemon cannot be reached.
  case unreachable = 2
  /// Some days were refused by the provider or are beyond its reach.
  case refused = 3
  /// An account needs a sign-in, or the sign-in failed.
  case signInNeeded = 4
  /// The account is paused, or `--timeout` has passed.
  case paused = 5
  /// The command line is wrong; sysexits(3).
  case usage = 64
  /// The output cannot be written; sysexits(3).
  case outputFailed = 74
  /// Ctrl-C.
  case interrupted = 130
  /// Who read the output went away, as `head` does; what a shell shows for SIGPIPE.
  case outputClosed = 141

  /// For `--help`, a few words.
  var meaning: String {
    switch self {
    case .ok: "done, all is well"
    case .problems: "problems found, or the daemon refused"
    case .unreachable: "the daemon cannot be reached"
    case .refused: "some days are refused or beyond reach"
    case .signInNeeded: "sign-in needed, or it failed"
    case .paused: "paused, or past --timeout"
    case .usage: "wrong usage"
    case .outputFailed: "the output cannot be written"
    case .interrupted: "Ctrl-C"
    case .outputClosed: "the reader of the output went away"
    }
  }

  static var help: String {
    let rows = allCases.map { status in
      let code = String(status.rawValue)
      return "  " + code + String(repeating: " ", count: 6 - code.count) + status.meaning
    }
    return "EXIT STATUS\n" + rows.joined(separator: "\n")
  }
}

/// Why a command ends without what it was asked for, and how.
struct Failure: Error, Equatable {
  var status: ExitStatus
  /// One line for people, safe for a terminal. Empty: there is nothing to say.
  var text: String
  /// What to run or do next.
  var hint: String?
  /// The daemon's error as it came, for `--json`.
  var response: VarlinkResponse?

  init(
    _ status: ExitStatus, _ text: String, hint: String? = nil, response: VarlinkResponse? = nil
  ) {
    self.status = status
    self.text = text
    self.hint = hint
    self.response = response
  }
}
