import DaybookCore

/// `daybook status` in words and tables.
struct StatusText {
  var look: Look
  var clock: LocalClock

  /// The daemon and one line for each account, with notes below those that need a look.
  func overview(_ daemon: DaemonStatus, _ accounts: [AccountStatus]) -> String {
    var table = Table([
      .init(title: "ACCOUNT"), .init(title: "STATE"),
      .init(title: "STORED", right: true, drop: 3), .init(title: "MISSING", right: true, drop: 1),
      .init(title: "RATE", right: true, drop: 4), .init(title: "DONE IN", right: true, drop: 2),
      .init(title: "WINDOWS", drop: 5),
    ])
    for account in accounts { table.add(row(account), notes: notes(account)) }
    let body = accounts.isEmpty ? "no accounts; add one to the settings\n" : table.text(look)
    return header(daemon, accounts) + "\n" + body
  }

  /// One account with all its streams.
  func details(_ daemon: DaemonStatus, _ accounts: [AccountStatus]) -> String {
    daemonLine(daemon) + accounts.map { "\n" + details($0) }.joined()
  }

  private func header(_ daemon: DaemonStatus, _ accounts: [AccountStatus]) -> String {
    let streams = accounts.flatMap(\.streams)
    let final = streams.reduce(0) { $0 + $1.final }
    let confirmed = streams.reduce(0) { $0 + $1.confirmed }
    let days =
      "\(counted(daemon.days, "day")) stored (\(grouped(final)) final, \(grouped(confirmed)) "
      + "confirmed), \(grouped(daemon.missing)) missing"
    return daemonLine(daemon) + lines(days) + lines("archive " + escapedForTerminal(daemon.archive))
  }

  private func daemonLine(_ daemon: DaemonStatus) -> String {
    let state = look.paint(daemon.state.rawValue, StatusText.style(daemon.state))
    var text = "daybookd \(escapedForTerminal(daemon.version)) "
    let rest = " since \(clock.text(daemon.since)), pid \(daemon.pid)"
    if cells(text) + cells(daemon.state.rawValue) + cells(rest) <= look.columns {
      text += state + rest + "\n"
    } else {
      text += state + "\n"
    }
    return text + (daemon.reason.map { lines("! " + escapedForTerminal($0), .yellow) } ?? "")
  }

  private func lines(_ text: String, _ style: Style? = nil, indentFirst: Bool = false) -> String {
    wrapped(text, to: max(look.columns, Look.narrowest), indent: 2, indentFirst: indentFirst)
      .map { look.paint($0, style) + "\n" }.joined()
  }

  private func row(_ account: AccountStatus) -> [Table.Cell] {
    let stored = account.streams.reduce(0) { $0 + $1.stored }
    let total = account.streams.reduce(0) { $0 + $1.total }
    let missing = account.streams.reduce(0) { $0 + $1.missing }
    return [
      .init(escapedForTerminal(account.name)),
      .init(account.state.rawValue, StatusText.style(account.state)),
      .init(total == 0 ? "" : "\(grouped(stored))/\(grouped(total))"),
      .init(total == 0 ? "" : grouped(missing)),
      .init(StatusText.rate(account.rate)),
      .init(missing > 0 ? account.eta.map { DurationText.text(Int64($0)) } ?? "" : ""),
      .init(account.windows.map(StatusText.use).joined(separator: ", ")),
    ]
  }

  private func notes(_ account: AccountStatus) -> [Table.Cell] {
    var notes: [Table.Cell] = []
    if let why = StatusText.why(account, clock) {
      notes.append(.init(why, StatusText.style(account.state)))
    }
    for stream in account.streams {
      if let trouble = StatusText.trouble(stream) {
        let style: Style? = stream.failing + stream.damaged > 0 ? .red : nil
        notes.append(.init("\(escapedForTerminal(stream.name)): \(trouble)", style))
      }
    }
    if let ending = StatusText.signInEnd(account, clock, within: 7) {
      notes.append(.init(ending, .yellow))
    }
    for (text, style) in endings(account) { notes.append(.init(text, style)) }
    return notes
  }

