import Testing

@testable import DaybookCore

@Suite("JSONValue: reading what is not to be trusted")
struct JSONValueParsingTests {
  @Test("it takes a document exactly when the scanner does, or names what messages may not have")
  func damage() {
    let seed = Seed()
    var random = seed.random
    let message = Array(
      #"{"method":"org.daybook.Control.Resync","parameters":{"account":"me","n":[1,-2.5e3,null]}}"#
        .utf8)
    let bytes = Array("[]{},:\"\\u0e+-.1 tfn".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xFF]
    for round in 0..<3_000 {
      var document = message
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<document.count, using: &random)
        document[place] = bytes.randomElement(using: &random) ?? 0
      }
      let note = Comment("round \(round), \(seed)")
      let fault = JSONScanner.scan(document).fault
      do {
        _ = try JSONValue(parsing: document)
        #expect(fault == nil, note)
      } catch {
        let beyond = error.reason == .duplicate || error.reason == .surrogate
        #expect(error == fault || (fault == nil && beyond), note)
      }
    }
  }

  @Test("a cut message is a fault at its end") func cut() {
    let message = Array(#"{"a":[1,{"b":"cä\n"}],"d":null}"#.utf8)
    for length in 1..<message.count {
      #expect(throws: DocumentFault(offset: Int64(length), reason: .cut)) {
        try JSONValue(parsing: Array(message[..<length]))
      }
    }
  }

  @Test("nesting is limited, to the last level allowed", arguments: [1, 3, 128])
  func depth(limit: Int) throws {
    func nested(_ n: Int) -> [UInt8] {
      [UInt8](repeating: UInt8(ascii: "["), count: n)
        + [UInt8](repeating: UInt8(ascii: "]"), count: n)
    }
    var value = try JSONValue(parsing: nested(limit), depthLimit: limit)
    var levels = 0
    while let inner = value.array {
      levels += 1
      guard let first = inner.first else { break }
      value = first
    }
    #expect(levels == limit)
    #expect(throws: DocumentFault(offset: Int64(limit), reason: .depth)) {
      try JSONValue(parsing: nested(limit + 1), depthLimit: limit)
    }
  }

  @Test(
    "integers are exact to the last digit, others stay as written",
    arguments: [
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .number("9223372036854775808")), ("-0", .number("-0")), ("0", 0),
      ("1.0", .number("1.0")), ("1e2", .number("1e2")), ("0.10", .number("0.10")),
      ("9007199254740993", .int(9_007_199_254_740_993)),
    ] as [(String, JSONValue)])
  func numbers(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    #expect(try JSONValue(parsing: Array("[\(text) ]".utf8)) == [value])
  }

  @Test("every escape of a code unit gives its character") func escapes() throws {
    for unit in stride(from: UInt32(1), through: 0xFFFF, by: 37) {
      let digits = String(unit, radix: 16)
      let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      let document = Array("\"\(escape)\"".utf8)
      if let scalar = Unicode.Scalar(unit) {
        #expect(try JSONValue(parsing: document) == .string(String(scalar)))
      } else {
        #expect(throws: DocumentFault(offset: 1, reason: .surrogate)) {
          try JSONValue(parsing: document)
        }
      }
    }
  }

  @Test("pairs of surrogates are joined, over all planes") func pairs() throws {
    for code in stride(from: UInt32(0x1_0000), through: 0x10_FFFF, by: 4_099) {
      let scalar = try #require(Unicode.Scalar(code))
      let units = String(scalar).utf16.map { "\\u" + String($0, radix: 16, uppercase: true) }
      let value = try JSONValue(parsing: Array("\"\(units.joined())\"".utf8))
      #expect(value.string == String(scalar))
    }
  }
}
