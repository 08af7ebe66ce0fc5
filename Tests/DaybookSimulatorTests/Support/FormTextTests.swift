import Testing

@testable import DaybookSimulator

struct FormTextTests {
  @Test(
    "fields are split and decoded",
    arguments: [
      ("", []),
      ("a=b", [("a", "b")]),
      ("a=b&c=d", [("a", "b"), ("c", "d")]),
      ("a", [("a", "")]),
      ("a=", [("a", "")]),
      ("=b", [("", "b")]),
      ("a=b=c", [("a", "b=c")]),
      ("&&a=b&", [("a", "b")]),
      ("a%20b=c+d", [("a b", "c d")]),
      ("scope=activity%20location", [("scope", "activity location")]),
      ("a=1&a=2", [("a", "1"), ("a", "2")]),
    ] as [(String, [(String, String)])])
  func fields(text: String, expected: [(String, String)]) {
    #expect(FormText.fields(text) == expected.map { SimField($0.0, $0.1) })
  }

  @Test(
    "escapes are resolved, broken ones stay",
    arguments: [
      ("", ""), ("abc", "abc"), ("a%41", "aA"), ("%c3%A4", "ä"), ("a+b", "a b"), ("%2B", "+"),
      ("%", "%"), ("%4", "%4"), ("%4g", "%4g"), ("%%41", "%A"), ("%00", "\u{0}"),
      ("100%25", "100%"),
    ])
  func decoded(text: String, expected: String) {
    #expect(FormText.decoded(text) == expected)
  }

  @Test(
    "only unreserved characters go unescaped",
    arguments: [
      ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b", "a%20b"), ("ä", "%C3%A4"), ("+", "%2B"),
      ("a/b?c=d&e", "a%2Fb%3Fc%3Dd%26e"), ("%", "%25"),
    ])
  func encoded(text: String, expected: String) {
    #expect(FormText.encoded(text) == expected)
  }

  @Test("what is encoded is decoded to itself", arguments: 0..<50)
  func roundTrip(seed: UInt64) {
    var random = Seeded(seed)
    let scalars = (0..<random.below(40)).compactMap { _ in Unicode.Scalar(random.below(0x3000)) }
    let text = String(String.UnicodeScalarView(scalars))
    #expect(FormText.decoded(FormText.encoded(text)) == text, "seed \(seed)")
  }

  @Test(
    "hexadecimal digits have values",
    arguments: [("0", 0), ("9", 9), ("a", 10), ("F", 15)] as [(Character, UInt8)])
  func hex(digit: Character, value: UInt8) {
    #expect(FormText.hexValue(digit.asciiValue ?? 0) == value)
  }

  @Test(
    "other characters have none", arguments: ["g", "G", "/", ":", "@", "`", " "] as [Character])
  func noHex(digit: Character) {
    #expect(FormText.hexValue(digit.asciiValue ?? 0) == nil)
  }
}
