import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Check of files")
struct CheckFileTests {
  private let june = "me/steps/2016/06"
  private let plan = ScanPlan(items: [JSONPointer(segments: [.key("steps")])])

  private func put(_ fixture: ArchiveFixture, _ text: String, _ name: String) {
    fixture.folder.makeFolder("archive/\(june)")
    fixture.folder.write(text, to: "archive/\(june)/\(name)")
  }

  @Test("without repair an unknown file is told, with the command to run")
  func told() throws {
    let fixture = try ArchiveFixture()
    put(fixture, "{}", "2016-06-18.json")
    let result = fixture.archive.check(.make())
    #expect(
      result.findings == [
        Finding(
          path: "\(june)/2016-06-18.json", what: .unknown,
          action: "run: daybook verify me --repair")
      ])
    #expect(result.adopted == [])
    #expect(result.checked == 1)
  }

  @Test("a whole file that no row knows is adopted with all that can be known of it")
  func adopted() throws {
    let fixture = try ArchiveFixture()
    let text = #"{"steps": [1, 2, 3]}"#
    try fixture.store(text, at: ArchiveFixture.time(33))
    let result = fixture.archive.check(.make(repair: true, plan: plan))
    let day = try #require(result.adopted.first)
    #expect(result.adopted.count == 1)
    #expect(day.day == ArchiveFixture.day("2016-06-18"))
    #expect(day.size == Int64(text.utf8.count))
    #expect(day.sha256 == SHA256.digest(Array(text.utf8)))
    #expect(day.fetchedAt == ArchiveFixture.time(33))
    #expect(day.scan == JSONScanner.scan(Array(text.utf8), plan))
    #expect(day.scan.items == 3)
    #expect(fixture.text("\(june)/2016-06-18.json") == text)
    #expect(result.findings.map(\.action) == ["adopted"])
  }

  @Test("a damaged day stays so, however whole its file looks, until it is what it was")
  func staysDamaged() throws {
    for (text, isAdopted) in [(#"{"steps": [1, 2]}"#, false), (#"{"steps": [1]}"#, true)] {
      let fixture = try ArchiveFixture()
      try fixture.store(text)
      var job = CheckJob.make(repair: true, plan: plan)
      let day = ArchiveFixture.day("2016-06-18")
      job.damaged = [day: SHA256.digest(Array(#"{"steps": [1]}"#.utf8))]
      let result = fixture.archive.check(job)
      #expect(result.adopted.map(\.day) == (isAdopted ? [day] : []))
      #expect(result.findings.map(\.what) == (isAdopted ? [.unknown] : [.hash]))
      #expect(fixture.text("\(june)/2016-06-18.json") == text, "it stays where it is")
    }
  }

  @Test("what is adopted is synced first, its name too, and once the names of its folders")
  func synced() throws {
    let fixture = try ArchiveFixture()
    put(fixture, #"{"steps": [1]}"#, "2016-06-18.json")
    let before = fixture.archive.operations.flushes
    fixture.recorder.forget()
    #expect(fixture.archive.check(.make(repair: true, plan: plan)).adopted.count == 1)
    let folders = ["", "me", "me/steps", "me/steps/2016"].map { FileOperation.syncFolder($0) }
    #expect(
      fixture.recorder.operations.filter(\.endsWriting)
        == [.syncFile("\(june)/2016-06-18.json")] + folders + [.syncFolder(june)])
    #expect(fixture.archive.operations.flushes - before == 6)
    let again = fixture.archive.operations.flushes
    let row = CheckRow(ArchiveFixture.day("2016-06-18"), #"{"steps": [1]}"#)
    _ = fixture.archive.check(.make(rows: [row], repair: true, plan: plan))
    #expect(fixture.archive.operations.flushes == again)
  }

  @Test("a later read that has no row yet is adopted, and nothing else that differs from its row")
  func later() throws {
    let old = #"{"steps": [1]}"#
    let new = #"{"steps": [1, 2]}"#
    let after = ArchiveFixture.time(60)
    let sameSize = #"{"steps": [7]}"#
    for (text, time, repair, isAdopted) in [
      (new, ArchiveFixture.stamped(new, 60), true, true),
      (new, ArchiveFixture.stamped(new, 60), false, false),
      // As a copy leaves it that knows whole seconds alone.
      (new, after, true, true), (new, ArchiveFixture.time(), true, false),
      // Written in the very second of the read before it.
      (new, ArchiveFixture.stamped(new), true, true),
      (sameSize, ArchiveFixture.stamped(sameSize), true, true),
      // Altered: the time is that of other bytes, or any.
      (new, ArchiveFixture.stamped(old, 60), true, false),
      (sameSize, ArchiveFixture.stamped(new), true, false),
      (new, after + .milliseconds(1), true, false),
      (new, ArchiveFixture.stamped(new, -60), true, false),
      ("{\"steps\": [1", ArchiveFixture.stamped("{\"steps\": [1", 60), true, false),
      (sameSize, ArchiveFixture.stamped(sameSize, 60), true, true),
    ] {
      let fixture = try ArchiveFixture()
      try fixture.store(text)
      try fixture.touch("\(june)/2016-06-18.json", time)
      let row = CheckRow(ArchiveFixture.day("2016-06-18"), old)
      let result = fixture.archive.check(.make(rows: [row], repair: repair, plan: plan))
      #expect(result.adopted.count == (isAdopted ? 1 : 0), "\(text) at \(time)")
      #expect(result.damaged.count == (isAdopted ? 0 : 1), "\(text) at \(time)")
      if isAdopted { #expect(result.adopted[0].sha256 == SHA256.digest(Array(text.utf8))) }
    }
  }

  @Test(
    "what is no whole document goes to quarantine",
    arguments: [
      "", "{", "{}x", #"{"a": 1"#, "half a tex", "[1,]",
    ])
  func quarantined(text: String) throws {
    let fixture = try ArchiveFixture()
    put(fixture, text, "2016-06-18.json")
    let result = fixture.archive.check(.make(repair: true, plan: plan))
    #expect(result.adopted == [])
    #expect(result.findings.map(\.what) == [.invalid])
    let place = "quarantine/me/steps/2016-06-18.json"
    #expect(result.findings.first?.action.hasSuffix("moved to \(place)") == true)
    #expect(fixture.text(place) == text)
    #expect(fixture.text("\(june)/2016-06-18.json") == nil)
    #expect(fixture.archive.check(.make(repair: true, plan: plan)).findings == [])
  }

  @Test(
    "a link, folder or pipe under a day's name goes to quarantine as it is",
    arguments: [
      "link", "folder", "pipe",
    ])
  func noFile(what: String) throws {
    let fixture = try ArchiveFixture()
    let name = "archive/\(june)/2016-06-18.json"
    fixture.folder.makeFolder("archive/\(june)")
    fixture.folder.write("{}", to: "outside")
    switch what {
    case "link": fixture.folder.link(name, to: fixture.folder.path("outside"))
    case "folder": fixture.folder.makeFolder(name)
    default: #expect(mkfifo(fixture.folder.path(name), 0o600) == 0)
    }
    let kind = fixture.folder.mode(name)
    let known = CheckRow(ArchiveFixture.day("2016-06-18"), "{}")
    let looked = fixture.archive.check(.make(rows: [known]))
    #expect(looked.damaged.count == 1)
    #expect(fixture.folder.mode(name) == kind)
    let repaired = fixture.archive.check(.make(repair: true))
    #expect(repaired.findings.map(\.what) == [.invalid])
    #expect(fixture.folder.mode("archive/quarantine/me/steps/2016-06-18.json") == kind)
    #expect(fixture.folder.text("outside") == "{}")
  }

  @Test("what is no file of the stream cannot be proved and is left alone")
  func otherKinds() throws {
    let fixture = try ArchiveFixture()
    put(fixture, "<gpx/>", "2016-06-18.gpx")
    let result = fixture.archive.check(.make(repair: true))
    #expect(result.findings.map(\.what) == [.unknown])
    #expect(result.adopted == [])
    #expect(fixture.text("\(june)/2016-06-18.gpx") == "<gpx/>")
  }

  @Test("repairing twice is repairing once")
  func idempotent() throws {
    let fixture = try ArchiveFixture()
    put(fixture, "{", "2016-06-17.json")
    put(fixture, "{}", "2016-06-18.json")
    put(fixture, "x", ".2016-06-18.json.tmp-00000000000000aa")
    let first = fixture.archive.check(.make(repair: true))
    let tree = fixture.tree
    let rows = first.adopted.map {
      CheckRow(day: $0.day, size: $0.size, sha256: $0.sha256, fetchedAt: $0.fetchedAt)
    }
    let second = fixture.archive.check(.make(rows: rows, deep: true, repair: true))
    #expect(first.findings.count == 3)
    #expect(second.findings == [] && second.adopted == [])
    #expect(fixture.tree == tree)
  }

  @Test("a lost ledger's year comes back from the tree")
  func rebuild() throws {
    let fixture = try ArchiveFixture()
    let dates = ["2016-01-31", "2016-02-29", "2016-12-31"]
    for date in dates { try fixture.store("[\"\(date)\"]", date) }
    let result = fixture.archive.check(.make(repair: true))
    #expect(result.adopted.map(\.day.description) == dates)
  }
}
