import CSQLite
import Foundation
import Testing

@testable import DaybookEngine

@Suite("Database")
struct DatabaseTests {
  let folder = ScratchFolder()
  var file: String { folder.path("ledger.sqlite") }

  @Test("a new database has a write-ahead log and every guard set")
  func pragmas() throws {
    let database = try Database(path: file)
    #expect(try database.text("PRAGMA journal_mode") == "wal")
    #expect(try database.number("PRAGMA synchronous") == 2)
    #expect(try database.number("PRAGMA foreign_keys") == 1)
    #expect(try database.number("PRAGMA trusted_schema") == 0)
    #expect(try database.number("PRAGMA cell_size_check") == 1)
    #expect(try database.number("PRAGMA temp_store") == 2)
    #expect(try database.number("PRAGMA secure_delete") == 2)
    #expect(try database.number("PRAGMA busy_timeout") == 5_000)
    #expect(try database.number("PRAGMA wal_autocheckpoint") == 4_000)
    #expect(csqlite_config_bool(database.connection, SQLITE_DBCONFIG_DEFENSIVE, -1) == SQLITE_OK)
  }

  @Test("the schema cannot be written by hand, since the connection is defensive")
  func defensive() throws {
    let database = try Database(path: file)
    try database.execute("CREATE TABLE t(a); PRAGMA writable_schema = ON")
    #expect(throws: DatabaseError.self) {
      try database.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t(b)'")
    }
  }

  @Test("rows survive closing and opening again")
  func reopen() throws {
    do {
      let database = try Database(path: file)
      try database.execute("CREATE TABLE t(a INTEGER); INSERT INTO t VALUES (7)")
    }
    #expect(try Database(path: file).number("SELECT a FROM t") == 7)
  }

  @Test("closing leaves no log behind")
  func closes() throws {
    do {
      let database = try Database(path: file)
      try database.execute("CREATE TABLE t(a)")
      _ = try database.statement("SELECT * FROM t")
    }
    #expect(folder.tree == ["ledger.sqlite"])
  }

  @Test("one text is one statement, prepared once")
  func cached() throws {
    let database = try Database(path: file)
    let first = try database.statement("SELECT 1")
    #expect(try first === database.statement("SELECT 1"))
    #expect(try first !== database.statement("SELECT 2"))
  }

  @Test("past the limit of kept statements new ones still work")
  func manyStatements() throws {
    let database = try Database(path: file)
    for n in 0..<600 {
      #expect(try database.statement("SELECT \(n)").first { row in row.int(0) } == n)
    }
  }

  @Test("last id and number of changes are those of the last statement")
  func counts() throws {
    let database = try Database(path: file)
    try database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
    for n in 1...3 {
      try database.statement("INSERT INTO t(a) VALUES (?)").bind(n).run()
      #expect(database.lastInsertID == Int64(n))
    }
    try database.statement("UPDATE t SET a = 0 WHERE id > ?").bind(1).run()
    #expect(database.changes == 2)
  }

  @Test("synchronous can be lowered and raised between transactions")
  func synchronous() throws {
    let database = try Database(path: file)
    #expect(database.synchronous == .full)
    try database.setSynchronous(.normal)
    #expect(try database.number("PRAGMA synchronous") == 1)
    try database.setSynchronous(.full)
    #expect(try database.number("PRAGMA synchronous") == 2)
  }

  @Test("the application's id is set once and then asked for")
  func applicationID() throws {
    do { _ = try Database(path: file, applicationID: 0x4461_7962) }
    do {
      let again = try Database(path: file, applicationID: 0x4461_7962)
      #expect(try again.number("PRAGMA application_id") == 0x4461_7962)
    }
    let error = #expect(throws: DatabaseError.self) {
      try Database(path: file, applicationID: 0x4461_7963)
    }
    #expect(error?.kind == .refused)
    #expect(error?.description.contains("another program's") == true)
  }

  @Test("a filled database without an id is another program's")
  func foreign() throws {
    do {
      let database = try Database(path: file)
      try database.execute("CREATE TABLE t(a)")
    }
    let error = #expect(throws: DatabaseError.self) { try Database(path: file, applicationID: 5) }
    #expect(error?.kind == .refused)
  }

  @Test("a file that is no database is named as corrupt")
  func noDatabase() {
    folder.write(String(repeating: "no database ", count: 200), to: "ledger.sqlite", mode: 0o600)
    let error = #expect(throws: DatabaseError.self) { try Database(path: file) }
    #expect(error?.kind == .corrupt)
    #expect(error?.path == folder.realPath("ledger.sqlite"))
  }

  @Test("a database that is refused is closed again")
  func closedAfterRefusal() throws {
    do { _ = try Database(path: file, applicationID: 1) }
    for _ in 0..<3 {
      #expect(throws: DatabaseError.self) { try Database(path: file, applicationID: 2) }
    }
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { fd in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(fd)")
      return target?.hasPrefix(folder.realPath("")) == true
    }
    #expect(open == [])
  }
}
