import Glibc
import Testing

@testable import DaybookEngine

@Suite("Database maintenance")
struct MaintenanceTests {
  let folder = ScratchFolder()
  var file: String { folder.path("t.sqlite") }
  let steps = ["CREATE TABLE a(x); CREATE TABLE b(x)", "ALTER TABLE a ADD COLUMN y"]

  @Test("steps run once each, whenever they come")
  func migrate() throws {
    let database = try Database(path: file)
    try database.migrate(Array(steps.prefix(1)))
    #expect(try database.number("PRAGMA user_version") == 1)
    try database.migrate(steps)
    try database.migrate(steps)
    #expect(try database.number("PRAGMA user_version") == 2)
    try database.execute("INSERT INTO a(x, y) VALUES (1, 2)")
  }

  @Test("a step that fails leaves the version before it, and can be run again")
  func failingStep() throws {
    let database = try Database(path: file)
    #expect(throws: DatabaseError.self) {
      try database.migrate([steps[0], "CREATE TABLE c(x); CREATE TABLE a(x)"])
    }
    #expect(try database.number("PRAGMA user_version") == 1)
    #expect(try database.number("SELECT count(*) FROM sqlite_schema") == 2)
    try database.migrate(steps)
    #expect(try database.number("PRAGMA user_version") == 2)
  }

  @Test("a newer program's database is refused and left alone")
  func newer() throws {
    let database = try Database(path: file)
    try database.migrate(steps)
    let error = #expect(throws: DatabaseError.self) { try database.migrate([steps[0]]) }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("version 2") == true)
    #expect(try database.number("PRAGMA user_version") == 2)
  }

  @Test("a checkpoint empties the log")
  func checkpoint() throws {
    let database = try Database(path: file)
    try database.migrate(steps)
    #expect(size("t.sqlite-wal") > 0)
    try database.checkpoint()
    #expect(size("t.sqlite-wal") == 0)
    #expect(try database.number("SELECT count(*) FROM a") == 0)
  }

  private func size(_ name: String) -> Int {
    var status = stat()
    return lstat(folder.path(name), &status) == 0 ? Int(status.st_size) : -1
  }

  @Test("a sound database has no findings")
  func sound() throws {
    let database = try Database(path: file)
    try database.migrate(steps)
    #expect(try database.quickCheck() == [])
  }

  @Test("an altered page is found")
  func damaged() throws {
    do {
      let database = try Database(path: file)
      try database.execute("CREATE TABLE t(a TEXT)")
      for _ in 0..<2_000 { try database.statement("INSERT INTO t VALUES ('some text')").run() }
    }
    let handle = open(file, O_RDWR)
    let rubbish = [UInt8](repeating: 0xa5, count: 4_096)
    #expect(pwrite(handle, rubbish, 4_096, 3 * 4_096) == 4_096)
    close(handle)
    let database = try Database(path: file)
    let found = Result { try database.quickCheck() }
    switch found {
    case .success(let lines): #expect(!lines.isEmpty)
    case .failure(let error): #expect((error as? DatabaseError)?.kind == .corrupt)
    }
  }
}
