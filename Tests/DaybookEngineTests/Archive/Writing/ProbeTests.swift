import Glibc
import Testing

@testable import DaybookEngine

@Suite("Probe")
struct ProbeTests {
  @Test("a healthy archive is writable, and nothing is left of the probe")
  func writable() throws {
    let fixture = try ArchiveFixture()
    #expect(fixture.archive.probe() == .writable)
    #expect(fixture.tree == [])
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("the probe is written and synced before it is removed")
  func order() throws {
    let fixture = try ArchiveFixture()
    fixture.recorder.forget()
    _ = fixture.archive.probe()
    let changes = fixture.recorder.operations.suffix(5)
    let name = try #require(changes.first?.path)
    #expect(TemporaryName.finalName(name) == "probe")
    #expect(
      Array(changes) == [.create(name), .write(name), .syncFile(name), .close(name), .remove(name)])
  }

  static let kinds: [(code: Int32, result: String)] = [
    (ENOSPC, "full"), (EDQUOT, "full"), (EIO, "failed"), (EROFS, "failed"), (ESTALE, "away"),
  ]

  @Test("trouble at any step has its name and leaves nothing", arguments: kinds)
  func trouble(code: Int32, kind: String) throws {
    for step in 0..<4 {
      let fixture = try ArchiveFixture()
      fixture.recorder.set(
        .rule { operation in
          switch (operation, step) {
          case (.create, 0), (.write, 1), (.syncFile, 2), (.close, 3): code
          default: 0
          }
        })
      let result = fixture.archive.probe()
      switch result {
      case .writable: Issue.record("writable although step \(step) failed")
      case .full: #expect(kind == "full")
      case .away: #expect(kind == "away")
      case .failed: #expect(kind == "failed")
      }
      #expect(fixture.tree == [])
    }
  }
}
