import Testing

@testable import DaybookCore

@Suite("NameCount: the parser keeps every name")
struct NameCountTests {
  private func admit(_ count: inout NameCount, _ name: String) -> Bool {
    Array(name.utf8).withUnsafeBytes { count.admit($0) }
  }

  @Test("names are counted once, and what was admitted stays admitted") func counted() {
    var count = NameCount()
    for round in 1...2 {
      for n in 1...Limits.xmlNames { #expect(admit(&count, "name\(n)"), "\(round)") }
    }
    #expect(!admit(&count, "another"))
    #expect(!admit(&count, "one more"))
    #expect(admit(&count, "name7") && admit(&count, "name7"))
  }

  @Test("a name that comes again at once is one name") func again() {
    var count = NameCount()
    for _ in 0..<3 * Limits.xmlNames { #expect(admit(&count, "value")) }
    #expect(admit(&count, "other"))
  }

  @Test("a name has a length", arguments: [(0, true), (256, true), (257, false), (9_999, false)])
  func length(length: Int, isAdmitted: Bool) {
    var count = NameCount()
    #expect(admit(&count, String(repeating: "x", count: length)) == isAdmitted)
  }
}
