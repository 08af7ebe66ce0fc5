import Testing

@testable import DaybookCore

@Suite("Provider file: requests with a body, pages")
struct ProviderFileRequestsTests {
  private static func request(_ text: String) -> [Int: String] { [10: "    request: {\(text)}"] }
  private static func more(_ text: String) -> [Int: String] { [13: "    \(text)"] }
  private static let get = "get: \"/{user}/{start}\""
  private static let post = "post: \"/{user}\""

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        request("\(get), body: {a: 1}"), "10:45: a body goes with post"),
      WrongProvider(
        request("\(get), body: x"),
        "10:45: 'body': expected a body (keys and values), not 'x'",
        "10:45: a body goes with post"),
      WrongProvider(
        request("\(post), body: {a: {b: \"{strat}\"}, c: \"{start}\"}"),
        "10:46: 'body': '{strat}' is no placeholder; did you mean '{start}'? known here: {start}, "
          + "{end}, {user}"),
      WrongProvider(
        11, "    window: {form: parts, ends: \"[)\"}",
        "11:13: the form 'parts' is for a request with a body"),
      WrongProvider(
        more("pages: {token: pageToken}"), "13:13: 'token' needs the key 'at' beside it"),
      WrongProvider(
        more("pages: {at: /next}"), "13:12: pages need one of the keys 'token' and 'counter'"),
      WrongProvider(
        more("pages: {token: t, counter: c, at: /n}"),
        "13:12: pages need one of the keys 'token' and 'counter'",
        "13:39: 'at' goes with token"),
      WrongProvider(
        more("pages: {counter: page, at: /n}"), "13:32: 'at' goes with token"),
      WrongProvider(
        more("pages: {token: t, at: /n, step: 2}"), "13:37: 'step' goes with counter"),
      WrongProvider(
        more("pages: {token: t, at: /n, in: path}"),
        "13:35: 'in': expected one of query, body, not 'path'"),
      WrongProvider(
        more("pages: {token: t, at: /n, in: body}"), "13:12: 'in: body' needs a request with a body"
      ),
      WrongProvider(
        more("pages: {counter: page, step: 0}"),
        "13:34: 'step': expected a whole number from 1 to 1000000, not '0'"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("a body becomes JSON: bare words are what JSON takes them for, quoted ones are texts")
  func body() throws {
    let body = """
      range: {start: {date: "{start}"}, end: {date: "{end}"}}, \
      days: 1, part: 1.5, big: 12345678901234567890, all: true, none: null, text: "1", user: "{user}", list: [a, 2]
      """
    let file = WrongProvider([
      10: "    request: {post: \"/x\", body: {\(body)}}",
      11: "    window: {form: parts, ends: \"[)\"}",
    ])
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    let stream = try #require(provider.stream("steps"))
    #expect(
      stream.request.body == [
        "range": ["start": ["date": "{start}"], "end": ["date": "{end}"]],
        "days": 1, "part": .number("1.5"), "big": .number("12345678901234567890"), "all": true,
        "none": .null, "text": "1", "user": "{user}", "list": ["a", 2],
      ])
    #expect(stream.window.form == .parts)
  }

  @Test(
    "pages arrive in the model",
    arguments: [
      ("{token: pageToken, at: /nextPageToken}", Pages(.token(send: "pageToken", at: .next))),
      ("{counter: page}", Pages(.counter(send: "page", first: 1, step: 1))),
      (
        "{counter: offset, first: 0, step: 100}",
        Pages(.counter(send: "offset", first: 0, step: 100))
      ),
    ])
  func pages(_ text: String, _ expected: Pages) throws {
    let file = WrongProvider(Self.more("pages: \(text)"))
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    #expect(provider.stream("steps")?.pages == expected)
    #expect(
      expected.send
        == (text.contains("token") ? "pageToken" : text.contains("offset") ? "offset" : "page"))
  }
}

extension JSONPointer {
  fileprivate static let next = JSONPointer(segments: [.key("nextPageToken")])
}
