import CSQLite
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Database errors")
struct DatabaseErrorTests {
  static let kinds: [(code: Int32, systemError: Int32, kind: DatabaseError.Kind)] = [
    (SQLITE_FULL, 0, .full),
    (778 /* SQLITE_IOERR_WRITE */, ENOSPC, .full),
    (778, EDQUOT, .full),
    (778, EIO, .io),
    (1034 /* SQLITE_IOERR_FSYNC */, EIO, .io),
    (SQLITE_CANTOPEN, 0, .io),
    (SQLITE_READONLY, 0, .io),
    (SQLITE_PERM, 0, .io),
    (SQLITE_CORRUPT, 0, .corrupt),
    (SQLITE_NOTADB, 0, .corrupt),
    (261 /* SQLITE_BUSY_RECOVERY */, 0, .busy),
    (SQLITE_LOCKED, 0, .busy),
    (2067 /* SQLITE_CONSTRAINT_UNIQUE */, 0, .constraint),
    (SQLITE_MISUSE, 0, .misuse),
    (SQLITE_RANGE, 0, .misuse),
    (SQLITE_NOMEM, 0, .other),
    (SQLITE_ERROR, ENOSPC, .other),
  ]

  @Test("a result code and errno make one kind", arguments: kinds)
  func kind(code: Int32, systemError: Int32, kind: DatabaseError.Kind) {
    #expect(DatabaseError.Kind(code: code, systemError: systemError) == kind)
  }

  @Test("no bound value shows in an error")
  func noValues() throws {
    let folder = ScratchFolder()
    let database = try Database(path: folder.path("t.sqlite"))
    try database.execute("CREATE TABLE t(token TEXT NOT NULL UNIQUE) STRICT")
    let insert = "INSERT INTO t VALUES (?)"
    try database.statement(insert).bind("canary-1").run()
    for value in ["canary-1", nil] as [String?] {
      let error = #expect(throws: DatabaseError.self) {
        try database.statement(insert).bind(value).run()
      }
      #expect(error?.kind == .constraint)
      #expect(error?.sql == insert)
      #expect(error?.description.contains("canary") == false)
      #expect(error?.description.contains("t.sqlite") == true)
    }
    let wrongType = #expect(throws: DatabaseError.self) {
      try database.statement(insert).bind(Array("canary-2".utf8)).run()
    }
    #expect(wrongType?.description.contains("canary") == false)
  }

  @Test("a long statement is cut")
  func long() {
    let error = DatabaseError(.other, "m", path: "p", sql: String(repeating: "x", count: 5_000))
    #expect(error.sql?.count == 200)
    #expect(error.description == "p: m, in: " + String(repeating: "x", count: 200))
  }
}
