import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

/// A real full disk where one can be mounted; the kernel's `/dev/full` everywhere.
@Suite("Full disk")
struct DiskFullTests {
  private let block = String(repeating: "x", count: 16 << 10)

  private func onSmallDisk(
    _ options: String, _ body: (ArchiveFixture) throws -> Void
  ) throws {
    let folder = ScratchFolder()
    folder.makeFolder("archive")
    try withMemoryDisk(at: folder.path("archive"), options) {
      try body(ArchiveFixture(folder))
    }
  }

  private func fill(_ fixture: ArchiveFixture) {
    // A program that another test starts at this moment must not hold its blocks.
    let file = open(
      fixture.folder.path("archive/filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let bytes = [UInt8](repeating: 1, count: 4_096)
    while Glibc.write(file, bytes, bytes.count) > 0 {}
    close(file)
  }

  @Test(
    "a body that does not fit is refused as full, and its file is gone",
    .enabled(if: canMount))
  func body() throws {
    try onSmallDisk("size=256k") { fixture in
      try fixture.store("old")
      let writer = try fixture.archive.openSpool(for: ArchiveFixture.path())
      let failure = #expect(throws: ArchiveFailure.self) {
        for _ in 0..<100 { try writer.write(block) }
      }
      #expect(failure?.kind == "full")
      #expect(fixture.text("me/steps/2016/06/2016-06-18.json") == "old")
      #expect(fixture.temporaries == [])
      #expect(try fixture.store(block) == nil)
    }
  }

  @Test(
    "while the disk is full the probe says so, and no longer when there is room",
    .enabled(if: canMount))
  func probe() throws {
    try onSmallDisk("size=256k") { fixture in
      try fixture.store("old")
      fill(fixture)
      guard case .full = fixture.archive.probe() else {
        Issue.record("not full")
        return
      }
      let failure = #expect(throws: ArchiveFailure.self) { try fixture.store(block) }
      #expect(failure?.kind == "full")
      fixture.folder.remove("archive/filler")
      #expect(fixture.archive.probe() == .writable)
      #expect(try fixture.store("new") == nil)
      #expect(fixture.text("me/steps/2016/06/2016-06-18.json") == "new")
    }
  }

  @Test("a disk without room for another name is full as well", .enabled(if: canMount))
  func inodes() throws {
    // The root, the marker and two folders fit.
    try onSmallDisk("size=1m,nr_inodes=5") { fixture in
      let failure = #expect(throws: ArchiveFailure.self) { try fixture.store("new") }
      #expect(failure?.kind == "full")
      #expect(fixture.files == [])
    }
  }

  @Test("ENOSPC of write(2) arrives as full")
  func devFull() {
    let operations = FileOperations()
    let file = Descriptor(open("/dev/full", O_WRONLY), path: "day")
    let error = #expect(throws: SystemError.self) { try operations.write(file, [1, 2, 3]) }
    #expect(error == SystemError(ENOSPC, .write("day")))
    #expect(error.map { ArchiveFailure($0).kind } == "full")
  }
}
