import Testing

@testable import DaybookCore

/// People have these words in provider files of their own: none may change or go.
@Suite("Words of answers")
struct AnswersTests {
  @Test("calls")
  func calls() {
    #expect(
      CallKind.allCases.map(\.rawValue) == ["token", "account", "index", "data", "part", "revoke"])
  }

  @Test("verdicts")
  func verdicts() {
    #expect(
      Verdict.allCases.map(\.rawValue) == [
        "good", "empty", "unchanged", "past_reach", "narrower", "stale_token", "dead_grant",
        "denied", "limited", "page_changed", "ended", "later", "bug",
      ])
  }

  @Test("forms of facts")
  func forms() {
    #expect(
      FactForm.allCases.map(\.rawValue) == [
        "text", "ymd", "compact", "month", "unix", "instant", "wall", "parts",
      ])
  }

  @Test("a row holds for any call of any stream, whatever the answer says, unless it names them")
  func row() {
    let row = AnswerRow(status: 404, means: .empty)
    #expect(row.call == nil && row.stream == nil && row.at == nil && row.values.isEmpty)
    #expect(row != AnswerRow(call: .data, status: 404, means: .empty))
    #expect(row != AnswerRow(stream: "steps", status: 404, means: .empty))
  }

  @Test("no fact is asked that a file does not name")
  func facts() {
    let facts = AccountFacts()
    #expect(facts.id == nil && facts.zone == nil && facts.firstDay == nil && facts.syncedAt == nil)
  }
}
