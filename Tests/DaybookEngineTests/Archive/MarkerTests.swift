import Testing

@testable import DaybookEngine

@Suite("Archive marker")
struct MarkerTests {
  let folder = ScratchFolder()
  var root: String { folder.path("archive") }

  private func open(
    _ id: String = "ledger-1", create: Bool = false
  ) throws(ArchiveFailure) -> Archive {
    try Archive(root: root, ledgerID: id, create: create)
  }
  private func failure(_ id: String = "ledger-1", create: Bool = false) -> ArchiveFailure? {
    #expect(throws: ArchiveFailure.self) { try open(id, create: create) }
  }

  @Test("a new archive gets its folder and a marker that names the ledger")
  func new() throws {
    _ = try open(create: true)
    #expect(folder.text("archive/.daybook")?.hasSuffix("\nledger: ledger-1\n") == true)
    #expect(try Archive.readMarker(root: root) == "ledger-1")
    #expect(folder.permissions("archive") == 0o750)
    #expect(folder.permissions("archive/.daybook") == 0o640)
    #expect(folder.tree == ["archive/", "archive/.daybook"])
  }

  @Test("an empty folder becomes an archive, and keeps the mode its owner gave it")
  func empty() throws {
    folder.makeFolder("archive")
    folder.setMode("archive", 0o2770)
    _ = try open(create: true)
    #expect(folder.permissions("archive") == 0o2770)
  }

  @Test("a file system's own lost+found and a marker half made count as nothing")
  func almostEmpty() throws {
    folder.makeFolder("archive/lost+found")
    folder.write("half", to: "archive/..daybook.tmp-0123456789abcdef")
    _ = try open(create: true)
    #expect(try Archive.readMarker(root: root) == "ledger-1")
  }

  @Test("a folder with something in it does not become an archive")
  func filled() {
    folder.makeFolder("archive/photos")
    #expect(failure(create: true)?.kind == "away")
    #expect(folder.tree == ["archive/", "archive/photos/"])
  }

  @Test("without leave to make one, an empty folder is a disk that is not mounted")
  func notMounted() {
    folder.makeFolder("archive")
    let failure = failure()
    #expect(failure?.kind == "away")
    #expect(failure?.text.contains("not mounted?") == true)
    #expect(folder.tree == ["archive/"])
  }

  @Test("a folder that is not there is away, and is not made")
  func noFolder() {
    #expect(failure()?.kind == "away")
    #expect(folder.tree == [])
  }

  @Test("another ledger's archive is refused by name, also when one may be made")
  func otherLedger() throws {
    _ = try open(create: true)
    for create in [true, false] {
      let failure = failure("ledger-2", create: create)
      #expect(failure?.kind == "away")
      #expect(failure?.text.contains("ledger-1") == true)
    }
    #expect(try Archive.readMarker(root: root) == "ledger-1")
  }

  @Test("opening again changes nothing")
  func again() throws {
    _ = try open(create: true)
    let before = folder.status("archive/.daybook")
    _ = try open(create: true)
    _ = try open()
    #expect(folder.status("archive/.daybook")?.inode == before?.inode)
  }

  @Test("without a marker, or a folder, there is no ledger to take up")
  func nothingToRead() throws {
    #expect(try Archive.readMarker(root: root) == nil)
    folder.makeFolder("archive")
    #expect(try Archive.readMarker(root: root) == nil)
  }

  @Test(
    "a marker that is none of ours is an error, not an invitation",
    arguments: [
      "", "hello\n", "ledger: ../etc\n", "ledger: \n", "Ledger: a\n",
    ])
  func strange(text: String) {
    folder.makeFolder("archive")
    folder.write(text, to: "archive/.daybook")
    #expect(failure(create: true)?.kind == "failed")
    #expect(folder.text("archive/.daybook") == text)
    #expect(throws: ArchiveFailure.self) { try Archive.readMarker(root: root) }
  }

  @Test("a marker that is a link or a folder is an obstruction")
  func noFile() {
    folder.makeFolder("archive/.daybook")
    #expect(failure(create: true)?.kind == "obstructed")
    folder.remove("archive/.daybook")
    folder.write("ledger: ledger-1\n", to: "elsewhere")
    folder.link("archive/.daybook", to: folder.path("elsewhere"))
    #expect(failure()?.kind == "obstructed")
  }

  @Test("the archive itself may be a link: where it is, its owner chooses")
  func linked() throws {
    folder.makeFolder("disk")
    folder.link("archive", to: folder.path("disk"))
    _ = try open(create: true)
    #expect(folder.text("disk/.daybook") != nil)
  }

  @Test("a parent that is not there is an error that says so")
  func noParent() {
    let failure = #expect(throws: ArchiveFailure.self) {
      try Archive(root: root + "/a/b", ledgerID: "l", create: true)
    }
    #expect(failure?.text.contains("No such file") == true)
  }
}
