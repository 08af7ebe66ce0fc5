import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Earlier reads")
struct VersionsTests {
  private let file = "me/steps/2016/06/2016-06-18.json"
  private let first = "me/steps/2016/06/versions/2016-06-18.20160620T100000Z.json"
  private let second = "me/steps/2016/06/versions/2016-06-18.20160620T100000Z-2.json"

  private func versions(_ fixture: ArchiveFixture) -> [String] {
    fixture.files.filter { $0.contains("/versions/") }
  }

  @Test("the same content under the same time is kept once")
  func same() throws {
    let fixture = try ArchiveFixture()
    for _ in 0..<2 {
      #expect(try fixture.store("old", asVersion: true) == nil)
      #expect(try fixture.store("old") == nil)
      #expect(try fixture.store("new", keepOld: ArchiveFixture.time()) == nil)
    }
    #expect(versions(fixture) == [first])
    #expect(fixture.text(first) == "old")
    #expect(fixture.temporaries == [])
  }

  @Test("a read that is equal to the day's needs no version: its bytes stay the day")
  func unchanged() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    try fixture.store("old", keepOld: ArchiveFixture.time(), at: ArchiveFixture.time(9))
    #expect(versions(fixture) == [])
    #expect(fixture.folder.status("archive/\(file)")?.modified == ArchiveFixture.stamped("old", 9))
    try fixture.store("odd", keepOld: ArchiveFixture.time())
    #expect(fixture.text(first) == "old")
  }

  @Test("other content under the same time gets a number, of the same size too")
  func different() throws {
    let fixture = try ArchiveFixture()
    for text in ["aaa", "bbb", "cccc"] { try fixture.store(text, asVersion: true) }
    let third = "me/steps/2016/06/versions/2016-06-18.20160620T100000Z-3.json"
    #expect(versions(fixture) == [second, third, first])
    #expect(fixture.text(first) == "aaa")
    #expect(fixture.text(second) == "bbb")
    #expect(fixture.text(third) == "cccc")
  }

  @Test("what is no file under a version's name is passed by")
  func obstructed() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/\(first)")
    #expect(try fixture.store("a", asVersion: true) == nil)
    #expect(fixture.text(second) == "a")
  }

  @Test("numbers have an end, and then the day is left alone")
  func tooMany() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("day")
    for n in 0..<Limits.versionsOfOneSecond {
      #expect(try fixture.store("\(n)", asVersion: true) == nil)
    }
    let failure = try fixture.store("one more", asVersion: true)
    #expect(failure?.kind == "failed")
    #expect(failure?.text.contains("too many versions") == true)
    #expect(fixture.text(file) == "day")
    #expect(fixture.temporaries == [])
  }

  @Test("a folder of versions that is a link is refused, and the day stays as it was")
  func linkAttack() throws {
    let fixture = try ArchiveFixture()
    let outside = ScratchFolder()
    try fixture.store("old")
    fixture.folder.link("\(ArchiveFixture.june)/versions", to: outside.path)
    #expect(try fixture.store("new", keepOld: ArchiveFixture.time())?.kind == "obstructed")
    #expect(fixture.text(file) == "old")
    #expect(outside.tree == [])
    #expect(fixture.temporaries == [])
  }

  /// File systems without second names, as link(2) reports them.
  private static let noLinks = [EPERM, EOPNOTSUPP, ENOSYS, EMLINK]

  @Test("where a file can have one name only the old read is copied", arguments: noLinks)
  func copied(code: Int32) throws {
    let fixture = try ArchiveFixture()
    fixture.recorder.set(
      .rule { operation in
        if case .link = operation { return code }
        return 0
      })
    try fixture.store("old")
    #expect(
      try fixture.store("new", keepOld: ArchiveFixture.time(), at: ArchiveFixture.time(9)) == nil)
    #expect(try fixture.store("v", at: ArchiveFixture.time(), asVersion: true) == nil)
    #expect(try fixture.store("v", at: ArchiveFixture.time(), asVersion: true) == nil)
    #expect(fixture.text(file) == "new")
    #expect(versions(fixture) == [second, first])
    #expect(fixture.text(first) == "old")
    #expect(fixture.text(second) == "v")
    #expect(fixture.folder.permissions("archive/\(first)") == 0o640)
    #expect(fixture.folder.status("archive/\(first)")?.modified == ArchiveFixture.stamped("old"))
    #expect(fixture.temporaries == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("a copy that fails leaves nothing, and the day as it was")
  func copyFails() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new", keepOld: ArchiveFixture.time())
    fixture.recorder.set(
      .rule { operation in
        switch operation {
        case .link: EPERM
        case .write: ENOSPC
        default: 0
        }
      })
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "full")
    #expect(fixture.text(file) == "old")
    #expect(fixture.files == [file])
  }
}
