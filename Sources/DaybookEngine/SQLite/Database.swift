import CSQLite
import DaybookCore

/// One connection to one SQLite file, private to its user (0600), in WAL mode. It is confined to
/// the queue of its owner; nothing else may open the file while it is open, since two connections
/// that write and checkpoint can lose commits before SQLite 3.51.3
/// (https://sqlite.org/wal.html#walresetbug).
public final class Database {
  public enum Synchronous: Int, Sendable {
    /// A commit survives the process, and a loss of power may take the last ones back.
    case normal = 1
    /// A commit that returned survives a loss of power.
    case full = 2
  }

  let connection: OpaquePointer
  /// With links of the folder resolved.
  public let path: String
  public private(set) var synchronous: Synchronous
  private var statements: [String: Statement] = [:]

  /// Opens or makes the file.
  /// - Throws: `.refused` for a link, a file that others can read, or another application's
  ///   database (`applicationID` 0: any); `.corrupt` for what is no database; `.io`, `.full`.
  public init(path: String, applicationID: Int32 = 0) throws(DatabaseError) {
    let real = try DatabaseFile.prepare(path)
    self.path = real
    self.connection = try Database.open(real)
    self.synchronous = .full
    try configure()
    try claim(applicationID)
    // An error on the way to the log may be passed over, and then commits are not what they seem.
    guard try text("PRAGMA journal_mode") == "wal" else {
      throw DatabaseError(.io, "did not take up its write-ahead log: start again", path: path)
    }
    // What a process that ended had written and not synced is read as if it were there for good: now
    // it is, before anybody relies on it.
    try execute("PRAGMA wal_checkpoint(PASSIVE)")
    try DatabaseFile.syncFolder(of: real)
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(connection)
  }

  private static func open(_ path: String) throws(DatabaseError) -> OpaquePointer {
    var opened: OpaquePointer?
    // Confined to one queue: SQLite's own mutexes would only cost time.
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let opened else {
      let error = DatabaseError(opened, code: code)
      sqlite3_close_v2(opened)
      throw error
    }
    return opened
  }

  // The file may have been written by anyone who could: nothing in its schema is to run code.
  private func configure() throws(DatabaseError) {
    csqlite_config_bool(connection, SQLITE_DBCONFIG_DEFENSIVE, 1)
    sqlite3_busy_timeout(connection, Int32(Limits.databaseLockTimeout.inMicroseconds / 1000))
    try execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    let mode = try text("PRAGMA journal_mode = WAL")
    guard mode == "wal" else {
      let why = "cannot be used with a write-ahead log on this file system (\(mode ?? "no mode"))"
      throw DatabaseError(.io, why, path: path)
    }
    // Temporary tables stay in memory, deleted tokens are overwritten where it costs no read.
    try execute(
      """
      PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
      PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = \(Limits.databaseLogPages);
      PRAGMA journal_size_limit = \(Limits.databaseLogBytes)
      """)
  }

  private func claim(_ applicationID: Int32) throws(DatabaseError) {
    guard applicationID != 0 else { return }
    let found = try number("PRAGMA application_id")
    if found == Int(applicationID) { return }
    let schema = try number("PRAGMA schema_version")
    guard found == 0 && schema == 0 else {
      throw DatabaseError(.refused, "is another program's database", path: path)
    }
    try execute("PRAGMA application_id = \(applicationID)")
  }

  // MARK: Statements

  /// Runs one or more statements of fixed text, for schema and settings. Rows are ignored.
  public func execute(_ sql: String) throws(DatabaseError) {
    let code = sqlite3_exec(connection, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(connection, code: code, sql: sql) }
  }

  /// The statement of this text, prepared once and kept. Traps when it is in use already: a query
  /// inside its own rows would lose its place.
  public func statement(_ sql: String) throws(DatabaseError) -> Statement {
    if let kept = statements[sql] {
      precondition(!kept.isBusy, "statement used inside its own query: \(sql)")
      kept.reset()
      return kept
    }
    let made = try Statement(connection, sql)
    if statements.count < Limits.databaseStatements { statements[sql] = made }
    return made
  }

  func number(_ sql: String) throws(DatabaseError) -> Int {
    try Statement(connection, sql).first { row in row.int(0) } ?? 0
  }
  func text(_ sql: String) throws(DatabaseError) -> String? {
    try Statement(connection, sql).first { row in row.text(0) }
  }

  /// The rowid of the latest INSERT.
  public var lastInsertID: Int64 { sqlite3_last_insert_rowid(connection) }
  /// Rows changed by the latest INSERT, UPDATE or DELETE.
  public var changes: Int { Int(sqlite3_changes64(connection)) }

  /// What the following commits survive. Traps inside a transaction, where SQLite ignores it.
  public func setSynchronous(_ level: Synchronous) throws(DatabaseError) {
    precondition(!isInTransaction, "synchronous changed inside a transaction")
    guard level != synchronous else { return }
    try execute("PRAGMA synchronous = \(level.rawValue)")
    synchronous = level
  }
}
