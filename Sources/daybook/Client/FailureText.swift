import DaybookCore

/// The daemon's errors in words, each with what to do next. Everything the daemon sent is made
/// safe for a terminal here.
enum FailureText {
  static func failure(
    _ error: ControlError, _ response: VarlinkResponse, _ path: SocketPath
  ) -> Failure {
    Failure(
      status(error), escapedForTerminal(text(error)),
      hint: hint(error, path).map { escapedForTerminal($0) }, response: response)
  }

  private static func status(_ error: ControlError) -> ExitStatus {
    switch error {
    case .invalidRange: .usage
    case .signInNeeded, .wrongPerson, .loginFailed: .signInNeeded
    case .shuttingDown: .unreachable
    case .noSuchAccount, .noSuchStream, .noLogin, .accountSealed, .archiveAway, .invalidSettings,
      .busy, .interfaceNotFound, .methodNotFound, .invalidParameter, .permissionDenied,
      .expectedMore:
      .problems
    }
  }

  private static func text(_ error: ControlError) -> String {
    switch error {
    case .noSuchAccount(let account): "no account '\(account)'"
    case .noSuchStream(let account, let stream): "account '\(account)' has no stream '\(stream)'"
    case .invalidRange(let reason): "no such days: \(reason)"
    case .signInNeeded(let account, _): "account '\(account)' needs a sign-in"
    case .wrongPerson(let account):
      "that was another person's account; nothing was stored for '\(account)'"
    case .noLogin(let account, let reason): "'\(account)' cannot sign in: \(reason)"
    case .loginFailed(let account, let reason, _): "the sign-in of '\(account)' failed: \(reason)"
    case .accountSealed(let account, let reason): "account '\(account)' is sealed: \(reason)"
    case .archiveAway(let place): "the archive \(place) is away: is it mounted?"
    case .invalidSettings(let problems):
      "the settings have \(counted(problems.count, "problem")): "
        + problems.joined(separator: "; ")
    case .busy(let reason): "the daemon is busy: \(reason)"
    case .shuttingDown: "the daemon is stopping"
    case .permissionDenied: "only root and the daemon's own user may do this"
    case .interfaceNotFound(let what), .methodNotFound(let what), .invalidParameter(let what):
      "the daemon does not know '\(what)'"
    case .expectedMore: "the daemon answers this call with more than one reply only"
    }
  }

  private static func hint(_ error: ControlError, _ path: SocketPath) -> String? {
    switch error {
    case .noSuchAccount: "see them: daybook status"
    case .noSuchStream, .invalidRange: nil
    case .signInNeeded(_, let command), .loginFailed(_, _, let command): "run: \(command)"
    case .wrongPerson(let account):
      "sign out at the provider in the browser, then run: daybook login \(account)"
    case .noLogin, .invalidSettings: "check the settings: daybook check"
    case .accountSealed(let account, _):
      "to try the provider once more: daybook resume \(account) --probe"
    case .archiveAway: "if it really is gone: daybook verify --repair --yes"
    case .busy: "try again in a moment"
    case .shuttingDown: "run: \(path.statusCommand)"
    case .permissionDenied: "run it with sudo"
    case .interfaceNotFound, .methodNotFound, .invalidParameter, .expectedMore:
      "compare the versions: daybook version"
    }
  }
}
