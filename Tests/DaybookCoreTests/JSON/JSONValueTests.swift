import Testing

@testable import DaybookCore

@Suite("JSONValue: small documents in memory")
struct JSONValueTests {
  @Test(
    "it reads and writes back the same",
    arguments: [
      "null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808",
      "9223372036854775808", "-0", "1.50", "1e400", "1E+2", "\"\"", "\"é😀\"", "[]", "{}", "[[],{}]",
      "{\"b\":1,\"a\":[null,true,\"x\"]}", "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\\u007f\"",
      "[1,2,3]",
    ])
  func roundTrip(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(String(decoding: value.encoded, as: UTF8.self) == text)
    let spaced = " \n\(text)\t"
    #expect(try JSONValue(parsing: Array(spaced.utf8)) == value)
  }

  @Test("what a text becomes")
  func becomes() throws {
    let text =
      #"{"a": [1, -2.5, "x\u0041\ud83d\ude00\/\\\"\b\f\n\r\t"], "b": {"c": null}, "d": false}"#
    let expected: JSONValue = [
      "a": [1, .number("-2.5"), "xA😀/\\\"\u{8}\u{C}\n\r\t"], "b": ["c": .null], "d": false,
    ]
    #expect(try JSONValue(parsing: Array(text.utf8)) == expected)
  }

  @Test(
    "all valid documents are read, those with duplicates or lone surrogates apart",
    arguments: validDocuments)
  func valid(document: [UInt8]) throws {
    do {
      let value = try JSONValue(parsing: document)
      let again = try JSONValue(parsing: value.encoded)
      #expect(again == value)
    } catch {
      #expect(error.reason == .duplicate || error.reason == .surrogate)
    }
  }

  @Test("every fault of the grammar is thrown", arguments: faultCases)
  func faults(example: FaultCase) {
    #expect(throws: DocumentFault(offset: example.offset, reason: example.reason)) {
      try JSONValue(parsing: example.bytes)
    }
  }

  @Test(
    "duplicate keys and lone surrogates are faults",
    arguments: [
      (#"{"a":1,"a":1}"#, .duplicate, 7), (#"{"a":1, "\u0061":2}"#, .duplicate, 8),
      (#"[{"x":{"":1,"":2}}]"#, .duplicate, 12), (#""\ud800""#, .surrogate, 1),
      (#"["ab\udc00"]"#, .surrogate, 4), (#""\ud800\ud800""#, .surrogate, 1),
      (#"{"\udfff":1}"#, .surrogate, 2), (#""\ud83d\n""#, .surrogate, 1),
    ] as [(String, DocumentFault.Reason, Int64)])
  func strict(text: String, reason: DocumentFault.Reason, offset: Int64) {
    #expect(throws: DocumentFault(offset: offset, reason: reason)) {
      try JSONValue(parsing: Array(text.utf8))
    }
  }

  @Test("canonically equivalent keys are different keys") func equivalence() throws {
    let value = try JSONValue(parsing: Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test("many keys are read in reasonable time") func manyKeys() throws {
    let text = "{" + (0..<5_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try JSONValue(parsing: Array(text.utf8)).object?.count == 5_000)
  }

  @Test("typed access gives nil for another type")
  func typed() {
    let value: JSONValue = ["s": "x", "i": 7, "d": .number("1.5"), "b": true, "l": [1], "n": .null]
    #expect(value["s"]?.string == "x")
    #expect(value["i"]?.int == 7)
    #expect(value["i"]?.double == 7)
    #expect(value["d"]?.double == 1.5)
    #expect(value["d"]?.int == nil)
    #expect(value["b"]?.bool == true)
    #expect(value["l"]?.array == [1])
    #expect(value["n"]?.isNull == true)
    #expect(value["s"]?.isNull == false)
    #expect(value.object?.map(\.key) == ["s", "i", "d", "b", "l", "n"])
    #expect(value["none"] == nil)
    #expect(value["s"]?.int == nil && value["s"]?.double == nil && value["s"]?.bool == nil)
    #expect(value["i"]?.string == nil && value["i"]?.array == nil && value["i"]?.object == nil)
    #expect(value["i"]?["x"] == nil)
    #expect(JSONValue.number("1e999").double == nil)
  }

  @Test(
    "a value at a pointer",
    arguments: [
      ("", nil), ("/a/0", 1), ("/a/1/b", "x"), ("/a/2", nil), ("/a/01", nil), ("/a/-1", nil),
      ("/c", .null), ("/c/d", nil), ("/*/1/b", "x"), ("/a/*/b", "x"), ("/a/*", 1), ("/0", 5),
    ] as [(String, JSONValue?)])
  func pointers(text: String, expected: JSONValue?) throws {
    let value: JSONValue = ["a": [1, ["b": "x"]], "c": .null, "0": 5]
    let pointer = try #require(JSONPointer(text))
    #expect(value.value(at: pointer) == (text.isEmpty ? value : expected))
  }

  @Test("what JSON cannot say is null") func unsayable() {
    #expect(JSONValue(Double.nan) == .null)
    #expect(JSONValue(-Double.infinity) == .null)
    #expect(JSONValue(0.25).encoded == Array("0.25".utf8))
    #expect(JSONValue(1e-7).encoded == Array("1e-07".utf8))
    #expect(JSONValue.number("oops").encoded == Array("null".utf8))
    #expect(JSONValue(nil as String?) == .null)
    #expect(JSONValue("x" as String?) == .string("x"))
  }

  @Test("any string survives") func strings() throws {
    for code in (UInt32(0)...0x2FF).map({ $0 }) + [0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10FFFF] {
      let text = "a" + String(Unicode.Scalar(code).map(Character.init) ?? " ") + "b"
      let value = JSONValue.object([JSONMember(text, .string(text))])
      #expect(JSONScanner.scan(value.encoded).fault == nil)
      #expect(try JSONValue(parsing: value.encoded) == value)
    }
  }
}
