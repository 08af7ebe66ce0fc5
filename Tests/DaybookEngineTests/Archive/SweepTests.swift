import Glibc
import Testing

@testable import DaybookEngine

@Suite("Sweeping leftovers")
struct SweepTests {
  private let old = ".2016-06-18.json.tmp-00000000000000aa"

  @Test("leftovers go wherever writing happens, and nothing else goes")
  func sweep() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    try fixture.store("{}", asVersion: true)
    let stays = [
      "archive/me/steps/2016/06/notes.tmp", "archive/me/\(old)", "archive/me/steps/2016/\(old)",
      "archive/quarantine/\(old)",
    ]
    fixture.folder.makeFolder("archive/quarantine")
    for name in stays { fixture.folder.write("x", to: name) }
    let goes = [
      "archive/me/steps/2016/06/\(old)", "archive/me/steps/2016/06/versions/\(old)",
      "archive/.probe.tmp-00000000000000aa", "archive/..daybook.tmp-00000000000000aa",
    ]
    let before = fixture.folder.tree
    for name in goes { fixture.folder.write("x", to: name) }
    #expect(try fixture.archive.sweepTemporaries() == goes.count)
    #expect(fixture.folder.tree == before)
    #expect(try fixture.archive.sweepTemporaries() == 0)
  }

  @Test("files in hand and files that are busy stay")
  func busy() throws {
    let fixture = try ArchiveFixture()
    let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
    let spooled = try fixture.spool("{}", "2016-06-19")
    fixture.folder.write("x", to: "\(ArchiveFixture.june)/\(old)")
    #expect(try fixture.archive.sweepTemporaries(busy: [old]) == 0)
    #expect(fixture.temporaries.count == 3)
    writer.abandon()
    fixture.archive.discard(spooled)
    #expect(try fixture.archive.sweepTemporaries() == 1)
    #expect(fixture.temporaries == [])
  }

  @Test("a leftover that is a link goes, and not what it points at")
  func link() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder(ArchiveFixture.june)
    fixture.folder.write("x", to: "victim")
    fixture.folder.link("\(ArchiveFixture.june)/\(old)", to: fixture.folder.path("victim"))
    #expect(try fixture.archive.sweepTemporaries() == 1)
    #expect(fixture.folder.text("victim") == "x")
  }

  @Test("a folder that is a link is not entered")
  func linkedFolder() throws {
    let fixture = try ArchiveFixture()
    let outside = ScratchFolder()
    outside.makeFolder("steps/2016/06")
    outside.write("x", to: "steps/2016/06/\(old)")
    fixture.folder.link("archive/me", to: outside.path)
    #expect(try fixture.archive.sweepTemporaries() == 0)
    #expect(outside.text("steps/2016/06/\(old)") == "x")
  }
}
