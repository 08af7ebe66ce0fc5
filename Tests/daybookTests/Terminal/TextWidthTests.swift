import DaybookCore
import Testing

@testable import daybook

@Suite("Widths of text")
struct TextWidthTests {
  @Test(
    "wide characters take two cells, combining ones none",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🙂", 2), ("ﾊ", 1), ("한", 2),
      ("a\u{200d}b", 2),
    ])
  func width(text: String, expected: Int) { #expect(cells(text) == expected) }

  @Test(
    "a text that does not fit is cut, and that shows",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abc.."), ("abcdef", 3, "a.."), ("abcdef", 2, ".."),
      ("abcdef", 1, "."), ("abcdef", 0, ""), ("日本語", 5, "日.."), ("日本語", 6, "日本語"),
      ("日本語", 4, "日.."), ("", 0, ""),
    ])
  func cut(text: String, columns: Int, expected: String) {
    #expect(truncated(text, to: columns) == expected)
  }

  @Test("a text is filled up to a width, on either side")
  func fill() {
    #expect(filled("ab", to: 4) == "ab  ")
    #expect(filled("ab", to: 4, right: true) == "  ab")
    #expect(filled("日", to: 3) == "日 ")
    #expect(filled("abcd", to: 2) == "abcd")
  }

  @Test(
    "lines break at spaces",
    arguments: [
      ("one two three", 7, 0, ["one two", "three"]), ("one two three", 80, 0, ["one two three"]),
      ("one two three", 7, 2, ["one", "  two", "  three"]), ("", 10, 0, [""]),
      ("a  b", 10, 0, ["a b"]), ("abcdefgh", 3, 0, ["abc", "def", "gh"]),
      ("日本語", 4, 0, ["日本", "語"]),
    ])
  func wrap(text: String, columns: Int, indent: Int, expected: [String]) {
    #expect(wrapped(text, to: columns, indent: indent) == expected)
  }

  @Test("the first line can be indented too")
  func indentFirst() {
    #expect(wrapped("a b", to: 4, indent: 2, indentFirst: true) == ["  a", "  b"].map { $0 })
    #expect(wrapped("a b", to: 5, indent: 2, indentFirst: true) == ["  a b"])
  }

  @Test("no line is ever too wide, and no word is lost", arguments: 0..<100 as Range<UInt64>)
  func anyWrap(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let words = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      String(
        repeating: ["x", "é", "日"].randomElement(using: &random) ?? "x",
        count: Int.random(in: 1...12, using: &random))
    }
    let columns = Int.random(in: 4...30, using: &random)
    let indent = Int.random(in: 0...2, using: &random)
    let lines = wrapped(words.joined(separator: " "), to: columns, indent: indent)
    #expect(lines.allSatisfy { cells($0) <= columns }, "seed \(seed)")
    let letters = lines.joined().filter { $0 != " " }
    #expect(letters == words.joined(), "seed \(seed)")
  }
}