  /// What there is to say of its provider's end; once it is sealed, that is history.
  private func endings(_ account: AccountStatus) -> [(String, Style?)] {
    let style: Style? = account.state == .sealed ? nil : .yellow
    return [
      StatusText.lastSeen(account), StatusText.ending(account, clock.today),
    ].compactMap { text in text.map { ($0, style) } }
  }

  /// A line for each timeline: `timeline me: 4,570 of 4,588 days held since 2014-05-02 ...`
  func timelines(_ timelines: [TimelineStatus]) -> String {
    guard !timelines.isEmpty else { return "" }
    return "\n"
      + timelines.map { line in
        let accounts = line.accounts.joined(separator: ", ")
        return lines(
          "timeline \(escapedForTerminal(line.name)): \(coverage(line)); accounts "
            + escapedForTerminal(accounts))
      }.joined()
  }

  private func coverage(_ line: TimelineStatus) -> String {
    guard let first = line.first, let last = line.last else { return "no day held" }
    return "\(grouped(line.held)) of \(counted(line.days, "day")) held, \(first) to \(last)"
  }

  private func details(_ account: AccountStatus) -> String {
    let state = look.paint(account.state.rawValue, StatusText.style(account.state))
    let name = "\(escapedForTerminal(account.name)) (\(escapedForTerminal(account.provider)))"
    let fits = cells(name) + cells(account.state.rawValue) < look.columns
    var out = name + (fits ? " " : "\n  ") + state + "\n"
    for (text, style) in facts(account) { out += lines(text, style, indentFirst: true) }
    var table = Table([
      .init(title: "STREAM"), .init(title: "MISSING", right: true, drop: 1),
      .init(title: "OPEN", right: true, drop: 5), .init(title: "FINAL", right: true, drop: 4),
      .init(title: "CONFIRMED", right: true, drop: 7),
      .init(title: "REFUSED", right: true, drop: 6), .init(title: "BEYOND", right: true, drop: 8),
      .init(title: "FAILING", right: true, drop: 2),
      .init(title: "DAMAGED", right: true, drop: 3),
    ])
    for s in account.streams {
      let counts = [s.missing, s.open, s.final, s.confirmed, s.refused, s.beyond]
      table.add(
        [.init(escapedForTerminal(s.name))] + counts.map { .init(grouped($0)) }
          + [s.failing, s.damaged].map { .init(grouped($0), $0 > 0 ? .red : nil) })
    }
    return out + (account.streams.isEmpty ? "" : "\n" + table.text(look))
  }

  private func facts(_ account: AccountStatus) -> [(String, Style?)] {
    var out: [(String, Style?)] = []
    if let why = StatusText.why(account, clock) {
      out.append((why, StatusText.style(account.state)))
    }
    if let day = account.firstDay {
      let zone = account.zone.map { ", zone \(escapedForTerminal($0))" } ?? ""
      out.append(("days since \(day)\(zone)", nil))
    }
    if let day = account.lastDay {
      let at = account.lastAt.map { ", read \(clock.text($0))" } ?? ""
      out.append(("last day stored \(day)\(at)", nil))
    }
    var pace = "\(counted(account.calls, "call")) since the daemon started"
    if account.rate > 0 { pace += ", \(StatusText.rate(account.rate)) days" }
    if let eta = account.eta { pace += ", done in \(DurationText.text(Int64(eta)))" }
    out.append((pace, nil))
    if let ending = StatusText.signInEnd(account, clock) { out.append((ending, nil)) }
    for window in account.windows { out.append((StatusText.window(window), nil)) }
    if let timeline = account.timeline {
      out.append(("in the timeline \(escapedForTerminal(timeline))", nil))
    }
    return out + endings(account)
  }
}
