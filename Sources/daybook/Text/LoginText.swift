import DaybookCore

/// What `daybook login` says in the end.
enum LoginText {
  static func text(
    _ result: LoginResult, account: String, clock: LocalClock, look: Look = Look()
  ) -> String {
    var lines = ["signed in \(account)"]
    if !result.granted.isEmpty { lines.append("granted: \(list(result.granted))") }
    lines += losses(result)
    if !result.streams.isEmpty { lines.append("streams: \(list(result.streams))") }
    if let day = result.firstDay {
      lines.append("first day: \(day), \(counted(result.days, "day")) to read")
    } else if result.days > 0 {
      lines.append("\(counted(result.days, "day")) to read")
    }
    if let eta = result.eta { lines.append("all read in about \(DurationText.text(Int64(eta)))") }
    if let ends = result.ends {
      lines.append("this sign-in ends \(clock.day(ends)); the journal warns two days before")
      lines.append("to renew it, at any time: daybook login \(account)")
    }
    lines.append("watch it: daybook status --watch")
    let room = max(look.columns, Look.narrowest)
    return lines.flatMap { wrapped($0, to: room, indent: 2) }.joined(separator: "\n")
  }

  /// What was not granted, a line for each scope.
  private static func losses(_ result: LoginResult) -> [String] {
    result.missing.map { scope in
      let streams = result.lost.first { $0.scope == scope }?.streams ?? []
      let cost =
        streams.isEmpty
        ? "no stream needs it" : "without it no \(list(streams)); allow it and sign in again"
      return "not granted: \(escapedForTerminal(scope)); \(cost)"
    }
  }

  private static func list(_ names: [String]) -> String {
    escapedForTerminal(names.joined(separator: ", "))
  }
}
