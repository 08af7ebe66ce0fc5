import Testing

@testable import DaybookCore

@Suite("Provider file: params, account facts and answers")
struct ProviderFileFactsTests {
  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        13, "account: {id: {get: /me}}",
        "13:15: a fact needs the key 'at': a JSON pointer such as /data/0/id, or \"\" for the whole"
      ),
      WrongProvider(
        13, "account: {first_day: {get: /me, at: /d}}",
        "13:22: a fact needs the key 'form': one of ymd, compact, month, unix, instant"),
      WrongProvider(
        13, "account: {id: {get: /me, at: /d, form: ymd}}",
        "13:40: 'form': expected 'text', not 'ymd'"),
      WrongProvider(
        13, "account: {synced_at: {get: /me, at: /d, form: compact}}",
        "13:47: 'form': expected one of unix, instant, not 'compact'"),
      WrongProvider(
        13, "account: {zone: {get: me, at: /d}}", "13:23: 'get': a path begins with a slash"),
      WrongProvider(
        13, "account: {zone: {get: \"/me?u={usr}\", at: /d}}",
        "13:23: 'get': '{usr}' is no placeholder; did you mean '{user}'? known here: {user}"),
      WrongProvider(
        13, "account: {zone: {get: \"/me?d={start}\", at: /d}}",
        "13:23: 'get': '{start}' is no placeholder; known here: {user}"),
      WrongProvider(
        13, "account: {zone: {get: \"/me}\", at: /d}}",
        "13:23: 'get': '/me}' has a brace that belongs to no {placeholder}"),
      WrongProvider(
        13, "account: {zone: {get: \"/m e\", at: /d}}",
        "13:23: 'get': '/m e' has a character that a URL writes with % (RFC 3986)"),
      WrongProvider(
        13, "account: {zone: {get: \"/me#x\", at: /d}}",
        "13:23: 'get': '/me#x' has a character that a URL writes with % (RFC 3986)"),
      WrongProvider(
        13, "account: {born: {get: /me, at: /d}}",
        "13:11: unknown key 'born'. The keys of the account: id, zone, first_day, synced_at"),
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
        "13:33: 'stream' goes with call: data only"),
      WrongProvider(
        13, "answers: [{call: tokens, status: 400, means: bug}]",
        "13:18: 'call': expected one of token, account, index, data, revoke, not 'tokens'; "
          + "did you mean 'token'?"
      ),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("facts and answers arrive in the model")
  func values() throws {
    let more = """
      account:
        id: {get: /me, at: /id}
        first_day: {get: "/list?u={user}", at: /results/*, form: month}
        synced_at: {get: /devices, at: /*/at, form: instant}
      answers:
        - {status: 204, means: empty}
        - {call: data, stream: steps, status: 400, at: /code, is: 601, means: past_reach}
        - {call: token, status: 410, means: ended}
      """
    let bytes = Array(WrongProvider(13, more).text.utf8)
    let provider = try ProviderFile.load(bytes, file: "demo.yaml").get()
    #expect(provider.account.id == Fact(get: "/me", at: try pointer("/id"), form: .text))
    #expect(
      provider.account.firstDay
        == Fact(get: "/list?u={user}", at: try pointer("/results/*"), form: .month))
    #expect(
      provider.account.syncedAt
        == Fact(get: "/devices", at: try pointer("/*/at"), form: .instant))
    #expect(
      provider.answers == [
        AnswerRow(status: 204, means: .empty),
        AnswerRow(
          call: .data, stream: "steps", status: 400, at: try pointer("/code"), values: ["601"],
          means: .pastReach),
        AnswerRow(call: .token, status: 410, means: .ended),
      ])
  }

  private func pointer(_ text: String) throws -> JSONPointer {
    try #require(JSONPointer(text))
  }
}
