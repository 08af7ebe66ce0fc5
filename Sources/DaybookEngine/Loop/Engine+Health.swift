import DaybookCore

/// Trouble of the whole process, and the end of it.
extension Engine {
  // MARK: Disk and archive

  /// Nothing is written and nothing refreshed until a probe succeeds; the queue stays as it is.
  func pauseWriting(_ what: Health.Disk, _ reason: String) {
    guard health.disk != what else {
      health.diskReason = reason
      return
    }
    // Which does not end by itself, whatever else there is.
    if health.disk == .doubtful { return }
    health.disk = what
    health.diskReason = reason
    health.probeAt = what == .doubtful ? nil : now.boot + Limits.probeInterval
    switch what {
    case .full:
      log(.diskFull, "no space for the archive (\(reason)); work goes on when there is some")
    case .away, .doubtful:
      log(.archiveAway, "archive not mounted? \(archiveRoot): \(reason); nothing is written")
    }
  }

  /// A check missed too much of the archive: remembered over restarts, until a check finds it again
  /// or the operator says that it is gone.
  func doubtArchive(_ reason: String) throws(DatabaseError) {
    pauseWriting(.doubtful, reason)
    try ledger.setMeta("doubt", reason)
  }

  func trustArchive() throws(DatabaseError) {
    guard health.disk == .doubtful else { return }
    try ledger.setMeta("doubt", nil)
    health.disk = .away
    try absorbProbe(.writable)
  }

  func absorbProbe(_ result: ProbeResult) throws(DatabaseError) {
    guard health.disk != .doubtful else { return }
    let remade = verification.remade
    verification.remade = nil
    switch result {
    case .writable:
      // From now on it is known to be there: see ``mayCreateArchive``.
      if try ledger.meta("archive") != archiveRoot { try ledger.setMeta("archive", archiveRoot) }
      guard let was = health.disk else { return }
      health.disk = nil
      health.diskReason = nil
      health.probeAt = nil
      log(was == .full ? .diskBack : .archiveBack, "the archive can be written again")
      if !moving.isEmpty { moveRenamed() }
      if let remade { try beginVerify(remade.command, remade.request) }
      // The check of the start, or the reading of the tree, may have been cut short.
      if verification.run == nil { try checkAtStart() }
      roster.wakeAll()
    case .full(let reason): pauseWriting(.full, reason)
    // A disk that fails, or may not be written, is as good as none.
    case .away(let reason), .failed(let reason): pauseWriting(.away, reason)
    }
    if let remade, health.disk != nil {
      answer(remade.command, .failed(.archiveAway(path: archiveRoot)))
    }
  }

  /// A failed fsync: the kernel has dropped what was written, so the day is asked again. The second
  /// stops the process: the disk cannot be trusted.
  func noteSyncFailure(_ reason: String) {
    health.syncFailures += 1
    if health.syncFailures >= 2 {
      stop(fatal: "the archive's disk fails: \(reason)")
    } else {
      log(.dayFailed, "a file could not be made durable (\(reason)); its day is asked again")
    }
  }

  func stop(fatal reason: String) {
    guard health.fatal == nil else { return }
    health.fatal = reason
    log(.fatal, "\(reason); stopping. The queue is kept")
    out.append(.exit(status: 74))
  }

  /// A commit to one of the databases failed.
  func fail(_ error: DatabaseError) { stop(fatal: "\(error)") }

  // MARK: Clock

  /// A clock that nobody vouches for, and by which the last facts are of another time, is doubted
  /// at a start like one that was set: the machine may have lost it while it was off.
  func doubtClockAtStart() {
    let known = roster.all.compactMap(\.record.factsAt).max()
    guard !now.synchronised, let known else { return }
    guard known > now.wall + .minutes(5) || now.wall - known > .days(3) else { return }
    health.clockStepped(now: now)
    for lane in roster.all { lane.pendingFacts = lane.factPaths }
  }

  func absorbClockStep() throws(DatabaseError) {
    health.clockStepped(now: now)
    for lane in roster.all {
      // The answer says what time it is.
      if !now.synchronised { lane.pendingFacts = lane.factPaths }
      try cutWaits(lane)
      lane.nextDue = try ledger.nextDue(account: lane.id)
      lane.queue.invalidate()
      roster.wake(lane)
    }
  }

  /// Today is read as often as the settings say.
  func cutWaits(_ lane: Lane) throws(DatabaseError) {
    try ledger.cutWaits(
      account: lane.id, now: now.wall, recent: today(lane),
      fresh: configuration.settings.fresh)
  }

  /// Looks at the clock and the probe once a batch.
  func watchHealth() {
    if health.judgeClock(now: now) {
      if health.clockIsTrusted {
        log(.clockTrusted, "the clock can be trusted")
        roster.wakeAll()
      } else {
        log(.clockUntrusted, "the clock cannot be trusted; no day is opened or closed meanwhile")
      }
    }
    if let at = health.probeAt, at <= now.boot, health.disk != nil {
      health.probeAt = now.boot + Limits.probeInterval
      out.append(.probe(makes: false))
    }
  }

  // MARK: Stopping

  /// No more calls. Those in flight are given up, but for token calls, whose end is awaited.
  func beginStop() {
    guard !health.isStopping else { return }
    health.isStopping = true
    log(.stopping, "stopping")
    for id in flights.keys.sorted() where flights[id]?.usesWindows == true {
      out.append(.cancel(id))
    }
    watchers.end(&out)
  }

  /// Once nothing is under way: the windows say all, and the process may end.
  func finishStop() {
    guard health.fatal == nil, !health.hasEnded else { return }
    let tokens = flights.values.contains { !$0.usesWindows }
    guard !tokens, filesUnderWay == 0 else { return }
    health.hasEnded = true
    for id in waitingToFile { if let f = filings[id] { out.append(.discard(f.item.spooled)) } }
    do {
      try ledger.database.setSynchronous(.full)
      try ledger.database.transaction { () throws(DatabaseError) in
        try storeAllWindows()
        if !health.needsCheck { try ledger.setMeta("clean", "yes") }
      }
    } catch {
      return fail(error)
    }
    out.append(.exit(status: 0))
  }

  /// At a clean stop nothing is in flight any more, and what was cancelled counts as ended now.
  private func storeAllWindows() throws(DatabaseError) {
    for lane in roster.all {
      try store(&lane.windows, owner: "a:" + lane.name, inFlight: lane.inFlight)
    }
    for client in roster.allClients {
      let inFlight = client.windows.first?.inFlight ?? 0
      try store(&client.windows, owner: client.owner, inFlight: inFlight)
    }
  }

  private func store(_ windows: inout [CallWindow], owner: String, inFlight: Int)
    throws(DatabaseError)
  {
    for i in windows.indices {
      for _ in 0..<inFlight where windows[i].inFlight > 0 { windows[i].end(at: now) }
      windows[i].settle()
      try ledger.setWindow(owner: owner, name: windows[i].spec.name, windows[i].stored(now: now))
    }
  }
}
