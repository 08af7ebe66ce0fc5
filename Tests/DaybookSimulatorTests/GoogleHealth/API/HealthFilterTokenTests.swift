import Testing

@testable import DaybookSimulator

struct HealthFilterTokenTests {
  @Test(
    "a filter is words, comparators, literals and the two junctors",
    arguments: [
      ("", []),
      ("   ", []),
      (
        "a.b >= \"2026-02-03\"",
        [.word("a.b"), .comparator(">="), .literal("2026-02-03")]
      ),
      ("a<\"x y\"", [.word("a"), .comparator("<"), .literal("x y")]),
      ("AND OR and or", [.and, .or, .word("and"), .word("or")]),
      ("heart-rate.x = 5", [.word("heart-rate.x"), .comparator("="), .word("5")]),
      ("2026-02-03T00:00:00+01:00", [.word("2026-02-03T00:00:00+01:00")]),
      ("\"\"", [.literal("")]),
      ("a!=b", [.word("a"), .comparator("!="), .word("b")]),
      ("a>=<b", [.word("a"), .comparator(">=<"), .word("b")]),
      ("ANDx", [.word("ANDx")]),
    ] as [(String, [HealthFilterToken])])
  func tokens(text: String, expected: [HealthFilterToken]) throws {
    #expect(try HealthFilterToken.list(text) == expected)
  }

  @Test(
    "other characters, and a literal without end, are no filter",
    arguments: ["(a)", "a & b", "a >= 'x'", "a >= \"x", "\"", "a,b", "ä", "a\tb", "a/b"])
  func syntax(text: String) {
    let fault = #expect(throws: HealthFault.self) { try HealthFilterToken.list(text) }
    #expect(fault?.reason == "INVALID_DATA_POINT_FILTER_SYNTAX")
  }
}
