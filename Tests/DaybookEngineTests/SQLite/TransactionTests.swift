import Testing

@testable import DaybookEngine

@Suite("Transaction")
struct TransactionTests {
  let folder = ScratchFolder()
  let database: Database

  init() throws {
    database = try Database(path: folder.path("t.sqlite"))
    try database.execute(
      """
      CREATE TABLE t(a INTEGER UNIQUE);
      CREATE TABLE child(a INTEGER REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED)
      """)
  }

  private func insert(_ n: Int) throws(DatabaseError) {
    try database.statement("INSERT INTO t VALUES (?)").bind(n).run()
  }
  private var count: Int { get throws { try database.number("SELECT count(*) FROM t") } }

  @Test("what was committed is there, what was rolled back is not")
  func commitAndRollback() throws {
    try database.begin()
    #expect(database.isInTransaction)
    try insert(1)
    try database.commit()
    #expect(!database.isInTransaction)
    try database.begin()
    try insert(2)
    database.rollback()
    #expect(!database.isInTransaction)
    #expect(try count == 1)
  }

  @Test("a body that throws leaves nothing, and its error arrives")
  func bodyThrows() throws {
    let error = #expect(throws: DatabaseError.self) {
      try database.transaction { () throws(DatabaseError) in
        try insert(1)
        try insert(1)
      }
    }
    #expect(error?.kind == .constraint)
    #expect(!database.isInTransaction)
    #expect(try count == 0)
  }

  @Test("a body's value is passed on")
  func value() throws {
    let n = try database.transaction { () throws(DatabaseError) in
      try insert(5)
      return try database.statement("SELECT a FROM t").first { row in row.int(0) }
    }
    #expect(n == 5)
  }

  @Test("a commit that fails leaves no transaction and nothing of it")
  func commitFails() throws {
    try database.begin()
    try insert(1)
    try database.execute("INSERT INTO child VALUES (99)")
    let error = #expect(throws: DatabaseError.self) { try database.commit() }
    #expect(error?.kind == .constraint)
    #expect(!database.isInTransaction)
    #expect(try count == 0)
    try database.transaction { () throws(DatabaseError) in try insert(2) }
    #expect(try count == 1)
  }

  @Test("rolling back twice does no harm")
  func twice() throws {
    try database.begin()
    database.rollback()
    database.rollback()
    #expect(!database.isInTransaction)
  }

  @Test("a full database undoes the transaction and says so")
  func full() throws {
    try database.execute("CREATE TABLE big(b BLOB)")
    let pages = try database.number("PRAGMA page_count")
    try database.execute("PRAGMA max_page_count = \(pages + 4)")
    let error = #expect(throws: DatabaseError.self) {
      try database.transaction { () throws(DatabaseError) in
        try insert(1)
        let blob = [UInt8](repeating: 1, count: 100_000)
        try database.statement("INSERT INTO big VALUES (?)").bind(blob).run()
      }
    }
    #expect(error?.kind == .full)
    #expect(!database.isInTransaction)
    #expect(try count == 0)
  }

  @Test("another connection's lock is reported as busy")
  func busy() throws {
    try database.begin()
    let other = try Database(path: folder.path("t.sqlite"))
    try other.execute("PRAGMA busy_timeout = 1")
    let error = #expect(throws: DatabaseError.self) { try other.begin() }
    #expect(error?.kind == .busy)
    database.rollback()
    try other.begin()
    other.rollback()
  }

  @Test("a transaction inside a transaction traps")
  func nested() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      try database.begin()
      try database.begin()
    }
  }

  @Test("changing synchronous inside a transaction traps")
  func synchronousInside() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      try database.begin()
      try database.setSynchronous(.normal)
    }
  }
}
