import CSQLite
import Glibc

/// Why SQLite, or a check of ours around it, refused. It never holds a bound value.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    /// No space or quota left; nothing of the transaction was kept.
    case full
    /// The file cannot be opened, read, written or synced.
    case io
    /// The file is no database, or a damaged one.
    case corrupt
    /// Another connection holds the lock.
    case busy
    case constraint
    /// Our own wrong use of the library.
    case misuse
    /// Not a file to work with: a link, too open, another program's, or of a newer version.
    case refused
    case other
  }
  public var kind: Kind
  /// SQLite's extended result code (https://sqlite.org/rescode.html); 0 for a check of ours.
  public var code: Int32
  public var message: String
  /// The database file.
  public var path: String
  /// The statement as written, with its placeholders; cut after 200 characters.
  public var sql: String?

  public init(_ kind: Kind, code: Int32 = 0, _ message: String, path: String, sql: String? = nil) {
    self.kind = kind
    self.code = code
    self.message = message
    self.path = path
    self.sql = sql.map { String($0.prefix(200)) }
  }

  /// The error that the connection has just reported.
  init(_ database: OpaquePointer?, code: Int32, sql: String? = nil) {
    let extended = database.map { sqlite3_extended_errcode($0) } ?? code
    let systemError = database.map { sqlite3_system_errno($0) } ?? 0
    let message = database.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
    let path = database.flatMap { sqlite3_db_filename($0, "main") }.map { String(cString: $0) }
    self.init(
      Kind(code: extended, systemError: systemError), code: extended, message, path: path ?? "",
      sql: sql)
  }

  public var description: String {
    let place = sql.map { ", in: \($0)" } ?? ""
    let number = code == 0 ? "" : " (\(kind.rawValue), SQLite code \(code))"
    return "\(path): \(message)\(number)\(place)"
  }
}

extension DatabaseError.Kind {
  /// `systemError` is errno of the failed file operation: SQLite reports ENOSPC as full, but EDQUOT
  /// and a full disk under the shared-memory file as an input/output error.
  init(code: Int32, systemError: Int32) {
    switch code & 0xff {
    case SQLITE_FULL: self = .full
    case SQLITE_IOERR where systemError == ENOSPC || systemError == EDQUOT: self = .full
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: self = .io
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_CONSTRAINT: self = .constraint
    case SQLITE_MISUSE, SQLITE_RANGE: self = .misuse
    default: self = .other
    }
  }
}
