import DaybookCore

/// What the command asks the person for in a sign-in without a browser, one question after the
/// other.
struct LoginQuestions {
  enum Outcome: Equatable {
    case answer(LoginAnswer)
    /// It ended without one; never `line`.
    case none(Prompt.Outcome)
  }

  /// The questions of a kind, each with whether its answer is hidden. A code has none.
  static func questions(_ kind: Login) -> [(text: String, hidden: Bool)] {
    switch kind {
    case .key: [("key", true)]
    case .token: [("token", true)]
    case .form: [("user name", false), ("password", true)]
    case .code, .none: []
    }
  }

  /// Asks all of them.
  static func ask(_ kind: Login, _ prompt: inout Prompt) -> Outcome {
    var lines: [Secret] = []
    for question in questions(kind) {
      switch prompt.ask(
        question.text, hidden: question.hidden, verbatim: question.text == "password")
      {
      case .line(let line): lines.append(line)
      case .interrupted: return .none(.interrupted)
      case .expired: return .none(.expired)
      case .ended: return .none(.ended)
      }
    }
    guard let first = lines.first, let last = lines.last else { return .none(.ended) }
    return .answer(kind == .form ? .form(user: first, password: last) : .token(first))
  }

  /// For who wonders what to give.
  static func introduction(_ kind: Login) -> String? {
    switch kind {
    case .key: "paste the key, then Enter; it is not shown"
    case .token: "paste the token, then Enter; it is not shown"
    case .form: "as on the provider's own page; the daemon keeps both, to sign in again by itself"
    case .code, .none: nil
    }
  }
}
