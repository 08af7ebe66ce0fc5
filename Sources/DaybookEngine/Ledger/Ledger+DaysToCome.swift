import DaybookCore

extension Ledger {
  /// Forgets a day that was never there.
  func drop(_ key: DayKey) throws(DatabaseError) {
    for table in ["day", "etag"] {
      try database.statement("DELETE FROM \(table) WHERE account = ? AND stream = ? AND day = ?")
        .bind(key.account, key.stream, key.day.number).run()
    }
  }
}
