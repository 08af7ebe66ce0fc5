import DaybookCore

/// `daybook status --watch`: a bar for each account, and the newest lines of the journal.
struct WatchText {
  var look: Look
  var clock: LocalClock

  /// The screen, at most `rows` lines. Accounts that work come first when not all fit.
  func screen(_ state: WatchState, rows: Int) -> [String] {
    guard let daemon = state.daemon else { return [] }
    let lines = state.entries.map { entry($0) }
    let room = max(1, rows - lines.count - 3)
    let shown = WatchText.chosen(state.accounts, room)
    let width = min(24, shown.reduce(0) { max($0, cells($1.name)) })
    var out = [head(daemon)] + shown.map { bar($0, nameWidth: width) }
    let rest = state.accounts.count - shown.count
    if rest > 0 { out.append("and \(counted(rest, "account")) more") }
    if !lines.isEmpty { out += [""] + lines }
    return out
  }

  /// The same without a terminal: one line for each thing that has changed.
  func lines(_ news: WatchState.News) -> [String] {
    var out: [String] = []
    let time = clock.timeOfDay(clock.now)
    if let daemon = news.daemon { out.append("\(time) \(head(daemon))") }
    out += news.accounts.map { "\(time) \(escapedForTerminal($0.name)) \(summary($0))" }
    if news.dropped > 0 { out.append("\(time) \(counted(news.dropped, "line")) left out") }
    return out + news.entries.map { entry($0) }
  }

  private func head(_ daemon: DaemonStatus) -> String {
    let state = look.paint(daemon.state.rawValue, StatusText.style(daemon.state))
    let reason = daemon.reason.map { ": \(escapedForTerminal($0))" } ?? ""
    return "daybookd \(state)\(reason), \(counted(daemon.days, "day")) stored, "
      + "\(grouped(daemon.missing)) missing"
  }

  /// Who works, waits or needs help before who has nothing to do; in each group by name.
  private static func chosen(_ accounts: [AccountStatus], _ room: Int) -> [AccountStatus] {
    guard accounts.count > room else { return accounts }
    let busy = accounts.filter { $0.state != .idle && $0.state != .removed && $0.state != .sealed }
    let quiet = accounts.filter { $0.state == .idle || $0.state == .removed || $0.state == .sealed }
    return Array((busy + quiet).prefix(room))
  }

  private func bar(_ account: AccountStatus, nameWidth: Int) -> String {
    let name = filled(truncated(escapedForTerminal(account.name), to: nameWidth), to: nameWidth)
    let text = summary(account)
    let room = look.columns - cells(name) - cells(withoutStyles(text)) - 4
    guard room >= 10 else { return "\(name) \(text)" }
    let width = min(room, 30)
    let full = Int((WatchText.share(account) * Double(width)).rounded(.down))
    let done = look.paint(String(repeating: "#", count: full), .green)
    return "\(name) [\(done)\(String(repeating: ".", count: width - full))] \(text)"
  }

  /// `34% working, 58/min, minute 97%, 40 min left`
  private func summary(_ account: AccountStatus) -> String {
    let state = look.paint(account.state.rawValue, StatusText.style(account.state))
    var parts = ["\(WatchText.percent(account)) \(state)"]
    let rate = StatusText.rate(account.rate)
    if !rate.isEmpty { parts.append(rate) }
    if let window = WatchText.fullest(account) { parts.append(StatusText.use(window)) }
    if let until = account.until { parts.append("until \(clock.until(until))") }
    if let eta = account.eta, eta > 0 { parts.append("\(DurationText.text(Int64(eta))) left") }
    if account.state == .signInNeeded {
      parts.append("run: daybook login \(escapedForTerminal(account.name))")
    }
    return parts.joined(separator: ", ")
  }

  private func entry(_ line: TimedEntry) -> String {
    let style: Style? =
      switch line.entry.message.priority {
      case .critical, .error: .red
      case .warning: .yellow
      case .notice, .info, .debug: nil
      }
    let place = [
      line.entry.account, line.entry.stream, line.entry.day.map { "\($0)" },
    ].compactMap { $0 }.joined(separator: " ")
    let text = (place.isEmpty ? "" : place + ": ") + line.entry.text
    return "\(clock.timeOfDay(line.at)) " + look.paint(escapedForTerminal(text), style)
  }

  /// Days that need no call any more, of all.
  private static func share(_ account: AccountStatus) -> Double {
    let total = account.streams.reduce(0) { $0 + $1.total }
    let missing = account.streams.reduce(0) { $0 + $1.missing + $1.failing + $1.damaged }
    return total > 0 ? Double(total - missing) / Double(total) : 0
  }

  /// 100% only when nothing is left.
  private static func percent(_ account: AccountStatus) -> String {
    let text = "\(Int((share(account) * 100).rounded(.down)))%"
    return String(repeating: " ", count: 4 - text.count) + text
  }

  private static func fullest(_ account: AccountStatus) -> WindowStatus? {
    account.windows.max { a, b in use(a) < use(b) }
  }

  private static func use(_ window: WindowStatus) -> Double {
    window.limit > 0 ? Double(window.used) / Double(window.limit) : 1
  }
}
