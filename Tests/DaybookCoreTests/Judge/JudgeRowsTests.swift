import Testing

@testable import DaybookCore

@Suite("What an answer means, by the rows of a provider file")
struct JudgeRowsTests {
  private func question(
    _ rows: [AnswerRow], _ status: Int, kind: CallKind = .data, stream: String? = "steps"
  ) -> Question {
    var q = Question(kind: kind, stream: stream, rows: rows, status: status)
    q.found = rows.map { _ in [] }
    return q
  }

  @Test(
    "a row comes before the table, whatever it says and whatever the status",
    arguments: Verdict.allCases, [200, 204, 304, 400, 401, 403, 404, 410, 429, 500])
  func first(means: Verdict, status: Int) {
    var q = question([AnswerRow(status: status, means: means)], status)
    q.askedWithETag = true
    #expect(judge(q).verdict == means)
  }

  @Test("rows of another status, kind or stream do not hold")
  func others() {
    let rows = [
      AnswerRow(status: 403, means: .limited), AnswerRow(call: .token, status: 404, means: .ended),
      AnswerRow(stream: "sleep", status: 404, means: .empty),
      AnswerRow(call: .data, stream: "steps", status: 404, means: .pastReach),
    ]
    #expect(judge(question(rows, 404)).verdict == .pastReach)
    #expect(judge(question(rows, 404, stream: "sleep")).verdict == .empty)
    #expect(judge(question(rows, 404, kind: .token, stream: nil)).verdict == .ended)
    #expect(judge(question(rows, 404, kind: .index)).verdict == .bug)
    #expect(judge(question(rows, 403, kind: .account, stream: nil)).verdict == .limited)
  }

  @Test("of several rows the first holds") func order() {
    let rows = [AnswerRow(status: 404, means: .empty), AnswerRow(status: 404, means: .ended)]
    #expect(judge(question(rows, 404)).verdict == .empty)
    #expect(judge(question(rows.reversed(), 404)).verdict == .ended)
  }

  @Test("the author's advice stands in the reason, and beside it", arguments: Verdict.allCases)
  func advice(means: Verdict) {
    var row = AnswerRow(status: 403, means: means)
    row.advice = "link the account"
    let told = judge(question([row], 403))
    #expect(told.advice == "link the account" && told.reason.hasSuffix("link the account"))
    #expect(told.telling("refused") == "refused: link the account")
    let silent = judge(question([AnswerRow(status: 403, means: means)], 403))
    #expect(silent.advice == nil && silent.telling("refused") == "refused")
    #expect(judge(question([row], 404)).advice == nil)
  }

  // MARK: Pointers

  private let rows = [
    AnswerRow(
      status: 400, at: JSONPointer("/errors/*/errorType"), values: ["expired_token", "old"],
      means: .staleToken),
    AnswerRow(status: 400, at: JSONPointer("/code"), values: ["601"], means: .limited),
  ]

  @Test(
    "a row with a pointer holds when one of the scalars there is one of its values",
    arguments: [
      ([["expired_token"], []], .staleToken), ([["x", "old"], []], .staleToken),
      ([[], ["601"]], .limited), ([["x"], ["601"]], .limited),
      ([["expired_token"], ["601"]], .staleToken), ([[], []], .bug), ([["601"], ["old"]], .bug),
      ([["Expired_token"], ["0601"]], .bug), ([], .bug), ([[]], .bug),
    ] as [([[String]], Verdict)])
  func pointers(found: [[String]], verdict: Verdict) {
    var q = question(rows, 400)
    q.found = found
    #expect(judge(q).verdict == verdict)
  }

  @Test("a row with a pointer and no values never holds") func noValues() {
    var q = question([AnswerRow(status: 400, at: .root, means: .empty)], 400)
    q.found = [["x"]]
    #expect(judge(q).verdict == .bug)
  }

  // MARK: What a row cannot say of a bad answer

  private func spoilt(_ q: Question) -> [(Question, Verdict)] {
    var broken = q
    broken.fault = DocumentFault(offset: 9, reason: .cut)
    var page = broken
    page.fault = DocumentFault(offset: 0, reason: .page)
    var other = q
    other.belonging = .other
    return [(broken, .later), (page, .pageChanged), (other, .later)]
  }

  @Test("what a row calls good must still be whole and about the day", arguments: [200, 203])
  func good(status: Int) {
    let q = question([AnswerRow(status: status, means: .good)], status)
    for (question, verdict) in spoilt(q) { #expect(judge(question).verdict == verdict) }
    var silent = q
    silent.belonging = .silent
    #expect(judge(silent).verdict == .later)
  }

  @Test("what a row calls empty with a 200 must be whole and about no other day") func empty() {
    let q = question([AnswerRow(status: 200, means: .empty)], 200)
    for (question, verdict) in spoilt(q) { #expect(judge(question).verdict == verdict) }
    for belonging in [Question.Belonging.silent, .fits, .unasked] {
      var named = q
      named.belonging = belonging
      #expect(judge(named).verdict == .empty)
    }
  }

  @Test("with another status a row may call an answer without a document empty") func noDocument() {
    var q = question([AnswerRow(status: 404, means: .empty)], 404)
    q.fault = DocumentFault(offset: 0, reason: .empty)
    #expect(judge(q).verdict == .empty)
  }

  @Test("unchanged is an answer to a question with an ETag only") func unchanged() {
    var q = question([AnswerRow(status: 412, means: .unchanged)], 412)
    #expect(judge(q).verdict == .later)
    q.askedWithETag = true
    #expect(judge(q).verdict == .unchanged)
  }
}
