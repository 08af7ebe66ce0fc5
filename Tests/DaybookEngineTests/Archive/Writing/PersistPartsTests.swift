import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Storing days with parts")
struct PersistPartsTests {
  private let june = "me/steps/2016/06"
  private let day = "2016-06-18.parts.json"

  private func spool(_ fixture: ArchiveFixture, _ text: String, _ ending: String) throws -> Spooled
  {
    var path = ArchiveFixture.path()
    path.fileExtension = ending
    let writer = try fixture.archive.openSpool(for: path)
    try writer.write(text)
    return try writer.finish()
  }

  private func item(_ fixture: ArchiveFixture, _ text: String, _ parts: [String]) throws
    -> PersistItem
  {
    var item = PersistItem(
      id: CallID(1), spooled: try spool(fixture, text, Each.fileExtension), keepOldFetchedAt: nil,
      fetchedAt: ArchiveFixture.time(9))
    item.parts = try parts.map { try spool(fixture, $0, "tcx") }
    return item
  }

  @Test("parts are there, durably, before the day that names them")
  func order() throws {
    let fixture = try ArchiveFixture()
    let item = try item(fixture, "{}", ["a", "bc"])
    let names = item.parts.map(PartName.make)
    fixture.recorder.forget()
    #expect(fixture.archive.persist([item]).allSatisfy { $0.failure == nil })
    #expect(fixture.files == ([day] + names).sorted().map { "\(june)/\($0)" })
    let operations = fixture.recorder.operations
    let renames = operations.indices.filter {
      if case .rename = operations[$0] { true } else { false }
    }
    #expect(renames.count == 3)
    #expect(operations[renames[1]..<renames[2]].contains(.syncFolder(june)), "\(operations)")
    let files = operations[..<renames[0]].count { if case .syncFile = $0 { true } else { false } }
    #expect(files == 3)
    #expect(fixture.text("\(june)/\(names[1])") == "bc")
    #expect(fixture.archive.spools.count == 0 && fixture.temporaries == [])
  }

  @Test("a part that is there already is the same, or is mended")
  func again() throws {
    let fixture = try ArchiveFixture()
    let first = try item(fixture, "{}", ["a"])
    _ = fixture.archive.persist([first])
    let name = "\(june)/\(PartName.make(first.parts[0]))"
    fixture.folder.write("damaged", to: "archive/\(name)")
    _ = fixture.archive.persist([try item(fixture, "{ }", ["a"])])
    #expect(fixture.text(name) == "a" && fixture.text("\(june)/\(day)") == "{ }")
    #expect(fixture.files.count == 2)
  }

  @Test(
    "an error anywhere leaves the day as it was, and no temporary file",
    arguments: [ENOSPC, EIO])
  func errors(code: Int32) throws {
    for n in 0..<100 {
      let fixture = try ArchiveFixture()
      _ = fixture.archive.persist([try item(fixture, "old", ["a"])])
      let item = try item(fixture, "new", ["b", "c"])
      let counter = Counter()
      fixture.recorder.set(
        .rule { operation in
          switch operation {
          // Of a folder that does not open nothing can be removed: it is swept at the next start.
          case .remove, .open, .makeFolder: 0
          default: counter.next() == n ? code : 0
          }
        })
      let outcome = fixture.archive.persist([item])
      fixture.recorder.set(.none)
      if outcome.allSatisfy({ $0.failure == nil }) {
        #expect(n > 8 && fixture.text("\(june)/\(day)") == "new")
        return
      }
      #expect(fixture.temporaries == [] && fixture.archive.spools.count == 0)
      #expect(["old", "new"].contains(fixture.text("\(june)/\(day)") ?? ""))
    }
    Issue.record("it never succeeded")
  }

  private final class Counter: @unchecked Sendable {
    private var n = -1
    func next() -> Int {
      n += 1
      return n
    }
  }
}
