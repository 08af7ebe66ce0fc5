import DaybookCore

/// What `daybook login` says in the end.
enum LoginText {
  static func text(_ result: LoginResult, account: String) -> String {
    var lines = ["signed in \(account)"]
    if !result.granted.isEmpty { lines.append("granted: \(list(result.granted))") }
    if !result.missing.isEmpty {
      lines.append("not granted: \(list(result.missing)); what needs it is refused")
    }
    if !result.streams.isEmpty { lines.append("streams: \(list(result.streams))") }
    if let day = result.firstDay {
      lines.append("first day: \(day), \(counted(result.days, "day")) to read")
    } else if result.days > 0 {
      lines.append("\(counted(result.days, "day")) to read")
    }
    if let eta = result.eta { lines.append("all read in about \(DurationText.text(Int64(eta)))") }
    lines.append("watch it: daybook status --watch")
    return lines.joined(separator: "\n")
  }

  private static func list(_ names: [String]) -> String {
    escapedForTerminal(names.joined(separator: ", "))
  }
}
