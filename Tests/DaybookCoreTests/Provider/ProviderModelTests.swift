import Testing

@testable import DaybookCore

@Suite("The words of provider files")
struct ProviderModelTests {
  /// Words are written in files on many machines: they never change.
  @Test(
    "every word of every key is as the files have it",
    arguments: [
      (Login.allCases.map(\.rawValue), "code key token form none"),
      (ClientAuthentication.allCases.map(\.rawValue), "form basic public"),
      (Scopes.Joint.allCases.map(\.rawValue), "space comma"),
      (CallKind.allCases.map(\.rawValue), "token account index data part revoke"),
      (FactForm.allCases.map(\.rawValue), "text ymd compact month unix instant wall parts"),
      (WindowSpec.Per.allCases.map(\.rawValue), "app user"),
      (WindowSpec.Align.allCases.map(\.rawValue), "clock first rolling sliding unknown"),
      (Meter.Says.allCases.map(\.rawValue), "limit used left resets_in resets_at"),
      (Request.Method.allCases.map(\.rawValue), "get post"),
      (DayForm.allCases.map(\.rawValue), "ymd compact unix unix_ms utc offset naive parts"),
      (Ends.allCases.map(\.rawValue), "[] [) ()"),
    ])
  func words(words: [String], expected: String) {
    #expect(words.joined(separator: " ") == expected)
  }

  @Test("every verdict is as the files have it")
  func verdicts() {
    #expect(
      Verdict.allCases.map(\.rawValue) == [
        "good", "empty", "unchanged", "past_reach", "narrower", "stale_token", "dead_grant",
        "denied", "limited", "page_changed", "ended", "later", "bug",
      ])
  }

  @Test("scopes are asked for with what joins them, needed ones first")
  func scopes() {
    #expect(Scopes(needed: ["a", "b"], wished: ["c"]).asked == "a b c")
    #expect(Scopes(needed: ["a"], wished: ["c"], joint: .comma).asked == "a,c")
    #expect(Scopes().asked == "")
  }

  @Test("three forms of a bound name days, the others moments")
  func forms() {
    #expect(DayForm.allCases.filter(\.namesDays) == [.ymd, .compact, .parts])
  }

  @Test("a stream is found by its name")
  func streams() throws {
    let moves = try Shipped.provider("moves")
    #expect(moves.stream("storyline")?.span == 1)
    #expect(moves.stream("Storyline") == nil)
  }
}
