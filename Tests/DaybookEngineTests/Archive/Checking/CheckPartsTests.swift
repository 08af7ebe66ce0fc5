import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Check of parts")
struct CheckPartsTests {
  private let june = "me/steps/2016/06"
  private let day = "2016-06-18.parts.json"
  private let name = "2016-06-18.ba7816bf8f01cfea.tcx"

  /// The file of a day with one part, whose bytes are `abc`.
  private func text(file: String? = nil, size: String = "3", sha256: String? = nil) -> String {
    let digest = sha256 ?? "\(SHA256.digest(Array("abc".utf8)))"
    return """
      {"list":[1],"parts":[{"item":"7","name":"x"},\
      {"item":"8","name":"x","file":"\(file ?? name)","size":\(size),"sha256":"\(digest)"}]}
      """
  }

  private func fixture(_ text: String, part: String? = "abc") throws -> ArchiveFixture {
    let fixture = try ArchiveFixture()
    fixture.folder.makeFolder("archive/\(june)")
    fixture.folder.write(text, to: "archive/\(june)/\(day)")
    if let part { fixture.folder.write(part, to: "archive/\(june)/\(name)") }
    return fixture
  }

  private func check(
    _ fixture: ArchiveFixture, _ text: String?, deep: Bool = false, repair: Bool = false
  )
    -> CheckResult
  {
    let rows = text.map { [CheckRow(ArchiveFixture.day("2016-06-18"), $0)] } ?? []
    var job = CheckJob.make(
      rows: rows, deep: deep, repair: repair,
      plan: ScanPlan(items: [JSONPointer(segments: [.key("list")])]))
    job.fileExtension = Each.fileExtension
    return fixture.archive.check(job)
  }

  @Test("a day whose parts are whole is in order, fast and deep, and its parts are not unknown")
  func whole() throws {
    let fixture = try fixture(text())
    for deep in [false, true] {
      let result = check(fixture, text(), deep: deep)
      #expect(result.findings == [] && result.damaged == [] && result.checked == 1)
    }
  }

  @Test(
    "a part that is gone, short or altered is damage of its day, and named",
    arguments: [
      (nil, Finding.What.missing, false), ("ab", .size, false), ("abd", .hash, true),
    ])
  func damaged(_ part: String?, _ what: Finding.What, _ deep: Bool) throws {
    let fixture = try fixture(text(), part: part)
    let result = check(fixture, text(), deep: deep)
    #expect(result.damaged == [ArchiveFixture.day("2016-06-18")])
    #expect(result.findings.map(\.what) == [what])
    #expect(result.findings.first?.path == "\(june)/\(name)")
    if deep { #expect(check(fixture, text()).damaged == [], "only the deep check reads it") }
  }

  @Test(
    "a list that leads elsewhere is followed nowhere",
    arguments: ["../../../../outside", "2016-06-19.ba7816bf8f01cfea.tcx", "2016-06-18.json", ""])
  func foreign(_ file: String) throws {
    let fixture = try fixture(text(file: file))
    let result = check(fixture, text(file: file))
    #expect(result.damaged.count == 1 && result.findings.first?.path == "\(june)/\(day)")
  }

  @Test("parts that no day lists are left alone: older versions may need them")
  func orphans() throws {
    let fixture = try fixture(#"{"list":[],"parts":[]}"#)
    let result = check(fixture, #"{"list":[],"parts":[]}"#, deep: true, repair: true)
    #expect(result.findings == [] && fixture.text("\(june)/\(name)") == "abc")
  }

  @Test("without a row such a day is adopted with its parts, or put aside without one of them")
  func adopted() throws {
    let good = try fixture(text())
    let result = check(good, nil, repair: true)
    #expect(result.adopted.map(\.day) == [ArchiveFixture.day("2016-06-18")])
    #expect(result.adopted.first?.scan.items == 1)
    for part in [nil, "abd"] {
      let bad = try fixture(text(), part: part)
      let result = check(bad, nil, repair: true)
      #expect(result.adopted.isEmpty && result.findings.first?.what == .invalid)
      #expect(bad.text("quarantine/me/steps/\(day)") == text())
      #expect(bad.text("\(june)/\(name)") == part)
    }
  }
}
