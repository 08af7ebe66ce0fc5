import DaybookCore

/// What a comparison of archive and ledger does to the rows.
extension Engine {
  /// The row keeps its hash, and the day is asked again.
  func damage(_ key: DayKey) throws(DatabaseError) {
    guard let lane = archived(key.account), let before = try ledger.row(key),
      before.state.isStored, !lane.busy.contains(key)
    else { return }
    // One that has not begun: nobody can give it again.
    if health.clockIsProven, key.day > today(lane) + 1 { return try forget(lane, before) }
    var row = before
    row.state = .damaged
    row.workClass = .urgent
    row.nextAt = nil
    row.reason = "its file is gone or was altered"
    try write(lane, row, before: before)
    try ledger.setETag(key, nil)
    lane.queue.invalidate()
    if !lane.account.removed { roster.wake(lane) }
    let next =
      lane.account.removed
      ? "its account is no longer in the settings"
      : lane.record.sealedAt != nil ? "its provider has ended" : "the day is asked again"
    log(
      .dayDamaged, "the file of \(key.day) is gone or was altered; \(next)", lane: lane,
      stream: lane.stream(key.stream)?.spec.name, day: key.day)
  }

  /// A whole file that no row knew becomes a row, by the same rule of finality; and so does a later
  /// read than that of the row: the process ended when the file had taken its name, and the row was
  /// still to be settled.
  func adopt(_ lane: Lane, _ stream: Int, _ day: AdoptedDay) throws(DatabaseError) {
    let key = DayKey(account: lane.id, stream: stream, day: day.day)
    let before = try ledger.row(key)
    guard !lane.busy.contains(key) else { return }
    let read = Read(
      at: day.fetchedAt, size: day.size, sha256: day.sha256, digest: day.scan.digest,
      items: day.scan.items, zone: lane.zone.name)
    let rule = try settling(lane, key)
    var outcome = rule.rebuilt(read)
    if let before, before.state.isStored, let old = before.stored {
      guard old.read.sha256 != read.sha256, old.read.at <= read.at else { return }
      outcome = rule.outcome(of: read, before: old, state: before.state)
      guard [.store, .storeKeepingOld].contains(outcome.filing) else { return }
      if outcome.filing == .storeKeepingOld { try ledger.addVersion(key, old.read) }
      try ledger.setETag(key, nil)
    }
    var row = DayRow(key: key, state: outcome.state)
    row.stored = outcome.day
    row.nextAt = outcome.nextAt
    row.workClass = outcome.nextAt == nil ? nil : .fresh
    try write(lane, row, before: before)
    lane.queue.invalidate()
  }
}
