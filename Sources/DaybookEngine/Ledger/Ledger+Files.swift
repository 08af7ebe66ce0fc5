import DaybookCore

/// What the archive should hold.
extension Ledger {
  /// What is known of the files of a stream's days between two days, both included, by day.
  func files(
    account: Int, stream: Int, from: Day, to: Day, _ body: (CheckRow, DayState) -> Void
  ) throws(DatabaseError) {
    try database.statement(
      """
      SELECT day, state, size, sha256, fetched_at FROM day
      WHERE account = ? AND stream = ? AND day BETWEEN ? AND ? AND sha256 IS NOT NULL ORDER BY day
      """
    ).bind(account, stream, from.number, to.number).query { (row) throws(DatabaseError) in
      guard let state = DayState(rawValue: row.int(1)), let sha256 = Digest(row.blob(3)) else {
        fatalError("a day in no state, or with no digest")
      }
      let file = CheckRow(
        day: Day(number: row.int(0)), size: Int64(row.int(2)), sha256: sha256,
        fetchedAt: Instant(seconds: Int64(row.int(4))))
      body(file, state)
    }
  }
}
