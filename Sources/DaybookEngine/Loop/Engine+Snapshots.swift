import DaybookCore

/// Snapshots: streams whose request names no day. What comes is filed under the day on which it was
/// asked for; a day that is over cannot be asked for again.
extension Engine {
  /// The first day of which a stream has rows: a snapshot has none before the first was taken, or
  /// found in the tree.
  func beginning(_ lane: Lane, _ stream: LaneStream, _ first: Day, today: Day)
    throws(DatabaseError) -> Day
  {
    guard stream.spec.isSnapshot else { return first }
    if let known = stream.row.first { return known }
    return try ledger.firstRow(account: lane.id, stream: stream.row.number) ?? today
  }

  /// The day is over: what was read of it stays, and what was not is gone.
  func closeSnapshot(_ lane: Lane, _ key: DayKey) throws(DatabaseError) {
    lane.queue.invalidate()
    guard let before = try ledger.row(key) else { return }
    var row = before
    row.workClass = nil
    row.nextAt = nil
    switch before.state {
    case .open, .final: row.state = .final
    case .missing, .failing, .refused, .beyond:
      row.state = .beyond
      row.reason = "it was not asked for on that day, and cannot be any more"
    case .damaged: break
    }
    try write(lane, row, before: before)
    try advanceResyncs(lane, key, changed: false, refused: !row.state.isStored)
  }
}
