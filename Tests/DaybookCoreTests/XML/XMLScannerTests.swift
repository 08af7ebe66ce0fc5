import Glibc
import Testing

@testable import DaybookCore

@Suite("XMLScanner: the grammar, in chunks cut anywhere")
struct XMLScannerTests {
  /// A plan that looks at much of the small documents.
  private static let curious = xmlPlan(
    ["", "/a", "/a/*"], volatile: ["/a/c"], capture: ["/a", "/a/b", "/a/@b", "/*"])

  private func expectSameInPieces(_ document: [UInt8], _ plan: ScanPlan, _ whole: ScanReport) {
    #expect(scannedXML(document, plan, chunk: 1) == whole, "byte by byte")
    for position in 0...min(document.count, 100) {
      let scanner = XMLScanner(plan)
      scanner.feed(Array(document[..<position]))
      scanner.feed(Array(document[position...]))
      #expect(scanner.finish() == whole, "cut at \(position)")
    }
  }

  @Test("what XML 1.0 allows is accepted", arguments: wellFormedXML)
  func wellFormed(text: String) {
    let document = Array(text.utf8)
    let whole = XMLScanner.scan(document, Self.curious)
    #expect(whole.fault == nil)
    #expect(XMLScanner.scan(document).fault == nil)
    expectSameInPieces(document, Self.curious, whole)
  }

  @Test("there are enough cases") func cases() {
    #expect(wellFormedXML.count >= 50 && xmlFaults.count >= 90)
  }

  @Test("anything else is a fault with its reason and its byte", arguments: xmlFaults)
  func faults(_ example: FaultCase) {
    let whole = XMLScanner.scan(example.bytes, Self.curious)
    #expect(whole.fault == DocumentFault(offset: example.offset, reason: example.reason))
    #expect(whole.items == 0)
    #expect(whole.digest == SHA256.digest([]))
    #expect(whole.captured == [[], [], [], []])
    expectSameInPieces(example.bytes, Self.curious, whole)
  }

  /// Documents whose last byte is the end of the root element.
  static let closed = wellFormedXML.filter {
    $0.hasSuffix(">") && !$0.hasSuffix("-->") && !$0.hasSuffix("?>")
  }

  @Test("a document cut at any byte is none", arguments: closed)
  func cut(text: String) {
    let document = Array(text.utf8)
    for length in 0..<document.count {
      let fault = XMLScanner.scan(Array(document[..<length])).fault
      #expect(fault?.reason == .cut || fault?.reason == .empty, "cut at \(length)")
      #expect(fault?.offset == Int64(length))
    }
  }

  @Test("behind the root only what means nothing can be missing") func cutBehind() {
    let text = Array("<a/> <!-- x -->".utf8)
    let whole = (0...text.count).filter { XMLScanner.scan(Array(text[..<$0])).fault == nil }
    #expect(whole == [4, 5, 15])
  }

  @Test("cuts and pieces of a long document make no difference", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let values = (0..<4_000).map { "<value description=\"at \($0)\">\($0) &amp; ä</value>\n" }
    let document = Array("<a><b>\n\(values.joined())</b></a>".utf8)
    let plan = xmlPlan(["/a/b/value"], capture: ["/a/b/value/@description"])
    let whole = XMLScanner.scan(document, plan)
    #expect(whole.fault == nil && whole.items == 4_000)
    let scanner = XMLScanner(plan)
    var rest = document[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...40_000, using: &random))
      scanner.feed(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    #expect(scanner.finish() == whole)
    let length = Int.random(in: 1..<document.count, using: &random)
    let fault = XMLScanner.scan(Array(document[..<length]), plan).fault
    #expect(fault == DocumentFault(offset: Int64(length), reason: .cut))
  }

  @Test("entities that are listed count as declared, in text and attributes, others do not")
  func entities() {
    let plan = xmlPlan(["/a"], capture: ["/a", "/a/@b"], entities: ["hellip", "nbsp"])
    for head in ["", "<?xml version=\"1.0\" standalone=\"yes\"?>", "\u{FEFF} ", "<!-- x -->"] {
      let text = Array("\(head)<a b=\"1&hellip;\">x&nbsp;&hellip;y</a>".utf8)
      let report = XMLScanner.scan(text, plan)
      #expect(report.fault == nil, "\(head)")
      #expect(report.captured.map { $0.map(\.text) } == [["x&nbsp;&hellip;y"], ["1&hellip;"]])
      expectSameInPieces(text, plan, report)
      for bad in ["<a>&hellip</a>", "<a>&Hellip;</a>", "<a>&mdash;</a>", "<a b=\"&mdash;\"/>"] {
        #expect(XMLScanner.scan(Array("\(head)\(bad)".utf8), plan).fault != nil)
      }
      let unknown = XMLScanner.scan(Array("\(head)<a>&hellip;&mdash;</a>".utf8), plan).fault
      let offset = Int64(head.utf8.count + 11)
      #expect(unknown == DocumentFault(offset: offset, reason: .entity))
    }
  }

