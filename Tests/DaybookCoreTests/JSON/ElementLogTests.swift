import Testing

@testable import DaybookCore

@Suite("The elements of a list")
struct ElementLogTests {
  private let scalar = JSONScalar(.number, "1")

  @Test("an element has its place, and the first scalar of each fact")
  func one() {
    var log = ElementLog(facts: 2)
    log.begin(at: 10)
    log.note(scalar, fact: 1)
    log.note(JSONScalar(.number, "2"), fact: 1)
    log.end(at: 25)
    #expect(log.elements == [ScannedElement(start: 10, length: 15, found: [nil, scalar])])
    #expect(!log.isFull)
  }

  @Test("what stands outside of elements is nobody's")
  func outside() {
    var log = ElementLog(facts: 1)
    log.note(scalar, fact: 0)
    log.end(at: 3)
    log.begin(at: 4)
    log.end(at: 5)
    log.note(scalar, fact: 0)
    #expect(log.elements == [ScannedElement(start: 4, length: 1, found: [nil])])
  }

  @Test("more than the limit is said, and no more are kept")
  func full() {
    var log = ElementLog(facts: 0, limit: 2)
    for offset in 0..<3 as Range<Int64> {
      #expect(!log.isFull)
      log.begin(at: offset)
      log.end(at: offset + 1)
    }
    #expect(log.isFull && log.elements.count == 2)
  }

  /// Pointers, a document, and for each element its bytes and facts.
  struct Case: Sendable {
    var at: String
    var facts: [String]
    var document: String
    var elements: [(String, [String?])]
  }

  @Test(
    "the scanner finds elements wherever the chunks are cut",
    arguments: [
      Case(
        at: "/sleep/*", facts: ["/sleep/*/day"],
        document: #" {"sleep" : [ {"day":"a", "x":[{"day":"no"}]} , {"y":1} ], "day":"z"} "#,
        elements: [(#"{"day":"a", "x":[{"day":"no"}]}"#, ["a"]), (#"{"y":1}"#, [nil])]),
      Case(
        at: "/*", facts: ["/*/d/y", "/*/d/m"],
        document: #"[{"d":{"y":2016,"m":6}},{"d":{"m":7,"y":2017}}, 5 ,"s",null]"#,
        elements: [
          (#"{"d":{"y":2016,"m":6}}"#, ["2016", "6"]), (#"{"d":{"m":7,"y":2017}}"#, ["2017", "7"]),
          ("5", [nil, nil]), (#""s""#, [nil, nil]), ("null", [nil, nil]),
        ]),
      Case(at: "/a/*", facts: [], document: #"{"a":[]}"#, elements: []),
      Case(
        at: "/a/*", facts: ["/a/*"], document: #"{"a":["x","y"]}"#,
        elements: [
          (#""x""#, ["x"]), (#""y""#, ["y"]),
        ]),
      Case(at: "/a/*", facts: [], document: #"{"b":[1]}"#, elements: []),
    ])
  func scanned(_ it: Case) throws {
    func pointer(_ text: String) throws -> JSONPointer { try #require(JSONPointer(text)) }
    let plan = ScanPlan(
      elements: ElementPlan(at: try pointer(it.at), facts: try it.facts.map(pointer)))
    let bytes = Array(it.document.utf8)
    for size in [1, 2, 3, 7, bytes.count] {
      let scanner = JSONScanner(plan)
      for start in stride(from: 0, to: bytes.count, by: size) {
        scanner.feed(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      let report = scanner.finish()
      let found = try #require(report.elements)
      let texts = found.map { element in
        let begin = Int(element.start)
        return String(decoding: bytes[begin..<begin + Int(element.length)], as: UTF8.self)
      }
      #expect(texts == it.elements.map(\.0))
      #expect(found.map { $0.found.map { $0?.text } } == it.elements.map(\.1))
    }
  }

  @Test("a document with a fault has no elements")
  func fault() throws {
    let at = try #require(JSONPointer("/a/*"))
    let report = JSONScanner.scan(
      Array(#"{"a":[{"b":1},{"#.utf8), ScanPlan(elements: ElementPlan(at: at, facts: [])))
    #expect(report.fault != nil && report.elements == [])
  }
}
