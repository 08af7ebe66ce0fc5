import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Listing the archive")
struct ListingTests {
  @Test("accounts, streams and years come sorted, strange names not at all")
  func lists() throws {
    let fixture = try ArchiveFixture()
    for name in [
      "b/steps/2016/01", "a/sleep/2015/01", "a/steps/2016/01", "a/steps/0099/01", "a/steps/20167",
      "a/steps/versions", "a/UPPER", ".hidden", "quarantine/a", "lost+found",
    ] {
      fixture.folder.makeFolder("archive/\(name)")
    }
    fixture.folder.write("", to: "archive/file")
    fixture.folder.link("archive/link", to: fixture.folder.path("archive/a"))
    #expect(try fixture.archive.accounts() == ["a", "b"])
    #expect(try fixture.archive.streams(account: "a") == ["sleep", "steps"])
    #expect(try fixture.archive.years(account: "a", stream: "steps") == [99, 2016])
  }

  @Test("what is not there has no parts")
  func nothing() throws {
    let fixture = try ArchiveFixture()
    #expect(try fixture.archive.accounts() == [])
    #expect(try fixture.archive.streams(account: "a") == [])
    #expect(try fixture.archive.years(account: "a", stream: "b") == [])
    #expect(try fixture.archive.sha256sums(account: "a", stream: "b", year: 2016) == [])
  }

  @Test("an account that is a link is an obstruction")
  func link() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("elsewhere/steps")
    fixture.folder.link("archive/me", to: fixture.folder.path("elsewhere"))
    let failure = #expect(throws: ArchiveFailure.self) {
      try fixture.archive.streams(account: "me")
    }
    #expect(failure?.kind == "obstructed")
  }

  @Test("sums are lines of sha256sum, for days and versions, not for what is being written")
  func sums() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("a", "2016-01-01")
    try fixture.store("b", "2016-02-01")
    try fixture.store("c", "2016-02-01", asVersion: true)
    _ = try fixture.spool("d", "2016-02-01")
    let sum = { (text: String) in SHA256.digest(Array(text.utf8)).description }
    let lines = try fixture.archive.sha256sums(account: "me", stream: "steps", year: 2016)
    #expect(
      lines == [
        "\(sum("a"))  me/steps/2016/01/2016-01-01.json",
        "\(sum("b"))  me/steps/2016/02/2016-02-01.json",
        "\(sum("c"))  me/steps/2016/02/versions/2016-02-01.20160620T100000Z.json",
      ])
    #expect(
      try fixture.archive.sha256sums(account: "me", stream: "steps", year: 2016, days: false)
        == Array(lines.dropFirst(2)))
  }
}
