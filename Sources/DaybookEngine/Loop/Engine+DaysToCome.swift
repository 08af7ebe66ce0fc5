import DaybookCore

/// Days that have not begun: somebody had set the clock ahead, and nothing contradicted it.
extension Engine {
  /// Takes back rows of which nothing is held, damaged ones too: nobody can give them again. What is
  /// held waits until its day has begun. Not those of tomorrow: today never moves back, and who travels west has been there already.
  func forgetDaysToCome(_ lane: Lane, today: Day) throws(DatabaseError) {
    guard health.clockIsProven, !lane.busy.contains(where: { $0.day > today + 1 }) else { return }
    for i in lane.streams.indices {
      guard let first = lane.streams[i].row.first, let last = lane.streams[i].row.last else {
        continue
      }
      let kept = max(first, today + 1)
      guard last > kept else { continue }
      try forget(lane, i, from: kept + 1, to: last)
      lane.streams[i].row.last = kept
      lane.streams[i].isDirty = true
      lane.queue.invalidate()
      touch(lane)
    }
    lane.today = lane.today.map { min($0, today + 1) }
  }

  private func forget(_ lane: Lane, _ i: Int, from: Day, to: Day) throws(DatabaseError) {
    let number = lane.streams[i].row.number
    for row in try ledger.rows(account: lane.id, stream: number, from: from, to: to)
    where !row.state.isStored {
      try forget(lane, row)
    }
  }

  func forget(_ lane: Lane, _ row: DayRow) throws(DatabaseError) {
    guard let i = lane.streams.firstIndex(where: { $0.row.number == row.key.stream }) else {
      return
    }
    lane.streams[i].row.counts.remove(row)
    lane.streams[i].isDirty = true
    lane.queue.invalidate()
    touch(lane)
    try advanceResyncs(lane, row.key, changed: false)
    try ledger.drop(row.key)
  }
}
