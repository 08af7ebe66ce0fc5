import CSQLite

extension Database {
  /// Brings the schema to the newest version: step `i` (from 0) leads from version `i` to `i + 1`,
  /// in a transaction of its own, so that a kill in between resumes there. Steps are never changed
  /// once released.
  /// - Throws: `.refused` when a newer program has written the file.
  public func migrate(_ steps: [String]) throws(DatabaseError) {
    precondition(synchronous == .full, "a schema is changed with synchronous FULL")
    let version = try number("PRAGMA user_version")
    guard version <= steps.count else {
      let why = "has version \(version), this program knows \(steps.count): install the newer one"
      throw DatabaseError(.refused, why, path: path)
    }
    for (index, step) in steps.enumerated().dropFirst(version) {
      try transaction { () throws(DatabaseError) in
        try execute(step)
        try execute("PRAGMA user_version = \(index + 1)")
      }
    }
  }

  /// Moves the whole log into the database and empties it.
  public func checkpoint() throws(DatabaseError) {
    let mode = SQLITE_CHECKPOINT_TRUNCATE
    let code = sqlite3_wal_checkpoint_v2(connection, nil, mode, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(connection, code: code) }
  }

  /// What `PRAGMA quick_check` finds wrong, at most 100 lines; empty when the file is sound.
  public func quickCheck() throws(DatabaseError) -> [String] {
    let lines = try Statement(connection, "PRAGMA quick_check").all { row in row.text(0) }
    return lines == ["ok"] ? [] : lines
  }
}
