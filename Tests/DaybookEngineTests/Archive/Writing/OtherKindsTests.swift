import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Days whose kind has changed")
struct OtherKindsTests {
  private let june = "me/steps/2016/06"

  private func store(
    _ fixture: ArchiveFixture, _ text: String, _ ending: String, replaces: ReplacedFile?,
    asVersion: Bool = false
  ) throws {
    var path = ArchiveFixture.path()
    path.fileExtension = ending
    let writer = try fixture.archive.openSpool(for: path)
    try writer.write(text)
    var item = PersistItem(
      id: CallID(1), spooled: try writer.finish(), keepOldFetchedAt: nil,
      fetchedAt: ArchiveFixture.time(60), asVersion: asVersion)
    item.replaces = replaces
    #expect(fixture.archive.persist([item]).allSatisfy { $0.failure == nil })
  }

  private func replaced(_ size: Int64) -> ReplacedFile {
    ReplacedFile(size: size, fetchedAt: ArchiveFixture.time())
  }

  @Test(
    "the file of the other kind becomes a version, with its own ending",
    arguments: [("json", "xml"), ("json", "parts.json"), ("parts.json", "json"), ("xml", "json")])
  func changed(_ old: String, _ new: String) throws {
    let fixture = try ArchiveFixture()
    try store(fixture, "{}", old, replaces: nil)
    try store(fixture, "<new/>", new, replaces: replaced(2))
    #expect(
      fixture.files == [
        "\(june)/2016-06-18.\(new)", "\(june)/versions/2016-06-18.20160620T100000Z.\(old)",
      ])
    #expect(fixture.text("\(june)/versions/2016-06-18.20160620T100000Z.\(old)") == "{}")
  }

  @Test("what is not the file that the row speaks of is nobody's day, and stays")
  func foreign() throws {
    for replaces in [nil, replaced(99)] {
      let fixture = try ArchiveFixture()
      try store(fixture, "{}", "json", replaces: nil)
      try store(fixture, "<new/>", "xml", replaces: replaces)
      #expect(
        fixture.files == ["\(june)/2016-06-18.json", "\(june)/2016-06-18.xml"])
    }
  }

  @Test("an answer that only becomes a version leaves the day where it is")
  func version() throws {
    let fixture = try ArchiveFixture()
    try store(fixture, "{}", "json", replaces: nil)
    try store(fixture, "<new/>", "xml", replaces: replaced(2), asVersion: true)
    #expect(fixture.text("\(june)/2016-06-18.json") == "{}" && fixture.files.count == 2)
  }
}
