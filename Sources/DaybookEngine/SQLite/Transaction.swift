import CSQLite

extension Database {
  public var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

  /// Takes the write lock at once, so that no later statement can be refused for it.
  public func begin() throws(DatabaseError) {
    precondition(!isInTransaction, "a transaction inside a transaction")
    try statement("BEGIN IMMEDIATE").run()
  }

  /// Makes the transaction hold. After an error nothing of it does: it is rolled back.
  public func commit() throws(DatabaseError) {
    precondition(isInTransaction, "commit without a transaction")
    do {
      try statement("COMMIT").run()
    } catch {
      rollback()
      throw error
    }
  }

  /// Undoes the transaction. Does nothing when SQLite has done so itself, as it does after some
  /// errors (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
  public func rollback() {
    guard isInTransaction else { return }
    // It can only fail by what ends the transaction all the same.
    _ = sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
  }

  /// Commits what `body` did, or rolls back and passes its error on.
  public func transaction<T>(
    _ body: () throws(DatabaseError) -> T
  ) throws(DatabaseError) -> T {
    try begin()
    let result: T
    do {
      result = try body()
    } catch {
      rollback()
      throw error
    }
    try commit()
    return result
  }
}
