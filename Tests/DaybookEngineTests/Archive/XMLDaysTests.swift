import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Days of XML in the archive")
struct XMLDaysTests {
  private static let june = "me/steps/2016/06"
  private static let text = "<a>\n <value at='1'>12</value><value>&hellip;</value></a>\n"
  private static let plan = ScanPlan(
    items: [JSONPointer(segments: [.key("a"), .key("value")])],
    document: .xml(entities: ["hellip"]))
  private let day = ArchiveFixture.day("2016-06-18")

  /// The answer to a call for a day, in pieces of seven bytes.
  private func receive(_ fixture: ArchiveFixture, _ text: String) throws -> Answer {
    let path = DayPath(account: "me", stream: "steps", day: day, fileExtension: "xml")
    let receiver = BodyReceiver(.spool(path, Self.plan), archive: fixture.archive)
    receiver.begin(status: 200)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
      let piece = Array(bytes[start..<min(start + 7, bytes.count)])
      try piece.withUnsafeBytes { try receiver.receive($0) }
    }
    return try receiver.finish(status: 200, headers: []).get()
  }

  /// Receives a day and puts it away.
  private func store(
    _ fixture: ArchiveFixture, _ text: String = Self.text, keepOld: Instant? = nil
  ) throws -> Answer {
    let answer = try receive(fixture, text)
    guard case .spooled(let spooled) = answer.body else { return answer }
    let item = PersistItem(
      id: CallID(1), spooled: spooled, keepOldFetchedAt: keepOld, fetchedAt: ArchiveFixture.time())
    #expect(fixture.archive.persist([item]).first?.failure == nil)
    return answer
  }

  @Test("a day is written under its extension, as it came, an older read beside it")
  func written() throws {
    let fixture = try ArchiveFixture()
    let answer = try store(fixture)
    #expect(answer.scan == BodyScanner.scan(Array(Self.text.utf8), Self.plan))
    #expect(answer.scan.fault == nil && answer.scan.items == 2)
    #expect(fixture.files == ["\(Self.june)/2016-06-18.xml"])
    _ = try store(fixture, "<a/>", keepOld: ArchiveFixture.time())
    #expect(fixture.text("\(Self.june)/2016-06-18.xml") == "<a/>")
    let version = "\(Self.june)/versions/2016-06-18.20160620T100000Z.xml"
    #expect(fixture.files == ["\(Self.june)/2016-06-18.xml", version])
    #expect(fixture.text(version) == Self.text)
  }

  @Test("a body cut at any byte is an answer with a fault")
  func cut() throws {
    let fixture = try ArchiveFixture()
    for count in 0..<Self.text.utf8.count - 1 {
      let answer = try receive(fixture, String(Self.text.prefix(count)))
      #expect(answer.scan.fault != nil, "cut at \(count)")
      guard case .spooled(let spooled) = answer.body else { continue }
      fixture.archive.discard(spooled)
    }
    #expect(fixture.files == [])
  }

  @Test("it is verified, fast and deep, and damage is found", arguments: [false, true])
  func verified(deep: Bool) throws {
    let fixture = try ArchiveFixture()
    _ = try store(fixture)
    let rows = [CheckRow(day, Self.text)]
    let job = CheckJob.make(rows: rows, deep: deep, plan: Self.plan)
    #expect(fixture.archive.check(job).findings == [])
    #expect(fixture.archive.check(job).checked == 1)
    let name = "archive/\(Self.june)/2016-06-18.xml"
    fixture.folder.write(Self.text.replacing("12", with: "13"), to: name)
    #expect(fixture.archive.check(job).damaged == [day], "it was touched, so it is read")
    fixture.folder.write("<a>", to: name)
    #expect(fixture.archive.check(job).damaged == [day])
    fixture.folder.remove(name)
    #expect(fixture.archive.check(job).findings.map(\.what) == [.missing])
  }

  @Test("a whole file that no row knows is adopted with all that can be known of it")
  func adopted() throws {
    let fixture = try ArchiveFixture()
    let answer = try store(fixture)
    let result = fixture.archive.check(.make(repair: true, plan: Self.plan))
    let adopted = try #require(result.adopted.first)
    #expect(result.adopted.count == 1 && result.findings.map(\.action) == ["adopted"])
    #expect(adopted.day == day && adopted.scan == answer.scan)
    #expect(adopted.sha256 == SHA256.digest(Array(Self.text.utf8)))
    #expect(adopted.fetchedAt == ArchiveFixture.time())
  }

  @Test(
    "what is no whole document goes to quarantine",
    arguments: [
      ("", "no document at byte 0"), ("<a>", "ends in the middle at byte 3"),
      ("<html></html>", "a page of HTML at byte 0"), ("{}", "not well-formed at byte 0"),
      ("<a/><b/>", "something follows the document at byte 4"),
      ("<a>&nbsp;</a>", "an entity that is not declared at byte 3"),
    ])
  func quarantined(text: String, why: String) throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/\(Self.june)")
    fixture.folder.write(text, to: "archive/\(Self.june)/2016-06-18.xml")
    let result = fixture.archive.check(.make(repair: true, plan: Self.plan))
    let place = "quarantine/me/steps/2016-06-18.xml"
    #expect(result.adopted == [])
    #expect(result.findings.map(\.action) == ["\(why), moved to \(place)"])
    #expect(fixture.text(place) == text)
  }

  @Test("files of another kind than the stream's are left alone", arguments: ["json", "gpx"])
  func otherKinds(kind: String) throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/\(Self.june)")
    fixture.folder.write("{}", to: "archive/\(Self.june)/2016-06-18.\(kind)")
    let result = fixture.archive.check(.make(repair: true, plan: Self.plan))
    #expect(result.adopted == [])
    #expect(
      result.findings.map(\.action) == ["left alone: the days of this stream are .xml files"])
    #expect(fixture.text("\(Self.june)/2016-06-18.\(kind)") == "{}")
  }

  @Test("what a kill left of one is found by its name")
  func temporary() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/\(Self.june)")
    let name = TemporaryName.make(for: "2016-06-18.xml", 5)
    fixture.folder.write("<a", to: "archive/\(Self.june)/\(name)")
    let result = fixture.archive.check(.make(repair: true, plan: Self.plan))
    #expect(result.findings.map(\.action) == ["removed"])
    #expect(fixture.files == [])
  }
}
