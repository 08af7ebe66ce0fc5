import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Storing days")
struct PersistBatchTests {
  private let file = "me/steps/2016/06/2016-06-18.json"
  private let versions = "me/steps/2016/06/versions"

  @Test("a new day is its file alone: bytes, mode and time of the fetch")
  func new() throws {
    let fixture = try ArchiveFixture()
    let time = ArchiveFixture.stamped("{\"a\":1}")
    #expect(try fixture.store("{\"a\":1}", at: time) == nil)
    #expect(fixture.files == [file])
    #expect(fixture.text(file) == "{\"a\":1}")
    #expect(fixture.folder.permissions("archive/\(file)") == 0o640)
    #expect(fixture.folder.status("archive/\(file)")?.modified == time)
    #expect(fixture.archive.spools.count == 0)
  }

  @Test("a time before 1970 is a time like any other")
  func oldTime() throws {
    let fixture = try ArchiveFixture()
    let time = Instant(microseconds: -1_500_000)
    try fixture.store("{}", at: time)
    #expect(fixture.folder.status("archive/\(file)")?.modified.seconds == -2)
  }

  @Test("a day is replaced, and the old read is gone unless it is to be kept")
  func replace() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    try fixture.store("new")
    #expect(fixture.text(file) == "new")
    #expect(fixture.files == [file])
  }

  @Test("what was altered goes to quarantine before the day takes its place; an equal one does not")
  func replacesDamaged() throws {
    for (altered, aside) in [("altered by hand", 1), ("new", 0)] {
      let fixture = try ArchiveFixture()
      try fixture.store(altered)
      var item = try fixture.item("new")
      item.replacesDamaged = true
      #expect(fixture.archive.persist([item]).first?.failure == nil)
      #expect(fixture.text(file) == "new")
      let quarantined = fixture.files.filter { $0.hasPrefix("quarantine/") }
      #expect(quarantined.count == aside)
      #expect(quarantined.allSatisfy { fixture.text($0) == altered })
    }
  }

  @Test("the old read is kept under the time of its fetch")
  func keepOld() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old", at: ArchiveFixture.time())
    try fixture.store("new", keepOld: ArchiveFixture.time(), at: ArchiveFixture.time(60))
    #expect(fixture.text(file) == "new")
    let version = "\(versions)/2016-06-18.20160620T100000Z.json"
    #expect(fixture.text(version) == "old")
    #expect(fixture.files == [file, version])
    #expect(fixture.folder.permissions("archive/\(versions)") == 0o750)
    #expect(fixture.folder.permissions("archive/\(version)") == 0o640)
    #expect(fixture.folder.status("archive/\(version)")?.modified == ArchiveFixture.stamped("old"))
  }

  @Test("where there is no old read, none is kept")
  func nothingToKeep() throws {
    let fixture = try ArchiveFixture()
    #expect(try fixture.store("new", keepOld: ArchiveFixture.time()) == nil)
    #expect(fixture.tree.filter { $0.contains("versions") } == [])
  }

  @Test("an answer kept as a version leaves the day as it is")
  func asVersion() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("full")
    #expect(try fixture.store("empty", at: ArchiveFixture.time(5), asVersion: true) == nil)
    #expect(fixture.text(file) == "full")
    let version = "\(versions)/2016-06-18.20160620T100005Z.json"
    #expect(fixture.files == [file, version])
    #expect(fixture.text(version) == "empty")
    #expect(
      fixture.folder.status("archive/\(version)")?.modified == ArchiveFixture.stamped("empty", 5))
  }

  @Test(
    "what stands in a day's place and is no file stays, and the day fails",
    arguments: [
      "link", "dangling", "folder", "pipe",
    ])
  func obstructed(what: String) throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}", "2016-06-17")
    let name = "archive/\(file)"
    fixture.folder.write("outside", to: "outside")
    switch what {
    case "link": fixture.folder.link(name, to: fixture.folder.path("outside"))
    case "dangling": fixture.folder.link(name, to: fixture.folder.path("nowhere"))
    case "folder": fixture.folder.makeFolder(name)
    default: #expect(mkfifo(fixture.folder.path(name), 0o600) == 0)
    }
    let before = fixture.folder.mode(name)
    for keepOld in [nil, ArchiveFixture.time()] {
      let failure = try fixture.store("new", keepOld: keepOld)
      #expect(failure?.kind == "obstructed")
      #expect(failure?.text.contains(file) == true)
    }
    #expect(fixture.folder.mode(name) == before)
    #expect(fixture.folder.text("outside") == "outside")
    #expect(fixture.folder.text("nowhere") == nil)
    #expect(fixture.temporaries == [])
  }

  @Test("one item's trouble is not its neighbours'")
  func neighbours() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("\(ArchiveFixture.june)/2016-06-18.json")
    let items = [
      try fixture.item("a", "2016-06-17", id: 1), try fixture.item("b", "2016-06-18", id: 2),
      try fixture.item("c", "2016-06-19", id: 3),
    ]
    let outcomes = fixture.archive.persist(items)
    #expect(outcomes.map { $0.id.number } == [1, 2, 3])
    #expect(outcomes.map { $0.failure?.kind } == [nil, "obstructed", nil])
    #expect(fixture.text("me/steps/2016/06/2016-06-17.json") == "a")
    #expect(fixture.text("me/steps/2016/06/2016-06-19.json") == "c")
    #expect(fixture.temporaries == [])
  }

  @Test("a body that was changed after it was written is not stored")
  func changed() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new")
    let name = "\(ArchiveFixture.june)/\(item.spooled.temporary)"
    fixture.folder.write("longer than it was", to: name)
    let failure = fixture.archive.persist([item]).first?.failure
    #expect(failure?.kind == "failed")
    #expect(failure?.text.contains("18 bytes, 3 were written") == true)
    #expect(fixture.text(file) == "old")
    #expect(fixture.temporaries == [])
  }

  @Test("a body that is gone is a failure, and the old day stays")
  func gone() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("old")
    let item = try fixture.item("new")
    fixture.folder.remove("\(ArchiveFixture.june)/\(item.spooled.temporary)")
    #expect(fixture.archive.persist([item]).first?.failure?.kind == "failed")
    #expect(fixture.text(file) == "old")
  }

  @Test("another process's spool is stored as well: its descriptor is not needed")
  func reopened() throws {
    let folder = ScratchFolder()
    let item = try ArchiveFixture(folder).item("{}")
    let archive = try ArchiveFixture.open(folder)
    #expect(archive.persist([item]).first?.failure == nil)
    #expect(folder.text("archive/\(file)") == "{}")
  }

  @Test("no items, no work")
  func nothing() throws {
    let fixture = try ArchiveFixture()
    let before = fixture.archive.flushes
    #expect(fixture.archive.persist([]).isEmpty)
    #expect(fixture.archive.flushes == before)
  }

  @Test(
    "each body costs one sync, each folder of a batch one",
    arguments: [
      (["2016-06-01"], 2), (["2016-06-01", "2016-06-02", "2016-06-03"], 4),
      (["2016-06-01", "2016-07-01", "2016-06-02", "2016-07-02"], 6),
      ((1...10).map { "2016-06-\($0 < 10 ? "0" : "")\($0)" }, 11),
    ])
  func flushes(dates: [String], count: Int) throws {
    let fixture = try ArchiveFixture()
    let items = try dates.map { date in try fixture.item("{}", date) }
    let before = fixture.archive.flushes
    let outcomes = fixture.archive.persist(items)
    #expect(outcomes.allSatisfy { $0.failure == nil })
    #expect(fixture.archive.flushes - before == count)
  }

  @Test("the same day twice in a batch ends as the last one")
  func sameDay() throws {
    let fixture = try ArchiveFixture()
    let items = [try fixture.item("first", id: 1), try fixture.item("second", id: 2)]
    #expect(fixture.archive.persist(items).allSatisfy { $0.failure == nil })
    #expect(fixture.text(file) == "second")
    #expect(fixture.temporaries == [])
  }
}
