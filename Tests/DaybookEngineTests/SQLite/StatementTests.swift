import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Statement")
struct StatementTests {
  let folder = ScratchFolder()
  let database: Database

  init() throws {
    database = try Database(path: folder.path("t.sqlite"))
    try database.execute("CREATE TABLE t(a, b, c); CREATE TABLE u(a INTEGER NOT NULL UNIQUE)")
  }

  @Test("values may be bound in one call or in several")
  func chained() throws {
    let insert = try database.statement("INSERT INTO t VALUES (?, ?, ?)")
    try insert.bind(1).bind("two", nil).run()
    let row = try database.statement("SELECT a, b, c FROM t").first { row in
      (row.int(0), row.text(1), row.optionalInt(2))
    }
    #expect(row?.0 == 1 && row?.1 == "two" && row?.2 == nil)
  }

  @Test("a query gives each row and leaves the statement free, also when its body throws")
  func query() throws {
    for n in 1...3 { try database.statement("INSERT INTO u VALUES (?)").bind(n).run() }
    let select = "SELECT a FROM u ORDER BY a"
    var seen: [Int] = []
    try database.statement(select).query { row in seen.append(row.int(0)) }
    #expect(seen == [1, 2, 3])
    #expect(try database.statement(select).all { row in row.int(0) } == [1, 2, 3])
    let stop = DatabaseError(.other, "stop", path: "")
    let thrown = #expect(throws: DatabaseError.self) {
      try database.statement(select).query { _ throws(DatabaseError) in throw stop }
    }
    #expect(thrown == stop)
    #expect(try database.statement(select).first { row in row.int(0) } == 1)
  }

  @Test("no row is nil, not an error")
  func noRow() throws {
    #expect(try database.statement("SELECT a FROM u").first { row in row.int(0) } == nil)
  }

  @Test("after an error the statement works again")
  func afterError() throws {
    let insert = "INSERT INTO u VALUES (?)"
    try database.statement(insert).bind(1).run()
    #expect(throws: DatabaseError.self) { try database.statement(insert).bind(1).run() }
    try database.statement(insert).bind(2).run()
    #expect(try database.number("SELECT count(*) FROM u") == 2)
  }

  @Test("a statement that is no SQL says what it stumbled over")
  func grammar() throws {
    let error = #expect(throws: DatabaseError.self) { try database.statement("SELEKT 1") }
    #expect(error?.message == #"near "SELEKT": syntax error"#)
    #expect(error?.sql == "SELEKT 1")
  }

  @Test("stepping by hand ends with false and frees the statement")
  func stepping() throws {
    let statement = try database.statement("SELECT 1")
    #expect(try statement.step())
    #expect(statement.isBusy)
    #expect(try !statement.step())
    #expect(!statement.isBusy)
  }

  @Test("a statement used inside its own query traps")
  func nested() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      try database.statement("SELECT 1").query { _ throws(DatabaseError) in
        try database.statement("SELECT 1").run()
      }
    }
  }

  @Test("a missing value traps")
  func missingValue() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      try database.statement("SELECT ?, ?").bind(1).run()
    }
  }
}
