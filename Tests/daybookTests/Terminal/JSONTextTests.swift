import DaybookCore
import Testing

@testable import daybook

@Suite("JSON as it is printed")
struct JSONTextTests {
  @Test("it is one line that means the same", arguments: 0..<100 as Range<UInt64>)
  func sameMeaning(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\n", "\u{0}", "\u{7f}", "\u{9b}", "\u{202e}", "é", "日", "🙂", "\u{e000}",
      "\u{10ffff}", "\u{feff}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<20 { text.append(scalars.randomElement(using: &random) ?? "a") }
    let value: JSONValue = ["key": .string(String(text)), "list": [1, true, .null]]
    let line = JSONText.line(value)
    #expect(try JSONValue(parsing: Array(line.utf8)) == value, "seed \(seed)")
    #expect(escapedForTerminal(line) == line, "nothing for a terminal to obey; seed \(seed)")
  }

  @Test("letters of all languages stay readable")
  func letters() { #expect(JSONText.line(["a": "é 日 🙂"]) == #"{"a":"é 日 🙂"}"#) }

  @Test("what a terminal could obey is escaped as JSON does it")
  func escaped() {
    #expect(JSONText.line("\u{9b}") == #""\u009b""#)
    #expect(JSONText.line("\u{10ffff}") == #""\udbff\udfff""#)
  }
}
