import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Archive folders")
struct FoldersTests {
  private func root(_ fixture: ArchiveFixture) throws -> Descriptor { try fixture.archive.opened() }

  @Test("what is missing is made with mode 0750, each parent synced after")
  func make() throws {
    let fixture = try ArchiveFixture()
    fixture.recorder.forget()
    _ = try fixture.archive.folder("me/steps/2016/06", below: root(fixture))
    for name in ["me", "me/steps", "me/steps/2016", "me/steps/2016/06"] {
      #expect(fixture.folder.permissions("archive/\(name)") == 0o750, "\(name)")
    }
    let changes = fixture.recorder.operations.filter { operation in
      switch operation {
      case .makeFolder, .syncFolder: true
      default: false
      }
    }
    #expect(
      changes == [
        .makeFolder("me"), .syncFolder(""), .makeFolder("me/steps"), .syncFolder("me"),
        .makeFolder("me/steps/2016"), .syncFolder("me/steps"),
        .makeFolder("me/steps/2016/06"), .syncFolder("me/steps/2016"),
      ])
  }

  @Test("a folder known to be durable costs no sync, its sibling one")
  func known() throws {
    let fixture = try ArchiveFixture()
    let root = try root(fixture)
    _ = try fixture.archive.folder("me/steps/2016/06", below: root)
    let before = fixture.archive.flushes
    _ = try fixture.archive.folder("me/steps/2016/06", below: root)
    #expect(fixture.archive.flushes == before)
    _ = try fixture.archive.folder("me/steps/2016/07", below: root)
    #expect(fixture.archive.flushes == before + 1)
  }

  @Test("folders that an earlier process left unsynced are synced by the next")
  func afterKill() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/me/steps/2016/06")
    let before = fixture.archive.flushes
    _ = try fixture.archive.folder("me/steps/2016/06", below: root(fixture))
    #expect(fixture.archive.flushes == before + 4)
  }

  @Test("a folder removed behind our back is made and synced again")
  func removed() throws {
    let fixture = try ArchiveFixture()
    let root = try root(fixture)
    _ = try fixture.archive.folder("me/steps", below: root)
    fixture.folder.remove("archive/me")
    let before = fixture.archive.flushes
    _ = try fixture.archive.folder("me/steps", below: root)
    #expect(fixture.archive.flushes == before + 2)
    #expect(fixture.folder.mode("archive/me/steps") != nil)
  }

  @Test("a folder that another thread makes meanwhile is taken")
  func race() throws {
    let folder = ScratchFolder()
    let recorder = Recorder()
    let fixture = try ArchiveFixture(folder, recorder)
    recorder.set(
      .rule { operation in
        if operation == .makeFolder("me") { folder.makeFolder("archive/me") }
        return 0
      })
    #expect(try fixture.archive.folder("me/steps", below: root(fixture)).path == "me/steps")
  }

  @Test(
    "a link in a folder's place is refused at each level, and nothing is written behind it",
    arguments: ["me", "me/steps", "me/steps/2016", "me/steps/2016/06"])
  func linkAttack(level: String) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}", "2016-06-17")
    let outside = ScratchFolder()
    outside.makeFolder("steps/2016/06")
    outside.makeFolder("2016/06")
    outside.makeFolder("06")
    fixture.folder.remove("archive/\(level)")
    fixture.folder.link("archive/\(level)", to: outside.path)
    let before = outside.tree
    let failure = #expect(throws: ArchiveFailure.self) { try fixture.store("{}") }
    #expect(failure?.kind == "obstructed")
    #expect(failure?.text.contains(level) == true)
    #expect(outside.tree == before)
  }

  @Test("a link put there between spooling and storing is refused as well")
  func lateLink() throws {
    let fixture = try ArchiveFixture()
    let item = try fixture.item("{}")
    let outside = ScratchFolder()
    #expect(
      Glibc.rename(
        fixture.folder.path(ArchiveFixture.june), fixture.folder.path("archive/moved")) == 0)
    fixture.folder.link(ArchiveFixture.june, to: outside.path)
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "obstructed")
    #expect(outside.tree == [])
  }

  @Test("a file in a folder's place is an obstruction that is named")
  func file() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.write("x", to: "archive/me")
    let failure = #expect(throws: ArchiveFailure.self) { try fixture.store("{}") }
    #expect(failure?.kind == "obstructed")
    #expect(fixture.text("me") == "x")
  }

  @Test("forgetting known folders past the limit only costs syncs")
  func bounded() throws {
    let fixture = try ArchiveFixture()
    let many = Set((0..<Limits.durableFolders).map { "folder-\($0)" })
    fixture.archive.durable.withLock { $0 = many }
    _ = try fixture.archive.folder("me/steps", below: root(fixture))
    #expect(fixture.archive.durable.withLock { $0 } == ["me", "me/steps"])
  }
}
