import DaybookCore

/// Settling: the row of a day, after the archive holds its bytes.
extension Engine {
  func absorbPersisted(_ outcomes: [PersistOutcome]) throws(DatabaseError) {
    filesUnderWay = 0
    // In key order: neighbouring rows share pages of the ledger.
    let known = outcomes.compactMap { outcome in filings[outcome.id].map { (outcome, $0) } }
    let sorted = known.sorted { $0.1.key < $1.1.key }
    for (outcome, filing) in sorted {
      filings[outcome.id] = nil
      guard let lane = roster[filing.lane] else { continue }
      guard lane.stream(filing.work.stream) != nil else {
        lane.busy.remove(filing.key)
        continue
      }
      switch outcome.result {
      case .success: try settleFiled(lane, filing)
      case .failure(let failure): try absorbFilingFailure(lane, filing.key, filing.before, failure)
      }
    }
  }

  private func settleFiled(_ lane: Lane, _ filing: Filing) throws(DatabaseError) {
    let outcome = filing.outcome
    let stream = lane.stream(filing.work.stream)?.spec.name
    if outcome.filing == .storeKeepingOld, let old = filing.before?.stored {
      try ledger.addVersion(filing.key, old.read)
      log(
        .dayChanged, "\(filing.work.day) changed at the provider; the older version is kept",
        lane: lane, stream: stream, day: filing.work.day)
    }
    if outcome.filing == .keepWithVersion {
      try ledger.addVersion(filing.key, filing.read)
      log(
        .dayChanged,
        "\(filing.work.day) came back without items; the day is kept, the answer is a version",
        lane: lane, stream: stream, day: filing.work.day)
    }
    try settle(
      lane, filing.work, filing.key, filing.before, outcome,
      etag: outcome.filing == .keepWithVersion ? nil : filing.etag)
    // A neighbour's change, or a list of changes, has had its own days read again already: a
    // provider whose answers always differ would otherwise be read in circles.
    if outcome.changedFinal, filing.work.workClass != .fresh { try reopenAround(lane, filing.key) }
    health.succeededWriting()
  }

  /// Writes the row and everything that hangs on it.
  func settle(
    _ lane: Lane, _ work: DayWork, _ key: DayKey, _ before: DayRow?, _ outcome: Settling.Outcome,
    etag: String?
  ) throws(DatabaseError) {
    var row = DayRow(key: key, state: outcome.state)
    row.stored = outcome.day
    row.nextAt = outcome.nextAt
    row.workClass = outcome.nextAt == nil ? nil : .fresh
    try write(lane, row, before: before)
    let keepsETag = row.state == .open && etag.map { $0.utf8.count <= Limits.etagBytes } ?? false
    // What was never stored has none to forget.
    if keepsETag || before?.stored != nil { try ledger.setETag(key, keepsETag ? etag : nil) }
    lane.busy.remove(key)
    let changed = outcome.filing == .store || outcome.filing == .storeKeepingOld
    try advanceResyncs(lane, key, changed: changed && before?.state.isStored == true)
    if changed { noteStored(lane, work) }
    noteProgress(lane)
    roster.wake(lane)
  }

  func settleUnchanged(_ lane: Lane, _ work: DayWork, _ key: DayKey, _ answer: Answer?)
    throws(DatabaseError)
  {
    guard let before = try ledger.row(key), before.state.isStored, let stored = before.stored,
      let answer
    else {
      // It says "not modified" of something we do not have: ask without the ETag.
      try ledger.setETag(key, nil)
      lane.busy.remove(key)
      lane.queue.invalidate()
      return roster.wake(lane)
    }
    lane.succeeded()
    let moment = min(now.wall, answer.header("date").flatMap { Instant(httpDate: $0) } ?? now.wall)
    let rule = try settling(lane, key)
    let outcome = rule.unchanged(stored, at: max(moment, stored.readAt), state: before.state)
    try settle(lane, work, key, before, outcome, etag: try ledger.etag(key))
  }

  /// Writes a row and keeps the counts.
  func write(_ lane: Lane, _ row: DayRow, before: DayRow?) throws(DatabaseError) {
    try ledger.put(row)
    lane.recount(from: before, to: row)
    noteHeld(lane, row, before)
    if let at = row.nextAt { lane.nextDue = min(lane.nextDue ?? at, at) }
    touch(lane)
  }

  /// A day is read again soon. A final one stays final meanwhile, so that what it was is kept when
  /// it turns out different.
  func askAgain(_ lane: Lane, _ row: DayRow) throws(DatabaseError) {
    var again = row
    again.workClass = min(row.workClass ?? .fresh, .fresh)
    again.nextAt = nil
    try write(lane, again, before: row)
    lane.queue.invalidate()
  }

  /// A final day had changed: the week on each side is looked at again.
  private func reopenAround(_ lane: Lane, _ key: DayKey) throws(DatabaseError) {
    let rows = try ledger.rows(
      account: key.account, stream: key.stream, from: key.day - 7, to: key.day + 7)
    for row in rows where row.state == .final && row.key != key {
      if !lane.busy.contains(row.key) { try askAgain(lane, row) }
    }
  }

  // MARK: The archive refuses

  func absorbFilingFailure(
    _ lane: Lane, _ key: DayKey, _ before: DayRow?, _ failure: ArchiveFailure
  ) throws(DatabaseError) {
    lane.busy.remove(key)
    lane.queue.invalidate()
    switch failure {
    case .full(let text): pauseWriting(.full, text)
    case .away(let text): pauseWriting(.away, text)
    case .syncFailed(let text): noteSyncFailure(text)
    case .obstructed(let text), .failed(let text):
      try fail(lane, key, before, "the archive: \(text)")
    }
    roster.wake(lane)
  }

  // MARK: Telling

  private func noteStored(_ lane: Lane, _ work: DayWork) {
    lane.lastStored = (work.day, now.wall)
    lane.storedTimes.append(now.boot)
    if lane.storedTimes.count > 600 { lane.storedTimes.removeFirst(300) }
    log(
      .dayStored, "stored \(work.day)", lane: lane, stream: lane.stream(work.stream)?.spec.name,
      day: work.day)
  }

  private func noteProgress(_ lane: Lane) {
    if lane.missing == 0, lane.stored > 0, !lane.backfillWasComplete {
      lane.backfillWasComplete = true
      log(.backfillComplete, "every day is here: \(count(lane.stored, "day"))", lane: lane)
      return
    }
    guard lane.missing > 0 else { return }
    let last = lane.lastProgress
    if let last, now.boot - last.at < Limits.progressInterval { return }
    // The first line comes after an interval of work, not with its first day.
    defer { lane.lastProgress = (now.boot, lane.stored) }
    guard let last, last.stored != lane.stored else { return }
    let eta = forecast(lane).map { ", about \(spoken(seconds: $0)) to go" } ?? ""
    log(
      .progress, "\(lane.stored) of \(lane.stored + lane.missing) days\(eta)", lane: lane)
  }
}

extension Filing {
  var key: DayKey { DayKey(account: lane, stream: work.stream, day: work.day) }
}

/// `45 s`, `12 min`, `3 h 20 min`, `5 days`.
func spoken(seconds: Int) -> String {
  switch seconds {
  case ..<100: "\(seconds) s"
  case ..<6_000: "\((seconds + 30) / 60) min"
  case ..<172_800: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
  default: "\(seconds / 86_400) days"
  }
}
