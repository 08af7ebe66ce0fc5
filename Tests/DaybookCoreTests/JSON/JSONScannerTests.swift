import Testing

@testable import DaybookCore

@Suite("JSONScanner: the grammar, in chunks cut anywhere")
struct JSONScannerTests {
  /// Looks at everything, so that each case also runs the paths that collect and digest.
  static let curious = ScanPlan(
    items: [JSONPointer.root], volatile: [JSONPointer("/a")!, JSONPointer("/1")!],
    capture: [JSONPointer("/*")!, JSONPointer.root, JSONPointer("/a/0")!])

  @Test("a valid document is valid, whole and in pieces", arguments: validDocuments)
  func valid(document: [UInt8]) throws {
    let whole = JSONScanner.scan(document, Self.curious)
    #expect(whole.fault == nil)
    #expect(JSONScanner.scan(document).fault == nil)
    expectSameInPieces(document, Self.curious, whole)
    // Its meaning too is what a slow reader finds.
    let oracle = try #require(OracleNode(document))
    #expect(whole == oracle.report(Self.curious))
  }

  @Test("a fault is found at its byte, whole and in pieces", arguments: faultCases)
  func faulty(example: FaultCase) {
    let whole = JSONScanner.scan(example.bytes, Self.curious)
    #expect(whole.fault == DocumentFault(offset: example.offset, reason: example.reason))
    #expect(whole.items == 0)
    #expect(whole.digest == JSONScanner.scan([0x30]).digest)
    #expect(whole.captured == [[], [], []])
    expectSameInPieces(example.bytes, Self.curious, whole)
    let tooDeep = example.reason == .depth
    #expect(tooDeep || OracleNode(example.bytes) == nil, "the oracle must refuse it too")
  }

  @Test("a document cut at any byte is never valid, numbers apart", arguments: validDocuments)
  func cut(document: [UInt8]) throws {
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let end = try #require(document.lastIndex { !space.contains($0) })
    let begin = try #require(document.first { !space.contains($0) })
    // "12" is a document, and so is "1": such a body cannot prove that it is whole.
    guard begin != 0x2D, decimal([begin]) == nil else { return }
    for length in 0...end {
      let reason = JSONScanner.scan(Array(document[..<length])).fault?.reason
      let blank = document[..<length].allSatisfy { space.contains($0) }
      #expect(reason == (blank ? .empty : .cut), "cut to \(length) bytes")
    }
  }

  @Test("a bare number may be cut into another number", arguments: ["12", "1.25", "1e10", "-10"])
  func bareNumber(text: String) {
    #expect(JSONScanner.scan(Array(text.utf8)).fault == nil)
    #expect(JSONScanner.scan(Array(text.utf8.dropLast())).fault == nil)
  }

  @Test("what follows a fault is ignored")
  func afterFault() {
    let scanner = JSONScanner(ScanPlan(items: [.root]))
    scanner.feed(Array("[1,}".utf8))
    scanner.feed(Array("[\"\u{E9}\"]".utf8))
    #expect(scanner.finish().fault == DocumentFault(offset: 3, reason: .grammar))
  }

  @Test("empty chunks change nothing")
  func emptyChunks() {
    let scanner = JSONScanner(ScanPlan())
    scanner.feed([])
    scanner.feed(Array("tr".utf8))
    scanner.feed(UnsafeRawBufferPointer(start: nil, count: 0))
    scanner.feed(Array("ue".utf8))
    #expect(scanner.finish().fault == nil)
  }

  @Test("the depth limit counts containers", arguments: [1, 2, 7, 300])
  func depth(limit: Int) {
    func nested(_ n: Int) -> [UInt8] {
      Array(String(repeating: "[{\"a\":", count: n / 2).utf8)
        + Array((n % 2 == 0 ? "1" : "[]").utf8)
        + Array(String(repeating: "}]", count: n / 2).utf8)
    }
    #expect(JSONScanner.scan(nested(limit), depthLimit: limit).fault == nil)
    let over = JSONScanner.scan(nested(limit + 1), depthLimit: limit)
    #expect(over.fault?.reason == .depth)
    #expect(JSONScanner.scan([0x31], depthLimit: limit).fault == nil)
  }

  @Test("a long string, number and run of spaces cross many chunks")
  func longTokens() {
    let text =
      "[\"" + String(repeating: "päivä ", count: 3_000) + "\""
      + String(
        repeating: " ", count: 5_000) + "," + String(repeating: "7", count: 9_000) + "]"
    let document = Array(text.utf8)
    let plan = ScanPlan(items: [.root], capture: [JSONPointer("/*")!])
    let whole = JSONScanner.scan(document, plan)
    #expect(whole.fault == nil)
    #expect(whole.items == 2)
    for size in [1, 7, 8, 9, 4_095, 4_096, 16_384] {
      #expect(scanned(document, plan, chunk: size) == whole, "chunks of \(size)")
    }
  }
}

/// The report of a document fed in chunks of this many bytes.
func scanned(_ document: [UInt8], _ plan: ScanPlan, chunk: Int) -> ScanReport {
  let scanner = JSONScanner(plan)
  for start in stride(from: 0, to: document.count, by: chunk) {
    scanner.feed(Array(document[start..<min(start + chunk, document.count)]))
  }
  return scanner.finish()
}

/// Byte by byte, and cut in two at each position, the report must be the same.
func expectSameInPieces(_ document: [UInt8], _ plan: ScanPlan, _ whole: ScanReport) {
  #expect(scanned(document, plan, chunk: 1) == whole, "byte by byte")
  for position in 0...min(document.count, 300) {
    let scanner = JSONScanner(plan)
    scanner.feed(Array(document[..<position]))
    scanner.feed(Array(document[position...]))
    #expect(scanner.finish() == whole, "cut at \(position)")
  }
}
