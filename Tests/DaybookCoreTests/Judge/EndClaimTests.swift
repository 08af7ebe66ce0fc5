import Testing

@testable import DaybookCore

@Suite("Answers that speak of an end")
struct EndClaimTests {
  @Test(
    "past reach and ended speak of one; a 410 that no row explains may mean either",
    arguments: Verdict.allCases)
  func claims(_ verdict: Verdict) {
    let claims = [false, true].map { EndClaim(verdict, isExplained: $0) }
    switch verdict {
    case .pastReach: #expect(claims == [.bare, .day])
    case .ended: #expect(claims == [.service, .service])
    default: #expect(claims == [nil, nil])
    }
  }

  @Test(
    "nothing is given up before the token endpoint has been asked, where it can be",
    arguments: [
      (EndClaim.day, TokenWord.none, EndStep.beyond), (.day, .unasked, .beyond),
      (.day, .alive, .beyond), (.bare, .none, .beyondCounted), (.bare, .unasked, .askTokens),
      (.bare, .alive, .beyond), (.service, .none, .seal), (.service, .unasked, .askTokens),
      (.service, .alive, .later),
    ])
  func steps(claim: EndClaim, word: TokenWord, step: EndStep) {
    #expect(claim.step(word) == step)
  }

  @Test("an answer is explained when a row of the provider file holds for it")
  func explained() {
    let row = AnswerRow(call: .data, status: 410, means: .pastReach)
    for (kind, status, isExplained) in [
      (CallKind.data, 410, true), (.data, 404, false), (.token, 410, false),
    ] {
      let question = Question(kind: kind, rows: [row], status: status)
      #expect(question.isExplained == isExplained, "\(kind) \(status)")
    }
    #expect(!Question(kind: .data, status: 410).isExplained)
  }
}
