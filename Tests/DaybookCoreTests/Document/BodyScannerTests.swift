import Testing

@testable import DaybookCore

@Suite("BodyScanner: the kind of document that was asked for, and no page")
struct BodyScannerTests {
  private static let json = ScanPlan(items: [JSONPointer("/a")!], capture: [JSONPointer("/b")!])
  private static let xml = xmlPlan(["/a/b"], capture: ["/a"])

  private func scan(_ text: String, _ plan: ScanPlan, chunk: Int) -> ScanReport {
    let scanner = BodyScanner(plan)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      bytes[start..<min(start + chunk, bytes.count)].withUnsafeBytes { scanner.feed($0) }
    }
    return scanner.finish()
  }

  @Test("each kind is scanned as its own scanner does") func kinds() {
    for text in ["{\"a\":[1,2],\"b\":3}", "{", "", "<a><b/></a>", "<a>"] {
      let bytes = Array(text.utf8)
      #expect(BodyScanner.scan(bytes, Self.json) == JSONScanner.scan(bytes, Self.json))
      #expect(BodyScanner.scan(bytes, Self.xml) == XMLScanner.scan(bytes, Self.xml))
    }
    #expect(BodyScanner.scan(Array("{\"a\":[1,2]}".utf8), Self.json).items == 2)
    #expect(BodyScanner.scan(Array("<a><b/></a>".utf8), Self.xml).items == 1)
  }

  @Test("of bytes nothing is asked but not to be a page") func bytes() {
    let plan = ScanPlan(capture: [JSONPointer("/b")!], document: .bytes)
    let report = BodyScanner.scan([0, 255, 7], plan)
    #expect(report.fault == nil && report.items == 0 && report.captured == [[]])
    #expect(BodyScanner.scan(Array("<html></html>".utf8), plan).fault?.reason == .page)
  }

  @Test(
    "a page of HTML is a fault of its own, even where it is well-formed",
    arguments: [
      "<html><body><b/></body></html>", "<!DOCTYPE html><html></html>", "<HTML><p>cut",
      "\n<!-- x --><html/>",
    ])
  func pages(text: String) {
    for plan in [Self.json, Self.xml] {
      for chunk in [1, 7, 1_000] {
        let report = scan(text, plan, chunk: chunk)
        #expect(report.fault == DocumentFault(offset: 0, reason: .page))
        #expect(report.items == 0 && report.captured == [[]])
        #expect(report.digest == SHA256.digest([]))
      }
    }
  }

  @Test("faults read as sentences for people")
  func words() {
    func fault(_ text: String, _ plan: ScanPlan) -> String {
      BodyScanner.scan(Array(text.utf8), plan).fault.map { "\($0)" } ?? ""
    }
    #expect(fault("<html>", Self.json) == "a page of HTML at byte 0")
    #expect(fault("<b>", Self.json) == "not well-formed at byte 0")
    #expect(fault("<b>", Self.xml) == "ends in the middle at byte 3")
    #expect(fault("<!DOCTYPE a><a/>", Self.xml) == "a document type declaration at byte 0")
    #expect(fault("<a>&b;</a>", Self.xml) == "an entity that is not declared at byte 3")
  }
}
