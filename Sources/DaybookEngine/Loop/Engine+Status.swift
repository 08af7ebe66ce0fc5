import DaybookCore

/// Telling how things stand: to `status`, to watchers, to systemd.
extension Engine {
  func answerStatus(_ command: Command, _ account: String?) throws(DatabaseError) {
    guard let lanes = archived(account, command) else { return }
    let daemon = daemonStatus()
    let lines = timelines(of: lanes)
    guard command.more, let last = lanes.last else {
      let told = try statuses(of: lanes.flatMap { lines[$0.name] ?? [] })
      return answer(command, .status(daemon, lanes.map(accountStatus), told))
    }
    for lane in lanes {
      let told = try statuses(of: lines[lane.name] ?? [])
      answer(
        command, .status(daemon, [accountStatus(lane)], told), continues: lane.id != last.id)
    }
  }

  func beginWatch(_ command: Command, _ account: String?) {
    guard let lanes = archived(account, command) else { return }
    guard command.more else { return answer(command, .failed(.expectedMore)) }
    answer(command, .watch(daemonStatus(), lanes.map(accountStatus), []), continues: true)
    watchers.add(command.id, account: account)
  }

  func tellWatchers() {
    watchers.note(touched, now: now)
    guard let (changed, entries) = watchers.take(now: now) else { return }
    let daemon = daemonStatus()
    let lanes = everyLane.filter { changed.contains($0.id) }
    for watcher in watchers.all {
      let own = { (name: String?) in
        watcher.account == nil || name == nil || name == watcher.account
      }
      out.append(
        .answer(
          watcher.command,
          .watch(
            daemon, lanes.filter { own($0.name) }.map(accountStatus),
            entries.filter { own($0.entry.account) }), continues: true))
    }
  }

  // MARK: The daemon

  func daemonStatus() -> DaemonStatus {
    var status = DaemonStatus(
      version: setup.version, pid: setup.pid, state: daemonState, since: startedAt,
      archive: archiveRoot)
    status.reason = health.fatal ?? health.diskReason
    status.days = everyLane.reduce(0) { $0 + $1.stored }
    status.missing = roster.all.reduce(0) { $0 + $1.stillToRead }
    return status
  }

  private var daemonState: DaemonState {
    if health.isStopping || health.fatal != nil { return .stopping }
    switch health.disk {
    case .full: return .diskFull
    case .away, .doubtful: return .archiveAway
    case nil: break
    }
    if !health.clockIsTrusted { return .clockUntrusted }
    let lanes = roster.all
    return !lanes.isEmpty && lanes.allSatisfy { $0.record.pausedAt != nil } ? .paused : .ready
  }

  // MARK: An account

  func accountStatus(_ lane: Lane) -> AccountStatus {
    let (state, reason, until) = standing(lane)
    var status = AccountStatus(name: lane.name, provider: lane.provider.name, state: state)
    status.reason = reason
    status.until = until.map { now.wall + ($0 - now.boot) }
    status.firstDay = lane.record.firstDay
    status.zone = lane.zone.name
    status.streams = lane.streams.map(streamStatus)
    for i in lane.windows.indices { status.windows.append(windowStatus(&lane.windows[i])) }
    for i in lane.client.windows.indices {
      status.windows.append(windowStatus(&lane.client.windows[i]))
    }
    status.calls = lane.calls
    status.rate = rate(lane)
    status.eta = lane.stillToRead == 0 || lane.account.removed ? nil : forecast(lane)
    status.lastDay = lane.lastStored?.day
    status.lastAt = lane.lastStored?.at
    if lane.account.removed { return status }
    status.signInEnds = lane.grant?.term?.ends
    status.sunset = lane.ending?.sunset
    status.daysLeft = lane.ending?.daysLeft(on: Zone.utc.day(at: now.wall))
    status.successor = lane.provider.successor
    status.timeline = lane.settings.timeline
    status.lastSeen = lane.lastSeen
    return status
  }

  private func streamStatus(_ stream: LaneStream) -> StreamStatus {
    let n = stream.row.counts
    var status = StreamStatus(name: stream.spec.name)
    status.missing = n[.missing]
    status.open = n[.open]
    status.final = n[.final]
    status.confirmed = n.confirmed
    status.refused = n[.refused]
    status.beyond = n[.beyond]
    status.failing = n[.failing]
    status.damaged = n[.damaged]
    return status
  }

