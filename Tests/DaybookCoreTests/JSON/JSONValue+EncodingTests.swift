import Testing

@testable import DaybookCore

@Suite("JSONValue: writing")
struct JSONValueEncodingTests {
  @Test(
    "each kind of value",
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (0, "0"), (-17, "-17"),
      (.int(.min), "-9223372036854775808"), (.number("1.50e+3"), "1.50e+3"), ("", "\"\""),
      ([], "[]"), ([1, "a", .null], "[1,\"a\",null]"), (.object([]), "{}"),
      (["b": 1, "a": [true]], "{\"b\":1,\"a\":[true]}"), ([[[]]], "[[[]]]"),
      (["": ["": ""]], "{\"\":{\"\":\"\"}}"),
    ] as [(JSONValue, String)])
  func kinds(value: JSONValue, text: String) {
    #expect(String(decoding: value.encoded, as: UTF8.self) == text)
  }

  @Test("characters that must be escaped are, and only they") func escapes() {
    let short: [UInt8: String] = [
      0x22: "\\\"", 0x5C: "\\\\", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r",
    ]
    for byte in UInt8(0)..<0x80 {
      let text = String(Unicode.Scalar(byte))
      let control = byte < 0x20 || byte == 0x7F
      let inside = short[byte] ?? (control ? "\\u00\(hex([byte]))" : text)
      #expect(JSONValue.string(text).encoded == Array("\"\(inside)\"".utf8))
    }
  }

  @Test("keys are escaped as values are") func keys() {
    let value: JSONValue = ["a\"b\n": 1]
    #expect(value.encoded == Array("{\"a\\\"b\\n\":1}".utf8))
  }

  @Test("a message holds no NUL, which ends it on the control socket") func noNul() {
    let value: JSONValue = ["a\0b": "\0", "c": ["\0\0"]]
    #expect(!value.encoded.contains(0))
  }

  @Test(
    "texts that are no numbers are not smuggled in",
    arguments: [
      "", "1,2", "NaN", "01", "1 ", "\"1\"", "1}", "+1", ".5", "-", "1e", "0x1", "１",
    ])
  func noNumbers(text: String) {
    #expect(JSONValue.number(text).encoded == Array("null".utf8))
  }

  @Test("doubles are written so that they are read back the same") func doubles() throws {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<2_000 {
      let number = Double(bitPattern: random.next())
      let value = JSONValue(number)
      guard number.isFinite else {
        #expect(value == .null)
        continue
      }
      let read = try JSONValue(parsing: value.encoded)
      #expect(read.double == number, "\(number), \(seed)")
    }
  }

  @Test("random values come back as they went, and the scanner calls them valid") func random()
    throws
  {
    let seed = Seed()
    var random = seed.random
    for round in 0..<500 {
      let value = randomValue(&random, depth: 4)
      let bytes = value.encoded
      #expect(JSONScanner.scan(bytes).fault == nil, "round \(round), \(seed)")
      #expect(try JSONValue(parsing: bytes) == value, "round \(round), \(seed)")
      #expect(try JSONValue(parsing: bytes).encoded == bytes, "round \(round), \(seed)")
    }
  }

  private func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
    let count = Int.random(in: 0...4, using: &random)
    switch Int.random(in: depth > 0 ? 0...6 : 0...4, using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      return .int(Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random))
    case 3: return .string(randomText(&random))
    case 4: return .number("\(Int.random(in: 0...99, using: &random)).\(count)e-\(count)")
    case 5: return .array((0..<count).map { _ in randomValue(&random, depth: depth - 1) })
    default:
      return .object(
        (0..<count).map {
          JSONMember("\($0)" + randomText(&random), randomValue(&random, depth: depth - 1))
        })
    }
  }

  private func randomText(_ random: inout SeededRandom) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let code =
        UInt32(truncatingIfNeeded: random.next()) >> UInt32.random(in: 11...31, using: &random)
      if let scalar = Unicode.Scalar(code) { text.append(scalar) }
    }
    return String(text)
  }
}
