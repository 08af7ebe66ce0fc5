import DaybookCore

/// The words that `status` and `status --watch` share.
extension StatusText {
  static func style(_ state: AccountState) -> Style? {
    switch state {
    case .working: .green
    case .idle, .removed, .sealed: nil
    case .waiting, .paused: .yellow
    case .signInNeeded, .stopped: .red
    }
  }

  static func style(_ state: DaemonState) -> Style? {
    switch state {
    case .ready: .green
    case .paused, .stopping: .yellow
    case .archiveAway, .diskFull, .clockUntrusted: .red
    }
  }

  /// Days in a minute: `58/min`, `0.3/min`; empty for none.
  static func rate(_ rate: Double) -> String {
    guard rate >= 0.05 else { return "" }
    if rate >= 10 { return "\(grouped(Int(min(rate, 1e9).rounded())))/min" }
    let tenths = Int((rate * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)/min" : "\(tenths / 10).\(tenths % 10)/min"
  }

  /// `minute 97%`
  static func use(_ window: WindowStatus) -> String {
    let percent = window.limit > 0 ? min(100, window.used * 100 / window.limit) : 100
    return "\(escapedForTerminal(window.name)) \(percent)%"
  }

  /// `window minute: 58 of 60 calls in 60 s, shared by all accounts of the app`
  static func window(_ window: WindowStatus) -> String {
    let span = DurationText.text(Int64(min(window.seconds, 1e12)))
    let shared = window.per == .app ? ", shared by all accounts of the app" : ""
    return "window \(escapedForTerminal(window.name)): \(grouped(window.used)) of "
      + "\(grouped(window.limit)) calls in \(span)\(shared)"
  }

  /// What holds an account up, and what to do about it. Nil when nothing does.
  static func why(_ account: AccountStatus, _ clock: LocalClock) -> String? {
    let name = escapedForTerminal(account.name)
    let reason = account.reason.map { escapedForTerminal($0) }
    let until = account.until.map { "until \(clock.until($0))" }
    let given = [until, reason].compactMap { $0 }.joined(separator: ": ")
    let todo: String? =
      switch account.state {
      case .signInNeeded: "run: daybook login \(name)"
      case .paused: "go on with: daybook resume \(name)"
      case .stopped: "see: journalctl -u daybook DAYBOOK_ACCOUNT=\(name)"
      case .sealed: "its days stay; to try once more: daybook resume \(name) --probe"
      case .removed: "no longer in the settings; its days stay"
      case .working, .idle, .waiting: nil
      }
    let all = [given.isEmpty ? nil : given, todo].compactMap { $0 }
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }

  /// `3 failing, 1 damaged`; nil for a stream without trouble.
  static func trouble(_ stream: StreamStatus) -> String? {
    let counts = [
      (stream.failing, "failing"), (stream.damaged, "damaged"), (stream.refused, "refused"),
      (stream.beyond, "beyond reach"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? nil : counts.map { "\(grouped($0)) \($1)" }.joined(separator: ", ")
  }

  /// `sign-in ends 2026-12-05 (in 2 days); run: daybook login me`. `within`: nil when more days than
  /// that are left.
  static func signInEnd(_ account: AccountStatus, _ clock: LocalClock, within days: Int = .max)
    -> String?
  {
    guard let ends = account.signInEnds, account.state != .signInNeeded else { return nil }
    let day = clock.day(ends)
    let left = day - clock.today
    guard left <= days else { return nil }
    let when = left > 0 ? "ends \(day) (in \(counted(left, "day")))" : "ends \(clock.text(ends))"
    return "sign-in \(when); run: daybook login \(escapedForTerminal(account.name))"
  }

  /// `the provider ends 2018-07-31, in 20 days; 812 days still to read; successor: x`
  static func ending(_ account: AccountStatus, _ today: Day) -> String? {
    guard let sunset = account.sunset else { return nil }
    let left = account.daysLeft ?? sunset - today
    var parts = ["the provider ended \(sunset)"]
    if left == 0 { parts = ["the provider ends \(sunset), which is today"] }
    if left > 0 { parts = ["the provider ends \(sunset), in \(counted(left, "day"))"] }
    let missing = account.streams.reduce(0) { $0 + $1.missing + $1.failing }
    if missing > 0, account.state != .sealed {
      parts.append("\(counted(missing, "day")) still to read")
    }
    if let next = account.successor { parts.append("successor: \(escapedForTerminal(next))") }
    return parts.joined(separator: "; ")
  }

  /// `9 open days, last seen 2018-07-30`: of an account that will not see them again.
  static func lastSeen(_ account: AccountStatus) -> String? {
    guard let seen = account.lastSeen else { return nil }
    let open = account.streams.reduce(0) { $0 + $1.open }
    return "\(counted(open, "open day")), last seen \(seen)"
  }
}
