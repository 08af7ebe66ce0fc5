import Testing

@testable import DaybookCore

@Suite("JSONScanner: what the plan points at")
struct JSONScannerPlanTests {
  struct Count: CustomStringConvertible {
    var pointers: [String]
    var document: String
    var items: Int
    var description: String { "\(pointers) in \(document)" }
  }

  @Test(
    "items are elements, members, or a scalar that is not null",
    arguments: [
      Count(pointers: [""], document: "[1,2,[3,4]]", items: 3),
      Count(pointers: [""], document: "{\"a\":1,\"b\":{}}", items: 2),
      Count(pointers: [""], document: "7", items: 1),
      Count(pointers: [""], document: "\"x\"", items: 1),
      Count(pointers: [""], document: "false", items: 1),
      Count(pointers: [""], document: "null", items: 0),
      Count(pointers: [""], document: "[]", items: 0),
      Count(pointers: [""], document: "[null]", items: 1),
      Count(pointers: ["/a"], document: "{}", items: 0),
      Count(pointers: ["/a"], document: "{\"a\":null}", items: 0),
      Count(pointers: ["/a"], document: "{\"a\":[]}", items: 0),
      Count(pointers: ["/a"], document: "{\"b\":{\"a\":[1]},\"a\":[1,2]}", items: 2),
      Count(pointers: ["/a"], document: "{\"a\":[1],\"a\":[1,2]}", items: 3),
      Count(pointers: ["/a", "/b"], document: "{\"b\":[1],\"a\":{\"x\":1,\"y\":2}}", items: 3),
      Count(pointers: ["/0/segments"], document: "[{\"segments\":[{},{}]}]", items: 2),
      Count(pointers: ["/0/segments"], document: "[{\"segments\":null}]", items: 0),
      Count(
        pointers: ["/*/segments"], document: "[{\"segments\":[1]},{\"segments\":[2,3]}]", items: 3),
      Count(pointers: ["/*"], document: "{\"a\":[1],\"b\":[2,3],\"c\":4}", items: 4),
      Count(pointers: ["/*/*"], document: "[[[1,2]],{\"x\":[3]}]", items: 3),
      Count(pointers: ["/0"], document: "{\"0\":[1,2]}", items: 2),
      Count(pointers: ["/00"], document: "[[1,2]]", items: 0),
      Count(pointers: ["/-1"], document: "[[1,2]]", items: 0),
      Count(pointers: ["/10"], document: "[0,0,0,0,0,0,0,0,0,0,[1,2,3]]", items: 3),
      Count(pointers: ["/a~1b/~0c"], document: "{\"a/b\":{\"~c\":[1]}}", items: 1),
      Count(pointers: ["/"], document: "{\"\":[1]}", items: 1),
      Count(pointers: ["/a", "/*"], document: "{\"a\":[1,2]}", items: 2),
      Count(pointers: ["/a", "/a"], document: "{\"a\":[1,2]}", items: 2),
      Count(pointers: ["", "/a"], document: "{\"a\":[1,2]}", items: 3),
      Count(pointers: ["/é"], document: "{\"\\u00E9\":[1]}", items: 1),
      Count(pointers: ["/é"], document: "{\"e\u{301}\":[1]}", items: 0),
      Count(pointers: ["/😀"], document: "{\"\\uD83D\\uDE00\":[1]}", items: 1),
      Count(pointers: ["/a"], document: "{\"\\u0061\":[1]}", items: 1),
      Count(pointers: ["/ab"], document: "{\"abc\":[1],\"a\":[1]}", items: 0),
      Count(pointers: ["/\u{FFFD}"], document: "{\"\\uD800\":[1]}", items: 0),
      Count(pointers: [], document: "[1]", items: 0),
    ])
  func counts(example: Count) throws {
    let plan = ScanPlan(items: try example.pointers.map { try #require(JSONPointer($0)) })
    let document = Array(example.document.utf8)
    let whole = JSONScanner.scan(document, plan)
    #expect(whole.fault == nil)
    #expect(whole.items == example.items)
    expectSameInPieces(document, plan, whole)
  }

  @Test("scalars are captured with their escapes resolved, containers are not")
  func captures() throws {
    let document = """
      {"s": "a\\n\\"\\u00e9\\/\\uD83D\\uDE00é", "n": -1.50e+3, "t": true, "f": false, "z": null,
       "list": [1, "two", [3], {"x": 4}], "lone": "\\uD800x\\uDC00", "empty": ""}
      """
    let names = ["/s", "/n", "/t", "/f", "/z", "/list/*", "/list", "/lone", "/empty", "/none"]
    let plan = ScanPlan(capture: try names.map { try #require(JSONPointer($0)) })
    let report = JSONScanner.scan(Array(document.utf8), plan)
    #expect(
      report.captured == [
        [JSONScalar(.string, "a\n\"é/😀é")], [JSONScalar(.number, "-1.50e+3")],
        [JSONScalar(.literal, "true")], [JSONScalar(.literal, "false")],
        [JSONScalar(.literal, "null")],
        [JSONScalar(.number, "1"), JSONScalar(.string, "two")], [],
        [JSONScalar(.string, "\u{FFFD}x\u{FFFD}")], [JSONScalar(.string, "")], [],
      ])
    expectSameInPieces(Array(document.utf8), plan, report)
  }

  @Test("a pointer captured twice is reported twice, each in its place")
  func captureTwice() throws {
    let a = try #require(JSONPointer("/a"))
    let plan = ScanPlan(items: [a], capture: [a, .root, a])
    let report = JSONScanner.scan(Array("{\"a\":1,\"b\":2,\"a\":3}".utf8), plan)
    let both = [JSONScalar(.number, "1"), JSONScalar(.number, "3")]
    #expect(report.captured == [both, [], both])
    #expect(report.items == 2)
  }

  @Test("a long scalar is cut at the limit, between characters", arguments: 0...4)
  func longScalar(shift: Int) {
    let room = Limits.capturedBytes - shift
    let text = String(repeating: "a", count: room) + "😀😀"
    let report = JSONScanner.scan(Array("\"\(text)\"".utf8), ScanPlan(capture: [.root]))
    let kept = String(repeating: "a", count: room) + (shift == 4 ? "😀" : "")
    #expect(report.captured == [[JSONScalar(.string, kept)]])
    let escaped = String(repeating: "a", count: room) + "\\uD83D\\uDE00\\uD83D\\uDE00"
    let plan = ScanPlan(capture: [.root])
    #expect(JSONScanner.scan(Array("\"\(escaped)\"".utf8), plan).captured == report.captured)
  }

  @Test("the number of captured scalars is bounded over all pointers")
  func manyScalars() throws {
    let plan = ScanPlan(capture: [try #require(JSONPointer("/*")), try #require(JSONPointer("/*"))])
    let list = Array(repeating: "7", count: Limits.capturedValues).joined(separator: ",")
    let report = JSONScanner.scan(Array("[\(list)]".utf8), plan)
    #expect(report.captured.map(\.count) == [Limits.capturedValues / 2, Limits.capturedValues / 2])
  }

  @Test("a prepared plan is the same plan, and one that is changed is prepared no more")
  func prepared() throws {
    let a = try #require(JSONPointer("/a/*"))
    let b = try #require(JSONPointer("/b/*"))
    let body = Array(#"{"a": [1, 2], "b": [3]}"#.utf8)
    let plan = ScanPlan(items: [a])
    var prepared = plan.prepared
    #expect(prepared == plan && prepared.hashValue == plan.hashValue)
    #expect(JSONScanner.scan(body, prepared) == JSONScanner.scan(body, plan))
    prepared.items = [b]
    #expect(JSONScanner.scan(body, prepared).items == 1)
    prepared = plan.prepared
    prepared.capture = [b]
    #expect(JSONScanner.scan(body, prepared).captured.map(\.count) == [1])
  }
}
