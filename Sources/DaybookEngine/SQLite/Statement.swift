import CSQLite

/// A prepared statement: bind, then ``run()``, ``step()`` or one of the queries. It belongs to the
/// queue of its ``Database``, which keeps it for the next use of the same text.
///
/// Wrong use traps, since it is ours: a wrong number of values, the same statement used again
/// within its own query, NULL read where a value is promised.
public final class Statement {
  private let handle: OpaquePointer
  var row: OpaquePointer { handle }
  var columns: Int { Int(sqlite3_column_count(handle)) }
  private let parameters: Int
  private var bound = 0
  /// Between the first step and the reset.
  private(set) var isBusy = false

  public let sql: String

  /// Traps when `sql` holds more than one statement; throws what SQLite says about its grammar.
  init(_ database: OpaquePointer, _ sql: String) throws(DatabaseError) {
    var prepared: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = sqlite3_prepare_v3(database, sql, -1, flags, &prepared, nil)
    guard code == SQLITE_OK else { throw DatabaseError(database, code: code, sql: sql) }
    guard let prepared else { preconditionFailure("no statement in: \(sql)") }
    self.handle = prepared
    self.sql = sql
    self.parameters = Int(sqlite3_bind_parameter_count(prepared))
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Values in

  /// Binds the next parameters, in order. May be called again for further ones.
  @discardableResult
  public func bind(_ values: (any SQLValue)?...) -> Statement {
    for value in values { bind(next: value) }
    return self
  }

  private func bind(next value: (any SQLValue)?) {
    precondition(!isBusy, "values bound to a statement in use: \(sql)")
    precondition(bound < parameters, "more than \(parameters) values for: \(sql)")
    bound += 1
    let index = Int32(bound)
    let code = value?.bind(to: handle, at: index) ?? sqlite3_bind_null(handle, index)
    precondition(code == SQLITE_OK, "value \(bound) cannot be bound (code \(code)): \(sql)")
  }

  // MARK: Running

  /// Runs to the end, whatever rows come, and resets.
  public func run() throws(DatabaseError) {
    defer { reset() }
    while try step() {}
  }

  /// True: a row can be read. False: done, and the statement is reset.
  public func step() throws(DatabaseError) -> Bool {
    precondition(bound == parameters, "\(bound) of \(parameters) values bound for: \(sql)")
    isBusy = true
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    // The error is read first: a reset may overwrite it.
    let error = code == SQLITE_DONE ? nil : failure(code)
    reset()
    if let error { throw error }
    return false
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(sqlite3_db_handle(handle), code: code, sql: sql)
  }

  /// Ends the use of the statement and forgets the values bound to it.
  public func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    bound = 0
    isBusy = false
  }

  // MARK: Queries

  /// Calls `body` for each row, then resets, also after an error.
  public func query(_ body: (Statement) throws(DatabaseError) -> Void) throws(DatabaseError) {
    defer { reset() }
    while try step() { try body(self) }
  }

  /// What `body` makes of each row.
  public func all<T>(_ body: (Statement) throws(DatabaseError) -> T) throws(DatabaseError) -> [T] {
    defer { reset() }
    var rows: [T] = []
    while try step() { rows.append(try body(self)) }
    return rows
  }

  /// What `body` makes of the first row; nil when there is none.
  public func first<T>(_ body: (Statement) throws(DatabaseError) -> T) throws(DatabaseError) -> T? {
    defer { reset() }
    return try step() ? try body(self) : nil
  }
}
