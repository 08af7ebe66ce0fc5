import Testing

@testable import DaybookEngine

@Suite("Quarantine")
struct QuarantineTests {
  @Test("nothing that is there already is overwritten")
  func collisions() throws {
    let fixture = try ArchiveFixture()
    let root = try fixture.archive.opened()
    fixture.folder.makeFolder(ArchiveFixture.june)
    let june = try fixture.archive.operations.openFolder(root, "me/steps/2016/06")
    var places: [String] = []
    for text in ["a", "b", "c"] {
      fixture.folder.write(text, to: "\(ArchiveFixture.june)/2016-06-18.json")
      places.append(
        try fixture.archive.quarantine(
          "2016-06-18.json", in: june, account: "me", stream: "steps", root: root))
    }
    #expect(
      places == ["", "-2", "-3"].map { "quarantine/me/steps/2016-06-18.json\($0)" })
    #expect(places.map { fixture.text($0) } == ["a", "b", "c"])
  }

  @Test("both folders are synced, so that a file is in one of them")
  func syncs() throws {
    let fixture = try ArchiveFixture()
    let root = try fixture.archive.opened()
    fixture.folder.makeFolder(ArchiveFixture.june)
    fixture.folder.write("{", to: "\(ArchiveFixture.june)/2016-06-18.json")
    let june = try fixture.archive.operations.openFolder(root, "me/steps/2016/06")
    fixture.recorder.forget()
    _ = try fixture.archive.quarantine(
      "2016-06-18.json", in: june, account: "me", stream: "steps", root: root)
    let last = Array(fixture.recorder.operations.suffix(2))
    #expect(last == [.syncFolder("quarantine/me/steps"), .syncFolder("me/steps/2016/06")])
    #expect(fixture.folder.permissions("archive/quarantine/me/steps") == 0o750)
  }
}
