import DaybookCore

/// Resyncs: each a row with an id and its days, so that they survive a restart.
extension Ledger {
  func addResync(account: Int, days: [DayKey], now: Instant) throws(DatabaseError) -> Int {
    try database.statement("INSERT INTO resync (account, asked_at, total) VALUES (?, ?, ?)")
      .bind(account, Int(now.seconds), days.count).run()
    let id = Int(database.lastInsertID)
    let insert = try database.statement(
      "INSERT INTO resync_day (account, stream, day, resync) VALUES (?, ?, ?, ?)")
    for key in days {
      try insert.bind(key.account, key.stream, key.day.number, id).run()
    }
    return id
  }

  /// Resyncs that wait for this day.
  func resyncs(of key: DayKey) throws(DatabaseError) -> [Int] {
    try database.statement(
      "SELECT resync FROM resync_day WHERE account = ? AND stream = ? AND day = ? ORDER BY resync"
    ).bind(key.account, key.stream, key.day.number)
      .all { (row) throws(DatabaseError) in row.int(0) }
  }

  /// A day had its good read or its verdict: counts it in each of these resyncs, and ends the ones
  /// that have no day left.
  func advanceResyncs(_ ids: [Int], _ key: DayKey, changed: Bool, refused: Bool)
    throws(DatabaseError)
  {
    try database.statement("DELETE FROM resync_day WHERE account = ? AND stream = ? AND day = ?")
      .bind(key.account, key.stream, key.day.number).run()
    for id in ids {
      try database.statement(
        """
        UPDATE resync SET done = done + 1, changed = changed + ?, refused = refused + ?
        WHERE id = ?
        """
      ).bind(changed ? 1 : 0, refused ? 1 : 0, id).run()
    }
  }

  func resync(_ id: Int) throws(DatabaseError) -> ResyncProgress? {
    try database.statement("SELECT total, done, changed, refused FROM resync WHERE id = ?")
      .bind(id).first { (row) throws(DatabaseError) in
        var progress = ResyncProgress(id: id, total: row.int(0))
        progress.done = row.int(1)
        progress.changed = row.int(2)
        progress.refused = row.int(3)
        progress.state = progress.done >= progress.total ? .done : .working
        return progress
      }
  }

  /// Ended resyncs older than a month are forgotten.
  func forgetResyncs(before moment: Instant) throws(DatabaseError) {
    try database.statement("DELETE FROM resync WHERE done >= total AND asked_at < ?")
      .bind(Int(moment.seconds)).run()
  }

  /// An account that is gone takes its unfinished resyncs with it.
  func dropResyncs(account: Int) throws(DatabaseError) {
    try database.statement("DELETE FROM resync_day WHERE account = ?").bind(account).run()
    try database.statement("DELETE FROM resync WHERE account = ?").bind(account).run()
  }
}

extension Ledger {
  func resyncAccount(_ id: Int) throws(DatabaseError) -> Int? {
    try database.statement("SELECT account FROM resync WHERE id = ?")
      .bind(id).first { (row) throws(DatabaseError) in row.int(0) }
  }
}
