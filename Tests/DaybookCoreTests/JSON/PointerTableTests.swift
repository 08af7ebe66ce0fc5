import Testing

@testable import DaybookCore

@Suite("PointerTable: a plan as bit masks")
struct PointerTableTests {
  private func collected(_ key: String) -> ScalarCollector {
    var collector = ScalarCollector()
    collector.begin(limit: 100)
    for byte in key.utf8 { collector.append(byte) }
    return collector
  }

  @Test("equal pointers share a bit, roles overlap")
  func roles() throws {
    let a = try #require(JSONPointer("/a"))
    let b = try #require(JSONPointer("/b/*"))
    let table = PointerTable(ScanPlan(items: [b, a], volatile: [a], capture: [a, b, a]))
    #expect(table.all == 0b11)
    #expect(table.items == 0b11)
    #expect(table.volatile == 0b01)
    #expect(table.captureSlots == [0b01, 0b10, 0b01])
    #expect(table.capture == 0b11)
    #expect(table.ends == [0, 0b01, 0b10])
    #expect(table.texts.map { String(decoding: $0, as: UTF8.self) } == ["/a", "/b/*"])
  }

  @Test("names, indexes and stars lead down")
  func children() throws {
    let texts = ["/*/x", "/0/x", "/a/x"]
    let plan = ScanPlan(items: try texts.map { try #require(JSONPointer($0)) })
    let table = PointerTable(plan)
    #expect(table.children(of: 0b111, depth: 0, key: collected("a")) == 0b101)
    #expect(table.children(of: 0b111, depth: 0, key: collected("0")) == 0b011)
    #expect(table.children(of: 0b111, depth: 0, key: collected("b")) == 0b001)
    #expect(table.children(of: 0b110, depth: 0, key: collected("b")) == 0)
    #expect(table.children(of: 0b111, depth: 0, index: 0) == 0b011)
    #expect(table.children(of: 0b111, depth: 0, index: 1) == 0b001)
    #expect(table.children(of: 0b011, depth: 1, key: collected("x")) == 0b011)
  }

  @Test("an empty plan has no pointers")
  func empty() {
    let table = PointerTable(ScanPlan())
    #expect(table.all == 0)
    #expect(table.ends == [0])
    #expect(table.longestKey == 0)
  }

  @Test("canonically equivalent names are different pointers")
  func equivalence() throws {
    let one = try #require(JSONPointer("/\u{E9}"))
    let other = try #require(JSONPointer("/e\u{301}"))
    #expect(PointerTable(ScanPlan(items: [one, other])).all == 0b11)
  }

  @Test("as many pointers as the limit fit")
  func full() {
    let pointers = (0..<Limits.scanPointers).map { JSONPointer(segments: [.key("k\($0)")]) }
    #expect(PointerTable(ScanPlan(items: pointers)).all == .max)
    let document = "{" + (0..<64).map { "\"k\($0)\":[\($0)]" }.joined(separator: ",") + "}"
    let report = JSONScanner.scan(Array(document.utf8), ScanPlan(items: pointers))
    #expect(report.items == 64)
    #expect(JSONScanner.scan(Array("{\"k63\":1}".utf8), ScanPlan(items: pointers)).items == 1)
  }

  @Test("one pointer more than the limit is a programming error")
  func overfull() async {
    await #expect(processExitsWith: .failure) {
      let pointers = (0...Limits.scanPointers).map { JSONPointer(segments: [.key("k\($0)")]) }
      _ = JSONScanner(ScanPlan(items: pointers))
    }
  }
}
