import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Check of a year")
struct CheckRunTests {
  private let june = "me/steps/2016/06"
  private func row(_ date: String, _ text: String) -> CheckRow {
    CheckRow(ArchiveFixture.day(date), text)
  }
  /// `path what` of each finding.
  private func found(_ result: CheckResult) -> [String] {
    result.findings.map { "\($0.path) \($0.what.rawValue)" }
  }

  @Test("a sound year has nothing to say", arguments: [true, false])
  func sound(deep: Bool) throws {
    let fixture = try ArchiveFixture()
    var rows: [CheckRow] = []
    for date in ["2016-01-01", "2016-06-18", "2016-12-31"] {
      try fixture.store("[\"\(date)\"]", date)
      rows.append(row(date, "[\"\(date)\"]"))
    }
    try fixture.store("newer", "2016-06-18", asVersion: true)
    try fixture.store("{}", "2017-01-01")
    let result = fixture.archive.check(.make(rows: rows, deep: deep))
    #expect(result.id == 7)
    #expect(result.checked == 3)
    #expect(found(result) == [])
    #expect(result.damaged == [] && result.adopted == [])
    #expect(result.failure == nil)
  }

  @Test("a day that is being read is neither unknown nor damaged, whatever is there")
  func busy() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}", "2016-06-18")
    for repair in [false, true] {
      var job = CheckJob.make(repair: repair)
      job.busyDays = [ArchiveFixture.day("2016-06-18")]
      let result = fixture.archive.check(job)
      #expect(result.findings == [] && result.adopted == [] && result.damaged == [])
    }
    #expect(found(fixture.archive.check(.make())) == ["\(june)/2016-06-18.json unknown"])
  }

  @Test("a day without its file is damaged, and asking for it again is named")
  func missing() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    let rows = [row("2016-06-18", "{}"), row("2016-06-19", "{}"), row("2016-07-01", "{}")]
    let result = fixture.archive.check(.make(rows: rows))
    #expect(result.damaged.map(\.description) == ["2016-06-19", "2016-07-01"])
    #expect(found(result) == ["\(june)/2016-06-19 missing", "me/steps/2016/07/2016-07-01 missing"])
    let ask = "daybook resync me --stream steps --from 2016-06-19 --to 2016-06-19"
    #expect(result.findings.first?.action.hasSuffix(ask) == true)
  }

  @Test("a year that is not there misses all its days")
  func noYear() throws {
    let fixture = try ArchiveFixture()
    let result = fixture.archive.check(.make(rows: [row("2016-06-18", "{}")]))
    #expect(result.damaged.count == 1)
    #expect(result.failure == nil)
  }

  @Test("another size is found at once, another content by its hash", arguments: [true, false])
  func altered(deep: Bool) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("longer", "2016-06-17")
    try fixture.store("other", "2016-06-18")
    // Bytes that changed under a time that did not.
    try fixture.touch("\(june)/2016-06-18.json", ArchiveFixture.stamped("right"))
    let rows = [row("2016-06-17", "short"), row("2016-06-18", "right")]
    let result = fixture.archive.check(.make(rows: rows, deep: deep))
    let size = "\(june)/2016-06-17.json size"
    let hash = "\(june)/2016-06-18.json hash"
    #expect(found(result) == (deep ? [size, hash] : [size]))
    #expect(result.damaged.count == (deep ? 2 : 1))
    #expect(fixture.text("\(june)/2016-06-17.json") == "longer")
  }

  @Test(
    "a file the disk cannot read is damaged; other trouble is a failure and no damage",
    arguments: [(EIO, 1, false), (EACCES, 0, true), (EMFILE, 0, true)])
  func unreadable(code: Int32, damaged: Int, fails: Bool) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    let file = "\(june)/2016-06-18.json"
    fixture.recorder.set(.rule { $0 == .read(file) ? code : 0 })
    let result = fixture.archive.check(.make(rows: [row("2016-06-18", "{}")], deep: true))
    #expect(result.damaged.count == damaged)
    #expect((result.failure != nil) == fails)
  }

  @Test("a disk that goes away during the check damages nothing")
  func goesAway() throws {
    let folder = ScratchFolder()
    let recorder = Recorder()
    let fixture = try ArchiveFixture(folder, recorder)
    try fixture.store("{}")
    recorder.set(
      .rule { operation in
        if operation == .list("me/steps/2016") { folder.remove("archive/.daybook") }
        return 0
      })
    let result = fixture.archive.check(.make(rows: [row("2016-06-19", "{}")]))
    #expect(result.failure?.kind == "away")
    #expect(result.damaged == [])
  }

  @Test("a month that is a link is a failure: its days are not called damaged")
  func linkedMonth() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    let outside = ScratchFolder()
    outside.write("{}", to: "2016-06-18.json")
    fixture.folder.remove("archive/\(june)")
    fixture.folder.link("archive/\(june)", to: outside.path)
    let result = fixture.archive.check(.make(rows: [row("2016-06-18", "{}")], repair: true))
    #expect(result.failure?.kind == "obstructed")
    #expect(result.damaged == [])
    #expect(outside.tree == ["2016-06-18.json"])
  }

  @Test(
    "leftovers of writing are told, and removed with repair, but none in hand",
    arguments: [true, false])
  func temporaries(repair: Bool) throws {
    let fixture = try ArchiveFixture()
    let inHand = try fixture.spool("{}").temporary
    let busy = ".2016-06-18.json.tmp-00000000000000bb"
    let old = ".2016-06-18.json.tmp-00000000000000aa"
    fixture.folder.write("half", to: "archive/\(june)/\(busy)")
    fixture.folder.write("half", to: "archive/\(june)/\(old)")
    let result = fixture.archive.check(.make(repair: repair, busy: [busy]))
    #expect(found(result) == ["\(june)/\(old) temporary"])
    #expect(
      result.findings.first?.action == (repair ? "removed" : "run: daybook verify me --repair"))
    let left = fixture.temporaries.map { String($0.dropFirst(june.count + 1)) }
    #expect(Set(left) == (repair ? [inHand, busy] : [inHand, busy, old]))
  }

  @Test("a call that ends while its folder is looked through leaves nothing to tell")
  func ended() throws {
    let fixture = try ArchiveFixture()
    _ = try fixture.spool("{}")
    let name = ".2016-06-18.json.tmp-00000000000000aa"
    fixture.folder.write("half", to: "archive/\(june)/\(name)")
    let path = fixture.folder.path("archive/\(june)/\(name)")
    fixture.recorder.set(
      .rule { operation in
        if case .look = operation, operation.path.hasSuffix(name) { unlink(path) }
        return 0
      })
    #expect(found(fixture.archive.check(.make())) == [])
  }

  @Test("strange names are told and left alone", arguments: [true, false])
  func strays(repair: Bool) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    let names = [
      "me/steps/2016/notes.txt", "\(june)/2016-07-01.json", "\(june)/README",
      "\(june)/2015-06-18.json", "\(june)/2016-06-18.parts.json",
    ]
    for name in names { fixture.folder.write("x", to: "archive/\(name)") }
    let result = fixture.archive.check(.make(rows: [row("2016-06-18", "{}")], repair: repair))
    #expect(found(result).sorted() == names.map { "\($0) unknown" }.sorted())
    for name in names { #expect(fixture.text(name) == "x") }
    #expect(result.damaged == [] && result.adopted == [])
  }

  @Test("of two files of one day the row's is the day, the other is told")
  func twoFiles() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    fixture.folder.write("track", to: "archive/\(june)/2016-06-18.gpx")
    let result = fixture.archive.check(.make(rows: [row("2016-06-18", "{}")], repair: true))
    #expect(found(result) == ["\(june)/2016-06-18.gpx unknown"])
    #expect(result.damaged == [])
  }
}