  @Test("an entity is not the same as its name in text") func entityDigest() {
    let plan = xmlPlan(["/a"], entities: ["hellip"])
    let texts = [
      "<a>&hellip;</a>", "<a>&amp;hellip;</a>", "<a b=\"&hellip;\"/>", "<a b=\"&amp;hellip;\"/>",
      "<a>hellip</a>", "<a>…</a>",
    ]
    #expect(Set(texts.map { XMLScanner.scan(Array($0.utf8), plan).digest }).count == texts.count)
  }

  @Test("entities of entities expand to nothing, because there are none") func laughs() {
    var text = "<!DOCTYPE a [<!ENTITY a0 \"ha\">"
    for level in 1...30 { text += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
    let report = XMLScanner.scan(Array("\(text)]><a>&a30;</a>".utf8), xmlPlan(entities: ["a1"]))
    #expect(report.fault == DocumentFault(offset: 0, reason: .doctype))
    let own = String(repeating: "&hellip;", count: 100_000)
    let many = XMLScanner.scan(Array("<a>\(own)</a>".utf8), xmlPlan(["/a"], entities: ["hellip"]))
    #expect(many.fault == nil)
  }

  @Test("documents may be nested to the limit and no deeper", arguments: [1, 7, 128])
  func depth(limit: Int) {
    func nested(_ n: Int) -> [UInt8] {
      Array((String(repeating: "<a>", count: n) + String(repeating: "</a>", count: n)).utf8)
    }
    let plan = xmlPlan()
    #expect(XMLScanner.scan(nested(limit), plan, depthLimit: limit).fault == nil)
    let over = XMLScanner.scan(nested(limit + 1), plan, depthLimit: limit)
    #expect(over.fault == DocumentFault(offset: Int64(3 * limit), reason: .depth))
  }

  @Test("after a fault nothing is taken any more, and empty pieces are nothing") func after() {
    let scanner = XMLScanner(Self.curious)
    scanner.feed([])
    scanner.feed(Array("<a></b>".utf8))
    scanner.feed(Array(String(repeating: "<a/>", count: 10_000).utf8))
    #expect(scanner.finish().fault == DocumentFault(offset: 5, reason: .grammar))
    #expect(XMLScanner(Self.curious).finish().fault?.reason == .empty)
  }

  @Test("what the parser would hold whole has a limit, whatever the pieces") func tokens() {
    let long = String(repeating: "x", count: Limits.xmlTokenBytes + 1)
    let blank = String(repeating: " ", count: Limits.xmlTokenBytes + 1)
    let texts = [
      "<a b=\"\(long)\"/>", "<a><!--\(long)--></a>", "<a><?b \(long)?></a>", "<a></a\(blank)>",
      "<a b=\"\(long)\(long)", "<a>\(blank)</a>", "<?xml version=\"1.0\"\(blank)?><a/>",
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      let whole = XMLScanner.scan(bytes, xmlPlan(["/a"]))
      #expect(whole.fault?.reason == .tooLong, "\(text.prefix(8))")
      for chunk in [1, 16_384, 60_001] {
        #expect(scannedXML(bytes, xmlPlan(["/a"]), chunk: chunk) == whole, "\(text.prefix(8))")
      }
    }
    for text in ["<a>\(long)</a>", "<a/>\(blank)", "\(blank)<a/>", "<a><![CDATA[\(long)]]></a>"] {
      #expect(XMLScanner.scan(Array(text.utf8), xmlPlan(["/a"])).fault == nil)
    }
  }

  @Test("ever new names are a fault") func names() {
    func elements(_ n: Int) -> [UInt8] {
      Array("<a>\((1..<n).map { "<e\($0)/>" }.joined())<a/></a>".utf8)
    }
    #expect(XMLScanner.scan(elements(Limits.xmlNames)).fault == nil)
    #expect(XMLScanner.scan(elements(Limits.xmlNames + 1)).fault?.reason == .names)
    let attributes = (1...Limits.xmlNames).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(XMLScanner.scan(Array("<a \(attributes)/>".utf8)).fault?.reason == .names)
    let name = String(repeating: "n", count: Limits.xmlNameBytes + 1)
    #expect(XMLScanner.scan(Array("<\(name)/>".utf8)).fault?.reason == .names)
  }

  @Test("a body of 64 MB takes no memory of its size") func memory() throws {
    let scanner = XMLScanner(xmlPlan(["/a/b"], capture: ["/a/b"]))
    scanner.feed(Array("<a>".utf8))
    let element = Array("<b c=\"d\">".utf8) + Array(repeating: 0x78, count: 50_000)
    let piece = element + Array("</b>\n".utf8)
    for _ in 0..<200 { scanner.feed(piece) }
    let before = try residentBytes()
    for _ in 0..<1_100 { scanner.feed(piece) }
    #expect(try residentBytes() - before < 32 << 20)
    scanner.feed(Array("</a>".utf8))
    let report = scanner.finish()
    #expect(report.fault == nil && report.items == 1_300)
  }

  /// Of this process.
  private func residentBytes() throws -> Int {
    let file = try #require(fopen("/proc/self/statm", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    try #require(fgets(&line, 256, file) != nil)
    let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
      .split(separator: " ")
    return try #require(Int(fields[1])) * 4_096
  }
}
