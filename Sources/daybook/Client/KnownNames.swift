import DaybookCore

/// Completes "no such account" and "no such stream" by the names that there are.
enum KnownNames {
  /// So many names are listed at most.
  private static let most = 12

  static func completed(_ failure: Failure, _ session: Session) -> Failure {
    guard let response = failure.response, let name = response.error,
      let error = try? ControlError(name, response.parameters)
    else { return failure }
    switch error {
    case .noSuchAccount: return adding(accounts(session, nil).map(\.name), "accounts", failure)
    case .noSuchStream(let account, _):
      let streams = accounts(session, account).flatMap(\.streams).map(\.name)
      return adding(streams, "streams", failure)
    default: return failure
    }
  }

  private static func adding(_ names: [String], _ what: String, _ failure: Failure) -> Failure {
    guard !names.isEmpty else { return failure }
    let rest = names.count - most
    let shown = names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    var out = failure
    out.text += "; \(what): \(escapedForTerminal(shown))"
    out.hint = nil
    return out
  }

  /// None when the daemon does not say: the failure itself is what matters.
  private static func accounts(_ session: Session, _ account: String?) -> [AccountStatus] {
    var out: [AccountStatus] = []
    try? session.connect().stream(.status(account: account)) { answer in
      if case .status(_, let accounts, _) = answer.reply { out += accounts }
    }
    return out
  }
}
