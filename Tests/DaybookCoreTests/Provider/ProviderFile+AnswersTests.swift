import Testing

@testable import DaybookCore

@Suite("Provider file: answers")
struct ProviderFileAnswersTests {
  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        13, "answers: [{status: 404}]",
        "13:11: an answer needs the key 'means': one of "
          + "\(Verdict.allCases.map(\.rawValue).joined(separator: ", "))"
      ),
      WrongProvider(
        13, "answers: [{status: 99, means: empty}]",
        "13:20: 'status': expected a whole number from 100 to 599, not '99'"),
      WrongProvider(
        13, "answers: [{status: 400, at: /e, means: bug}]",
        "13:25: 'at' needs the key 'is' beside it"),
      WrongProvider(
        13, "answers: [{status: 400, is: [e], means: bug}]",
        "13:25: 'is' needs the key 'at' beside it"),
      WrongProvider(
        13, "answers: [{stream: step, status: 400, means: bug}]",
        "13:20: 'stream': 'step' is not a stream of this file; did you mean 'steps'? there "
          + "is: steps"
      ),
      WrongProvider(
        13, "answers: [{call: token, stream: steps, status: 400, means: bug}]",
        "13:33: 'stream' goes with call: data or part"),
      WrongProvider(
        13, "answers: [{call: tokens, status: 400, means: bug}]",
        "13:18: 'call': expected one of token, account, index, data, part, revoke, not 'tokens'; "
          + "did you mean 'token'?"
      ),
      WrongProvider(
        13, "answers: [{status: 200, at: /e, is: x, lacks: /f, means: denied}]",
        "13:47: 'lacks' goes without 'at' and 'is'"),
      WrongProvider(
        13, "answers: [{status: 200, lacks: f, means: denied}]",
        "13:32: 'lacks': expected a JSON pointer such as /data/0/id, or \"\" for the whole, "
          + "not 'f'"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("answers arrive in the model")
  func values() throws {
    let more = """
      answers:
        - {status: 204, means: empty}
        - {call: data, stream: steps, status: 400, at: /code, is: 601, means: past_reach}
        - {call: token, status: 410, means: ended}
        - {stream: steps, status: 200, lacks: /steps-intraday/type, means: denied}
      """
    let bytes = Array(WrongProvider(13, more).text.utf8)
    let provider = try ProviderFile.load(bytes, file: "demo.yaml").get()
    #expect(
      provider.answers == [
        AnswerRow(status: 204, means: .empty),
        AnswerRow(
          call: .data, stream: "steps", status: 400, at: try pointer("/code"), values: ["601"],
          means: .pastReach),
        AnswerRow(call: .token, status: 410, means: .ended),
        AnswerRow(
          stream: "steps", status: 200, lacks: try pointer("/steps-intraday/type"), means: .denied),
      ])
    #expect(
      provider.answers.map(\.pointer?.description) == [nil, "/code", nil, "/steps-intraday/type"])
  }

  private func pointer(_ text: String) throws -> JSONPointer {
    try #require(JSONPointer(text))
  }
}
