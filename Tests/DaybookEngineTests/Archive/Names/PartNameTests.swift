import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Names of parts")
struct PartNameTests {
  @Test("a part is named by its day, its bytes and its kind, and known by its name")
  func roundTrip() throws {
    var path = ArchiveFixture.path("2016-06-18")
    path.fileExtension = "tcx"
    let part = Spooled(
      path: path, temporary: "t", size: 3, sha256: SHA256.digest(Array("abc".utf8)))
    #expect(PartName.make(part) == "2016-06-18.ba7816bf8f01cfea.tcx")
    #expect(PartName(PartName.make(part))?.day == path.day)
    #expect(DayName(PartName.make(part)) == nil)
  }

  @Test(
    "nothing else is a part",
    arguments: [
      "", "2016-06-18.json", "2016-06-18.parts.json", "2016-06-18.ba7816bf8f01cfe.tcx",
      "2016-06-18.BA7816BF8F01CFEA.tcx", "2016-06-18.ba7816bf8f01cfeg.tcx",
      "2016-06-18.ba7816bf8f01cfea", "2016-06-18.ba7816bf8f01cfea.",
      "2016-13-18.ba7816bf8f01cfea.x",
      "2016-06-18.ba7816bf8f01cfea.tcx.tmp-0123456789abcdef", ".2016-06-18.ba7816bf8f01cfea.tcx",
      "2016-06-18.20161122T230000Z.json", "2016-06-18.ba7816bf8f01cfea.../x",
    ])
  func others(name: String) {
    #expect(PartName(name) == nil)
  }
}
