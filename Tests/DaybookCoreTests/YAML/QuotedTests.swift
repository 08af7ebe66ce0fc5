import Testing

@testable import DaybookCore

@Suite("Quoting and guessing")
struct QuotedTests {
  @Test(
    "text from a file cannot steer a terminal",
    arguments: [
      ("plain", "'plain'"), ("", "''"), ("\u{1B}[31mred", "'\\u{1B}[31mred'"),
      ("a\nb", "'a\\u{A}b'"), ("\u{202E}evil", "'\\u{202E}evil'"), ("é…", "'é…'"),
      ("\u{9B}x", "'\\u{9B}x'"),
    ])
  func quoting(text: String, expected: String) {
    #expect(quoted(text) == expected)
  }

  @Test("long text is cut, and says so")
  func cut() {
    let most = String(repeating: "x", count: Limits.quotedCharacters)
    #expect(quoted(most) == "'\(most)'")
    #expect(quoted(most + "y") == "'\(most)…'")
  }

  @Test(
    "the nearest candidate is one with few changes",
    arguments: [
      ("lgoin", "login"), ("logins", "login"), ("login", "login"), ("ogin", "login"),
      ("url", "urls"), ("strems", "streams"), ("pkec", "pkce"), ("sunset_day", nil),
      ("x", nil), ("", nil), ("scoeps", "scopes"),
    ])
  func nearestCandidate(text: String, expected: String?) {
    let candidates = ["name", "login", "urls", "streams", "pkce", "sunset", "scopes"]
    #expect(nearest(to: text, among: candidates) == expected)
  }

  @Test("of equally near candidates the first is taken, and one edit in a word of three is near")
  func ties() {
    #expect(nearest(to: "abc", among: ["abd", "bbc"]) == "abd")
    #expect(nearest(to: "abc", among: ["cde"]) == nil)
    #expect(nearest(to: "ab", among: ["ac", "abc"]) == nil)
    #expect(didYouMean("abc", ["abd"]) == "; did you mean 'abd'?")
    #expect(didYouMean("abc", []) == "")
  }

  @Test("only so many candidates are compared")
  func bounded() {
    let many = (0..<Limits.suggestions).map { "other-name-\($0)" }
    #expect(nearest(to: "mine", among: many + ["mime"]) == nil)
    #expect(nearest(to: "mine", among: ["mime"] + many) == "mime")
  }
}
