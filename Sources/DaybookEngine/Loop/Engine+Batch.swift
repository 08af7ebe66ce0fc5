import DaybookCore

/// One batch: what arrived together is handled together, the lanes that can do something get their
/// turns, and all of it is one commit. Effects leave after it, and none when it fails.
extension Engine {
  func batch(
    now: Now, full: Bool, _ events: [Event] = [], _ body: () throws(DatabaseError) -> Void
  ) -> [Effect] {
    self.now = now
    out = []
    do {
      try ledger.database.setSynchronous(full ? .full : .normal)
      try ledger.database.begin()
      try body()
      watchHealth()
      if hasStarted, !health.isStopping {
        try advance()
        try warnOfEndings()
      }
      sendFilings()
      try flush()
      try ledger.database.commit()
    } catch {
      ledger.database.rollback()
      recover(from: error, events)
    }
    finish()
    defer { out = [] }
    return out
  }

  // MARK: Turns

  /// Gives turns to ready lanes until nothing can be done now.
  private func advance() throws(DatabaseError) {
    roster.wakeSleepers(now: now)
    while flights.count < Limits.transfers, let lane = roster.next() {
      try giveTurn(lane)
    }
  }

  /// Up to four calls of one lane.
  private func giveTurn(_ lane: Lane) throws(DatabaseError) {
    touch(lane)
    if let moment = askWhoSignedIn(lane) { return roster.sleep(lane, until: moment) }
    for _ in lane.callsOfTurn..<Limits.callsInTurn where flights.count < Limits.transfers {
      let view = try view(lane)
      switch plan(view, now: now) {
      case .refresh: try beginRefresh(lane)
      case .askForSignIn: try askForSignIn(lane, "its token has ended and cannot be refreshed")
      case .fact(let path): try beginFacts(lane, path)
      case .index(let stream): try beginIndex(lane, stream)
      case .changes(let stream): beginChanges(lane, stream)
      case .page: nextPage(lane)
      case .walk: try walkBack(lane)
      case .day(let work): try beginDays(lane, work)
      case .wait(let moment):
        noteWait(lane, view, until: moment)
        return roster.sleep(lane, until: moment)
      case .rest: return
      }
    }
    roster.wake(lane)
  }

  // MARK: Ending a batch

  /// Writes what changed in memory: counts of streams, and windows that are not covered.
  private func flush() throws(DatabaseError) {
    for lane in touched {
      for i in lane.streams.indices where lane.streams[i].isDirty {
        try ledger.putStream(account: lane.id, lane.streams[i].row)
        lane.streams[i].isDirty = false
      }
      if let told = lane.toldUntil, told != lane.keptUntil {
        try ledger.setHold(account: lane.id, wall: now.wall + (told - now.boot), boot: told)
        lane.keptUntil = told
      }
      try flush(&lane.windows, owner: "a:" + lane.name)
      try flush(&lane.client.windows, owner: lane.client.owner)
    }
  }

  private func flush(_ windows: inout [CallWindow], owner: String) throws(DatabaseError) {
    for i in windows.indices where !windows[i].isCovered {
      windows[i].reserve()
      try ledger.setWindow(owner: owner, name: windows[i].spec.name, windows[i].stored(now: now))
    }
  }

  /// What goes out with every batch: news for watchers, the status line, the next wake-up.
  private func finish() {
    if health.isStopping { finishStop() }
    for case .log(let entry) in out { watchers.add(TimedEntry(at: now.wall, entry: entry)) }
    tellWatchers()
    tellSystemd()
    for lane in touched { lane.isTouched = false }
    touched = []
    out.append(.wake(after: untilNextWake()))
  }

  /// Who has nothing to wait for looks around at the same moments as all others, so that the process
  /// wakes once for all of them.
  var untilNextRound: Duration {
    let length = Limits.longestSleep.inMicroseconds
    return .microseconds(length - now.boot.microseconds % length)
  }

  private func untilNextWake() -> Duration {
    var wait = untilNextRound
    // No lane gets a turn any more while the process stops: none is waited for.
    if !health.isStopping, let lane = roster.nextWake { wait = min(wait, lane - now.boot) }
    if let probe = health.probeAt { wait = min(wait, probe - now.boot) }
    if let flush = watchers.flushAt { wait = min(wait, flush - now.boot) }
    return max(wait, .zero)
  }
}

extension Event {
  /// It puts a claim into the ledger that must not be lost: the commit is FULL.
  var settles: Bool {
    switch self {
    case .persisted, .commanded, .settingsRead, .checked, .moved, .stopAsked: true
    case .tick, .replied, .assembled, .hungUp, .settingsRefused, .probed, .clockStepped,
      .reloadAsked:
      false
    }
  }
}
