import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Columns of a row")
struct ColumnsTests {
  let folder = ScratchFolder()
  let database: Database

  init() throws { database = try Database(path: folder.path("t.sqlite")) }

  @Test("each column is read by its place, as the type that is asked for")
  func places() throws {
    let sql = "SELECT 1, 'two', x'03', NULL, 0"
    try database.statement(sql).query { row in
      #expect(row.int(0) == 1 && row.bool(0))
      #expect(row.text(1) == "two")
      #expect(row.blob(2) == [3])
      #expect(row.isNull(3) && !row.isNull(0))
      #expect(!row.bool(4))
      #expect(row.optionalInt(0) == 1 && row.optionalInt(3) == nil)
      #expect(row.optionalText(1) == "two" && row.optionalText(3) == nil)
      #expect(row.optionalBlob(2) == [3] && row.optionalBlob(3) == nil)
    }
  }

  @Test("NULL where a value is promised traps")
  func nullPromised() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      _ = try database.statement("SELECT NULL").first { row in row.int(0) }
    }
  }

  @Test("a column that is not there traps")
  func noColumn() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      _ = try database.statement("SELECT 1").first { row in row.int(1) }
    }
  }

  @Test("reading without a row traps")
  func noRow() async {
    await #expect(processExitsWith: .failure) {
      let folder = ScratchFolder()
      let database = try Database(path: folder.path("t.sqlite"))
      _ = try database.statement("SELECT 1").int(0)
    }
  }
}
