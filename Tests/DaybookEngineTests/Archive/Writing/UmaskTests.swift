import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

/// The umask is the whole process's, so each runs in a process of its own.
@Suite("Modes under every umask")
struct UmaskTests {
  private static func check(_ mask: mode_t) throws {
    umask(mask)
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    try fixture.store("new", keepOld: ArchiveFixture.time())
    let modes = fixture.folder.tree.map { name in
      fixture.folder.permissions(name) == (name.hasSuffix("/") ? 0o750 : 0o640)
    }
    #expect(modes.count == 9)
    #expect(modes.allSatisfy { $0 })
    let database = try Database(path: fixture.folder.path("ledger.sqlite"))
    try database.execute("CREATE TABLE t(a)")
    for suffix in ["", "-wal", "-shm"] {
      #expect(fixture.folder.permissions("ledger.sqlite" + suffix) == 0o600)
    }
  }

  @Test("nothing is more open than it should be under umask 0")
  func open() async {
    await #expect(processExitsWith: .success) { try UmaskTests.check(0) }
  }

  @Test("nothing is less open than it should be under umask 077")
  func closed() async {
    await #expect(processExitsWith: .success) { try UmaskTests.check(0o077) }
  }
}
