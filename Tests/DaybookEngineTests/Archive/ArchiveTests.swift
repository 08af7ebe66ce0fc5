import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Archive that comes and goes")
struct ArchiveTests {
  /// What each call says of an archive that is not there.
  private func kinds(_ fixture: ArchiveFixture, _ spooled: Spooled) -> [String] {
    let archive = fixture.archive
    let item = PersistItem(
      id: CallID(1), spooled: spooled, keepOldFetchedAt: nil, fetchedAt: ArchiveFixture.time())
    var kinds: [String] = []
    do throws(ArchiveFailure) { _ = try archive.openSpool(for: ArchiveFixture.path()) } catch {
      kinds.append(error.kind)
    }
    kinds.append(archive.persist([item]).first?.failure?.kind ?? "stored")
    if case .away = archive.probe() { kinds.append("away") }
    let job = CheckJob.make(rows: [CheckRow(ArchiveFixture.day("2016-06-18"), "{}")])
    let result = archive.check(job)
    kinds.append(result.failure?.kind ?? "checked")
    #expect(result.damaged == [])
    do throws(ArchiveFailure) { _ = try archive.accounts() } catch { kinds.append(error.kind) }
    do throws(ArchiveFailure) { _ = try archive.sweepTemporaries() } catch {
      kinds.append(error.kind)
    }
    do throws(ArchiveFailure) { try archive.moveAccount(from: "me", to: "you") } catch {
      kinds.append(error.kind)
    }
    return kinds
  }
  private let away = [String](repeating: "away", count: 7)

  @Test("without its marker nothing is written, read or concluded")
  func noMarker() throws {
    let fixture = try ArchiveFixture()
    let spooled = try fixture.spool("{}")
    fixture.folder.remove("archive/.daybook")
    #expect(kinds(fixture, spooled) == away)
  }

  @Test("with another ledger's marker neither")
  func otherMarker() throws {
    let fixture = try ArchiveFixture()
    let spooled = try fixture.spool("{}")
    fixture.folder.write("ledger: ledger-2\n", to: "archive/.daybook")
    #expect(kinds(fixture, spooled) == away)
  }

  @Test("a marker is read when it is another file or has changed, and only then")
  func readsMarkerOnce() throws {
    let fixture = try ArchiveFixture()
    let reads = { fixture.recorder.operations.filter { $0 == .open(".daybook") }.count }
    let before = reads()
    for _ in 0..<5 { _ = try fixture.archive.opened() }
    #expect(reads() == before)
    let text = try #require(fixture.text(".daybook"))
    fixture.folder.write(text, to: "archive/.daybook")
    for _ in 0..<5 { _ = try fixture.archive.opened() }
    #expect(reads() == before + 1)
  }

  @Test("an archive that nobody has looked at is away until it is made")
  func unopened() throws {
    let folder = ScratchFolder()
    let archive = Archive(unopened: folder.path("archive"), ledgerID: "ledger-1")
    guard case .away = archive.probe() else {
      Issue.record("not away")
      return
    }
    try archive.make()
    #expect(archive.probe() == .writable)
    try archive.make()
    #expect(archive.probe() == .writable)
  }

  @Test("a folder moved away is away, and back again it works")
  func movedAndBack() throws {
    let fixture = try ArchiveFixture()
    let spooled = try fixture.spool("{}")
    #expect(Glibc.rename(fixture.folder.path("archive"), fixture.folder.path("gone")) == 0)
    #expect(kinds(fixture, spooled) == away)
    #expect(Glibc.rename(fixture.folder.path("gone"), fixture.folder.path("archive")) == 0)
    #expect(try fixture.store("{}") == nil)
    #expect(fixture.archive.probe() == .writable)
  }

  @Test(
    "an empty folder mounted over it is away; unmounted it works again", .enabled(if: canMount))
  func mountedOver() throws {
    let fixture = try ArchiveFixture()
    let spooled = try fixture.spool("{}")
    try withMemoryDisk(at: fixture.folder.path("archive"), "size=64k") {
      #expect(kinds(fixture, spooled) == away)
      #expect(fixture.folder.names("archive") == [])
    }
    #expect(try fixture.store("{}") == nil)
  }

  @Test("the name of the archive's own folder is refused as an account")
  func reserved() throws {
    let fixture = try ArchiveFixture()
    let path = DayPath(account: "quarantine", stream: "steps", day: Day(number: 0))
    let failure = #expect(throws: ArchiveFailure.self) { try fixture.archive.openSpool(for: path) }
    #expect(failure?.kind == "obstructed")
    #expect(fixture.tree == [])
  }
}
