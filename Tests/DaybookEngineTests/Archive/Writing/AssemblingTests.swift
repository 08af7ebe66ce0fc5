import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Putting days together")
struct AssemblingTests {
  private func piece(_ source: Int, _ start: Int64, _ length: Int64) -> DayCutter.Piece {
    DayCutter.Piece(source: source, start: start, length: length)
  }

  private func job(
    _ sources: [Spooled], _ days: [String], _ pieces: [[DayCutter.Piece]]
  ) -> AssembleJob {
    AssembleJob(
      id: CallID(4), sources: sources, days: days.map(ArchiveFixture.day), pieces: pieces,
      plan: ScanPlan(items: [.root]))
  }

  private func days(_ result: AssembleResult) throws -> [AssembledDay] {
    #expect(result.id == CallID(4))
    return try result.days.get()
  }

  @Test("days are cut out of an answer byte for byte, each into the folder of its month")
  func cut() throws {
    let fixture = try ArchiveFixture()
    let source = try fixture.spool(#"{"a": [{"x": 1}, {"y" : 2},3 ]}"#, "2016-07-01")
    let all = try days(
      fixture.archive.assemble(
        job(
          [source], ["2016-06-30", "2016-07-01", "2016-07-02"],
          [[piece(0, 7, 8), piece(0, 27, 1)], [], [piece(0, 17, 9)]])))
    #expect(
      all.map { fixture.text("\($0.spooled.path.folder)/\($0.spooled.temporary)") } == [
        #"[{"x": 1},3]"#, "[]", #"[{"y" : 2}]"#,
      ])
    #expect(
      all.map(\.spooled.path.folder) == [
        "me/steps/2016/06", "me/steps/2016/07", "me/steps/2016/07",
      ])
    #expect(all.map(\.scan.items) == [2, 0, 1] && all.allSatisfy { $0.scan.fault == nil })
    #expect(all[1].spooled.size == 2 && all[1].spooled.sha256 == SHA256.digest(Array("[]".utf8)))
    // The answer is gone, the days wait for their names.
    #expect(fixture.temporaries.count == 3 && fixture.archive.spools.count == 3)
    let items = all.enumerated().map { i, day in
      PersistItem(
        id: CallID(UInt64(i)), spooled: day.spooled, keepOldFetchedAt: nil,
        fetchedAt: ArchiveFixture.time())
    }
    #expect(fixture.archive.persist(items).allSatisfy { $0.failure == nil })
    #expect(
      fixture.files == [
        "me/steps/2016/06/2016-06-30.json", "me/steps/2016/07/2016-07-01.json",
        "me/steps/2016/07/2016-07-02.json",
      ])
  }

  @Test("pages are joined whole, larger ones than are read at once too")
  func joined() throws {
    let fixture = try ArchiveFixture()
    let long = "[" + String(repeating: "1,", count: Limits.fileChunkBytes) + "1]"
    let pages = [long, " {} ", long]
    let sources = try pages.map { try fixture.spool($0) }
    let pieces = sources.enumerated().map { piece($0.offset, 0, $0.element.size) }
    let all = try days(fixture.archive.assemble(job(sources, ["2016-06-18"], [pieces])))
    let name = "\(all[0].spooled.path.folder)/\(all[0].spooled.temporary)"
    #expect(fixture.text(name) == "[\(pages.joined(separator: ","))]")
    #expect(all[0].scan.items == 3 && fixture.temporaries.count == 1)
  }

  @Test("a day with parts lists them beside its elements, those without a file too")
  func parts() throws {
    let fixture = try ArchiveFixture()
    let source = try fixture.spool("[1, 2]")
    var path = ArchiveFixture.path()
    path.fileExtension = "tcx"
    let part = Spooled(
      path: path, temporary: "t", size: 3, sha256: SHA256.digest(Array("abc".utf8)))
    var job = job([source], ["2016-06-18"], [[piece(0, 1, 1), piece(0, 4, 1)]])
    job.parts = [
      [
        AssemblePart(item: "a\"b/../c", name: "track", spooled: part),
        AssemblePart(item: "2", name: "track", spooled: nil),
      ]
    ]
    let day = try days(fixture.archive.assemble(job))[0]
    #expect(day.spooled.path.file == "2016-06-18.parts.json" && day.scan.fault == nil)
    let text = try #require(fixture.text("\(day.spooled.path.folder)/\(day.spooled.temporary)"))
    #expect(
      text == """
        {"list":[1,2],"parts":[{"item":"a\\"b/../c","name":"track",\
        "file":"2016-06-18.ba7816bf8f01cfea.tcx","size":3,"sha256":"\(part.sha256)"},\
        {"item":"2","name":"track"}]}
        """)
  }

  @Test(
    "an error anywhere leaves nothing behind and says what it means",
    arguments: [(ENOSPC, "full"), (EIO, "failed"), (EDQUOT, "full")])
  func errors(code: Int32, kind: String) throws {
    // At each write and read in turn, until none is left to fail.
    for n in 0..<100 {
      let fixture = try ArchiveFixture()
      let source = try fixture.spool("[1,2]")
      let counter = Counter()
      fixture.recorder.set(
        .rule { operation in
          switch operation {
          case .write, .read, .create: return counter.next() == n ? code : 0
          default: return 0
          }
        })
      let result = fixture.archive.assemble(
        job([source], ["2016-06-18", "2016-06-19"], [[piece(0, 1, 1)], [piece(0, 3, 1)]]))
      fixture.recorder.set(.none)
      guard case .failure(let failure) = result.days else {
        #expect(n > 6)
        return
      }
      #expect(failure.kind == kind)
      #expect(fixture.temporaries == [] && fixture.archive.spools.count == 0)
    }
    Issue.record("it never succeeded")
  }

  @Test("bytes that are not there, or make no document, are a failure and no day")
  func damaged() throws {
    let fixture = try ArchiveFixture()
    for pieces in [[piece(0, 0, 99)], [piece(0, 1, 2)]] {
      let source = try fixture.spool("[1,2]")
      let result = fixture.archive.assemble(job([source], ["2016-06-18"], [pieces]))
      #expect(throws: ArchiveFailure.self) { try result.days.get() }
      #expect(fixture.temporaries == [])
    }
  }

  @Test("an archive that is away says so")
  func away() throws {
    let fixture = try ArchiveFixture()
    let source = try fixture.spool("[1,2]")
    fixture.folder.remove("archive/.daybook")
    let result = fixture.archive.assemble(job([source], ["2016-06-18"], [[piece(0, 1, 1)]]))
    #expect(throws: ArchiveFailure.self) { try result.days.get() }
    if case .failure(.away) = result.days { return }
    Issue.record("\(result.days)")
  }

  private final class Counter: @unchecked Sendable {
    private var n = -1
    func next() -> Int {
      n += 1
      return n
    }
  }
}
