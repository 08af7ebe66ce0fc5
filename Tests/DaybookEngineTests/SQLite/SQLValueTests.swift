import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Values in statements")
struct SQLValueTests {
  let folder = ScratchFolder()
  let database: Database

  init() throws { database = try Database(path: folder.path("t.sqlite")) }

  /// What SQLite gives back for one bound value.
  private func echo<T>(_ value: (any SQLValue)?, _ read: (Statement) -> T) throws -> T? {
    try database.statement("SELECT ?").bind(value).first { row in read(row) }
  }

  @Test("integers keep all 64 bits", arguments: [0, 1, -1, Int.max, Int.min])
  func integers(value: Int) throws {
    #expect(try echo(value) { $0.int(0) } == value)
    #expect(try echo(Int64(value)) { $0.int(0) } == value)
  }

  @Test("text keeps every byte, NUL included", arguments: ["", "a", "día 日", "a\0b", "'; DROP"])
  func text(value: String) throws {
    #expect(try echo(value) { $0.text(0) } == value)
    #expect(try echo(value) { $0.isNull(0) } == false)
  }

  @Test("blobs keep every byte, and an empty one is not NULL", arguments: [0, 1, 255, 100_000])
  func blobs(count: Int) throws {
    let value = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try echo(value) { $0.blob(0) } == value)
    #expect(try echo(value) { $0.isNull(0) } == false)
  }

  @Test("nil is NULL, whatever it would have been")
  func null() throws {
    #expect(try echo(nil) { $0.isNull(0) } == true)
    #expect(try echo(nil as Int?) { $0.optionalInt(0) == nil } == true)
    #expect(try echo(nil as String?) { $0.optionalText(0) == nil } == true)
    #expect(try echo(nil as [UInt8]?) { $0.optionalBlob(0) == nil } == true)
  }

  @Test("truth, days, moments and digests have one form each")
  func vocabulary() throws {
    #expect(try echo(true) { $0.bool(0) } == true)
    #expect(try echo(false) { $0.int(0) } == 0)
    #expect(try echo(Day(number: 17_000)) { $0.int(0) } == 17_000)
    #expect(try echo(Instant(microseconds: -5)) { $0.int(0) } == -5)
    let digest = SHA256.digest([1])
    #expect(try echo(digest) { $0.blob(0) } == digest.bytes)
  }
}
