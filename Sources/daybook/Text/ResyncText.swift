import DaybookCore

/// The words of `daybook resync`.
enum ResyncText {
  static func begun(_ progress: ResyncProgress, account: String) -> String {
    let head = "resync \(progress.id): \(counted(progress.total, "day")) of \(account)"
    switch progress.state {
    case .done where progress.total == 0: return head + ", nothing to read"
    case .done: return head + " read"
    case .working: return head + " will be read again; see: daybook status \(account)"
    case .signInNeeded: return head + " will be read after a sign-in: daybook login \(account)"
    case .paused: return head + " will be read after the pause: daybook resume \(account)"
    }
  }

  static func progress(_ progress: ResyncProgress, account: String) -> String {
    "resync \(progress.id) of \(account): \(grouped(progress.done)) of \(grouped(progress.total)) "
      + "days read, \(grouped(progress.changed)) changed"
  }

  static func ended(_ progress: ResyncProgress, account: String) -> String {
    var text = ResyncText.progress(progress, account: account)
    if progress.refused > 0 { text += ", \(grouped(progress.refused)) refused or beyond reach" }
    switch progress.state {
    case .signInNeeded: text += "; it needs a sign-in: daybook login \(account)"
    case .paused: text += "; it is paused: daybook resume \(account)"
    case .working, .done: break
    }
    return text
  }

  /// Nothing more comes of it while the account is like this.
  static func isEnd(_ state: ResyncProgress.State) -> Bool { state != .working }

  static func status(_ progress: ResyncProgress) -> ExitStatus {
    switch progress.state {
    case .signInNeeded: .signInNeeded
    case .paused: .paused
    case .working, .done: progress.refused > 0 ? .refused : .ok
    }
  }
}