  private func windowStatus(_ window: inout CallWindow) -> WindowStatus {
    window.expire(now: now)
    return WindowStatus(
      name: window.spec.name, per: window.spec.per, seconds: window.spec.seconds,
      limit: window.limit, used: window.used)
  }

  func standing(_ lane: Lane) -> (AccountState, String?, BootTime?) {
    if lane.account.removed { return (.removed, nil, nil) }
    if let reason = lane.record.sealReason { return (.sealed, reason, nil) }
    if let reason = lane.stopped { return (.stopped, reason, nil) }
    if let reason = lane.signInReason { return (.signInNeeded, reason, nil) }
    if lane.provider.login != .none, lane.grant == nil {
      return (.signInNeeded, "nobody has signed in yet", nil)
    }
    if lane.record.pausedAt != nil { return (.paused, "by the operator", nil) }
    if !health.lets { return (.waiting, health.diskReason, nil) }
    if let until = lane.waitsUntil, until > now.boot {
      return (.waiting, lane.advice ?? "trouble", until)
    }
    if lane.inFlight > 0 || lane.refreshing { return (.working, nil, nil) }
    if case .at(let until) = lane.opening(now: now), lane.missing > 0 {
      return (.waiting, closedWindow(lane).map { "\($0) window" } ?? "window", until)
    }
    return (lane.isInRing ? .working : .idle, nil, nil)
  }

  /// The name of the window that keeps a lane waiting longest.
  func closedWindow(_ lane: Lane) -> String? {
    var all = lane.allWindows
    var latest: (name: String, at: BootTime)?
    for i in all.indices {
      guard case .at(let moment) = all[i].opening(now: now) else { continue }
      if latest.map({ $0.at < moment }) ?? true { latest = (all[i].spec.name, moment) }
    }
    return latest?.name
  }

  /// Days stored in a minute, over the last two.
  func rate(_ lane: Lane) -> Double {
    let times = lane.storedTimes
    let from = times.firstIndex(from: now.boot - .minutes(2))
    let recent = times.count - from
    guard recent > 1 else { return 0 }
    let seconds = Double(max(1, (now.boot - times[from]).inMicroseconds)) / 1_000_000
    return Double(recent) / max(1, seconds) * 60
  }

  func forecast(_ lane: Lane) -> Int? {
    Forecast.seconds(
      forCalls: lane.callsToCome, windows: lane.allWindows,
      rate: rate(lane) / 60 * lane.callsPerDay)
  }

  // MARK: systemd

  /// One line for `systemctl status`; sent when it differs from the one before.
  func tellSystemd() {
    let line = statusLine()
    guard line != health.statusLine else { return }
    health.statusLine = line
    out.append(.status(line))
  }

  private func statusLine() -> String {
    if health.fatal != nil || health.isStopping { return "Stopping" }
    if let disk = health.disk {
      return disk == .full ? "Waiting: no space for the archive" : "Waiting: archive not mounted?"
    }
    let lanes = roster.all
    let stored = lanes.reduce(0) { $0 + $1.stored }
    let missing = lanes.reduce(0) { $0 + $1.stillToRead }
    var parts = ["\(count(lanes.count, "account")), \(count(stored, "day"))"]
    if missing > 0 {
      let eta = lanes.compactMap { $0.stillToRead > 0 ? forecast($0) : nil }.max()
      parts.append("\(missing) missing" + (eta.map { ", \(spoken(seconds: $0)) to go" } ?? ""))
    }
    let signIn = lanes.filter { standing($0).0 == .signInNeeded }.map(\.name)
    if !signIn.isEmpty { parts.append("sign-in needed: " + signIn.joined(separator: ", ")) }
    parts += endings(lanes)
    if let pause = longestPause(lanes) { parts.append(pause) }
    return parts.joined(separator: "; ")
  }

  private func longestPause(_ lanes: [Lane]) -> String? {
    let waits = lanes.compactMap { lane -> (Lane, String, BootTime)? in
      let (state, reason, until) = standing(lane)
      guard state == .waiting, let until else { return nil }
      return (lane, reason ?? "waiting", until)
    }
    guard let (lane, reason, until) = waits.max(by: { $0.2 < $1.2 }) else { return nil }
    let time = (now.wall + (until - now.boot)).clockText
    return "\(lane.name) waits (\(reason)) until \(time)"
  }
}

extension [BootTime] {
  /// The first moment, of moments in their order, that is not before this one.
  fileprivate func firstIndex(from moment: BootTime) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
