import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Spool")
struct SpoolWriterTests {
  @Test("a body is written piece by piece, hashed, and stands in its day's folder")
  func write() throws {
    let fixture = try ArchiveFixture()
    let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
    #expect(fixture.folder.permissions("\(ArchiveFixture.june)/\(writer.temporary)") == 0o600)
    for piece in ["{\"a\":", "", "1}"] { try writer.write(piece) }
    let spooled = try writer.finish()
    #expect(spooled.size == 7)
    #expect(spooled.sha256 == SHA256.digest(Array("{\"a\":1}".utf8)))
    #expect(spooled.path == ArchiveFixture.path())
    #expect(TemporaryName.finalName(spooled.temporary) == "2016-06-18.json")
    #expect(fixture.text("me/steps/2016/06/\(spooled.temporary)") == "{\"a\":1}")
    #expect(fixture.folder.permissions("\(ArchiveFixture.june)/\(spooled.temporary)") == 0o640)
  }

  @Test("an abandoned body leaves nothing, abandoned twice neither")
  func abandon() throws {
    let fixture = try ArchiveFixture()
    let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
    try writer.write("half")
    writer.abandon()
    writer.abandon()
    #expect(fixture.files == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("a body that is dropped removes itself")
  func dropped() throws {
    let fixture = try ArchiveFixture()
    do {
      let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
      try writer.write("half")
      #expect(fixture.temporaries.count == 1)
    }
    #expect(fixture.files == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("a finished body stays when its writer goes, until it is discarded")
  func discard() throws {
    let fixture = try ArchiveFixture()
    let spooled = try fixture.spool("{}")
    #expect(fixture.temporaries.count == 1)
    fixture.archive.discard(spooled)
    fixture.archive.discard(spooled)
    #expect(fixture.files == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("bodies of one day do not meet")
  func several() throws {
    let fixture = try ArchiveFixture()
    let names = try (0..<5).map { try fixture.spool("\($0)").temporary }
    #expect(Set(names).count == 5)
    #expect(fixture.temporaries.count == 5)
  }

  @Test(
    "a name that is taken, by a link or another's file, is not opened", arguments: [true, false])
  func taken(isLink: Bool) throws {
    let folder = ScratchFolder()
    _ = try ArchiveFixture.open(folder)
    folder.makeFolder(ArchiveFixture.june)
    let name = "\(ArchiveFixture.june)/" + TemporaryName.make(for: "2016-06-18.json", 5)
    folder.write("mine", to: "victim")
    if isLink {
      folder.link(name, to: folder.path("victim"))
    } else {
      #expect(link(folder.path("victim"), folder.path(name)) == 0)
    }
    let archive = try Archive(
      root: folder.path("archive"), ledgerID: "ledger-1", create: false, random: { 5 })
    #expect(throws: ArchiveFailure.self) { try archive.openSpool(for: ArchiveFixture.path()) }
    #expect(folder.text("victim") == "mine")
    #expect(archive.spools.count == 0)
  }

  @Test(
    "an error while writing removes the file and says what it means",
    arguments: [
      (ENOSPC, "full"), (EDQUOT, "full"), (EIO, "failed"), (EROFS, "failed"), (ESTALE, "away"),
    ])
  func writeError(code: Int32, kind: String) throws {
    let fixture = try ArchiveFixture()
    let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
    try writer.write("{")
    fixture.recorder.set(
      .rule { operation in
        if case .write = operation { return code }
        return 0
      })
    let failure = #expect(throws: ArchiveFailure.self) { try writer.write("}") }
    #expect(failure?.kind == kind)
    #expect(failure?.text.contains("2016-06-18") == true)
    #expect(fixture.files == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test(
    "no room for the file or its folders is full, from the first call on",
    arguments: [
      FileOperation.makeFolder("me/steps/2016"), .syncFolder("me"),
    ])
  func openError(at place: FileOperation) throws {
    let fixture = try ArchiveFixture()
    fixture.recorder.set(.rule { $0 == place ? ENOSPC : 0 })
    let failure = #expect(throws: ArchiveFailure.self) { try fixture.spool("{}") }
    #expect(failure?.kind == "full")
    #expect(fixture.files == [])
    fixture.recorder.set(.none)
    #expect(try fixture.store("{}") == nil)
  }

  @Test("an error at the end removes the file too")
  func finishError() throws {
    let fixture = try ArchiveFixture()
    fixture.recorder.set(
      .rule { operation in
        if case .setMode(let path) = operation, path.contains(".tmp-") { return EIO }
        return 0
      })
    #expect(throws: ArchiveFailure.self) { try fixture.spool("{}") }
    #expect(fixture.files == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("more bodies than descriptors are kept can wait for their storing")
  func many() throws {
    let fixture = try ArchiveFixture()
    let count = Limits.heldSpools + 20
    let items = try (0..<count).map { n in try fixture.item("[\(n)]", id: UInt64(n)) }
    let outcomes = fixture.archive.persist(items)
    #expect(outcomes.map { $0.id.number } == (0..<UInt64(count)).map { $0 })
    #expect(outcomes.allSatisfy { $0.failure == nil })
    #expect(fixture.files == ["me/steps/2016/06/2016-06-18.json"])
    #expect(fixture.text("me/steps/2016/06/2016-06-18.json") == "[\(count - 1)]")
    #expect(fixture.archive.spools.count == 0)
  }
}
