import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Failed syncs")
struct SyncFailureTests {
  private let file = "me/steps/2016/06/2016-06-18.json"

  private func failing(
    _ fixture: ArchiveFixture, _ code: Int32, _ rule: @escaping @Sendable (FileOperation) -> Bool
  ) {
    fixture.recorder.forget()
    fixture.recorder.set(.rule { rule($0) ? code : 0 })
  }
  private func count(_ fixture: ArchiveFixture, _ operation: FileOperation) -> Int {
    fixture.recorder.operations.filter { $0 == operation }.count
  }

  @Test("a file's failed sync is not tried again: the body is dropped and the old day stays")
  func failedFile() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let items = [try fixture.item("new", id: 1), try fixture.item("next", "2016-06-19", id: 2)]
    let bad = "me/steps/2016/06/\(items[0].spooled.temporary)"
    failing(fixture, EIO) { $0 == .syncFile(bad) }
    let outcomes = fixture.archive.persist(items)
    #expect(outcomes.map { $0.failure?.kind } == ["syncFailed", nil])
    #expect(count(fixture, .syncFile(bad)) == 1)
    #expect(fixture.text(file) == "old")
    #expect(fixture.text("me/steps/2016/06/2016-06-19.json") == "next")
    #expect(fixture.temporaries == [])
  }

  @Test("an interrupted sync is a failed sync")
  func interrupted() throws {
    let fixture = try ArchiveFixture()
    let item = try fixture.item("new")
    failing(fixture, EINTR) { $0.isSync }
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "syncFailed")
  }

  @Test(
    "a sync that finds the disk full is a full disk, not a broken one",
    arguments: [
      ENOSPC, EDQUOT,
    ])
  func full(code: Int32) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new")
    failing(fixture, code) { $0.isSync }
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "full")
    #expect(fixture.text(file) == "old")
    #expect(fixture.temporaries == [])
  }

  @Test("an error when a file is closed counts like a failed sync")
  func closing() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new")
    failing(fixture, EIO) { operation in
      if case .close = operation { return true }
      return false
    }
    let failure = fixture.archive.persist([item]).first?.failure
    #expect(failure?.kind == "syncFailed")
    #expect(fixture.text(file) == "old")
  }

  @Test("a folder's failed sync is the failure of all its days, once, and of no others")
  func failedFolder() throws {
    let fixture = try ArchiveFixture()
    let items = [
      try fixture.item("a", "2016-06-18", id: 1), try fixture.item("b", "2016-07-01", id: 2),
      try fixture.item("c", "2016-06-19", id: 3),
    ]
    failing(fixture, EIO) { $0 == .syncFolder("me/steps/2016/06") }
    let outcomes = fixture.archive.persist(items)
    #expect(outcomes.map { $0.failure?.kind } == ["syncFailed", nil, "syncFailed"])
    #expect(count(fixture, .syncFolder("me/steps/2016/06")) == 1)
    #expect(fixture.temporaries == [])
  }

  @Test("when the kept read cannot be made durable the day is not replaced")
  func versions() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new", keepOld: ArchiveFixture.time())
    failing(fixture, EIO) { $0 == .syncFolder("me/steps/2016/06/versions") }
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "syncFailed")
    #expect(fixture.text(file) == "old")
    #expect(fixture.temporaries == [])
  }
}
