import Testing

@testable import DaybookCore

@Suite("Provider file: streams")
struct ProviderFileStreamsTests {
  private static func request(_ text: String) -> [Int: String] { [10: "    request: {\(text)}"] }
  /// Something more in the stream.
  private static func more(_ text: String) -> [Int: String] { [13: "    \(text)"] }
  private static let get = "get: \"/{user}/{start}\""

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        request("get: \"/{user}/steps\""), "10:14: a request must name its day with {start}"),
      WrongProvider(
        request("get: \"/{user}/{strat}/{start}\""),
        "10:20: 'get': '{strat}' is no placeholder; did you mean '{start}'? known here: "
          + "{start}, {end}, {user}"
      ),
      WrongProvider(
        request("get: \"/{user}?day={start}\""),
        "10:20: 'get': what follows the ? belongs under 'query'"),
      WrongProvider(
        request("\(get), post: \"/{start}\""),
        "10:14: a request needs one of the keys 'get' and 'post'"),
      WrongProvider(
        request("path: \"/{user}/{start}\""),
        "10:14: a request needs one of the keys 'get' and 'post'",
        "10:15: unknown key 'path'. The keys of a request: get, post, query, accept, body"),
      WrongProvider(
        request("\(get), query: {a: [x, \"{b}\"]}"),
        "10:54: 'a': '{b}' is no placeholder; known here: {start}, {end}, {user}"),
      WrongProvider(request("\(get), accept: json"), "10:47: 'accept': 'json' is no media type"),
      WrongProvider(
        11, "    window: {form: unix, ends: \"[]\"}",
        "10:14: with moments (form: unix) a request needs {end} beside {start}"),
      WrongProvider(
        11, "    window: {form: iso, ends: \"(]\"}",
        "11:20: 'form': expected one of ymd, compact, unix, unix_ms, utc, offset, naive, "
          + "parts, not 'iso'",
        "11:31: 'ends': expected one of [], [), (), not the quoted text '(]'"),
      WrongProvider(
        11, "    window: {form: ymd, ends: []}",
        "11:31: 'ends': expected one of [], [), (), not a list"),
      WrongProvider(
        12, "    items: steps",
        "12:12: 'items': expected a JSON pointer such as "
          + "/data/0/id, or \"\" for the whole, not 'steps'"),
      WrongProvider(12, "    items: []", "12:12: 'items': expected at least 1"),
      WrongProvider(
        more("span: 0"), "13:11: 'span': expected a whole number from 1 to 1100, not '0'"),
      WrongProvider(more("pad: 9"), "13:10: 'pad': expected a whole number from 0 to 7, not '9'"),
      WrongProvider(
        more("belongs: {at: /date, form: month}"),
        "13:32: 'form': expected one of ymd, compact, parts, wall, instant, unix, not 'month'"),
      WrongProvider(
        more("settle: {open: {at: /state}}"),
        "13:20: what is open needs the key 'is': text, or a list of such"),
      WrongProvider(
        more("belongs: /date"), "13:14: expected belongs (keys and values), not '/date'"),
      WrongProvider(
        more("index: {get: /list, at: /*, form: text}"),
        "13:39: 'form': expected one of ymd, compact, month, not 'text'"),
      WrongProvider(
        more("reach: 0"), "13:12: 'reach': expected a whole number from 1 to 36525, not '0'"),
      WrongProvider(
        more("settle: {days: -1}"),
        "13:20: 'days': expected a whole number from 0 to 3650, not '-1'"),
      WrongProvider(
        more("settle: {synced: true}"),
        "13:22: 'synced' needs the fact 'synced_at' under 'account'"),
      WrongProvider(
        more("volatile: [/at]"),
        "13:16: 'volatile': '/at' is below none of 'items', so it is not compared anyway"),
      WrongProvider(
        more("prints_in: utc"),
        "13:16: 'prints_in': expected one of current_zone, day_zone, not 'utc'"),
      WrongProvider(
        more("scope: steps"), "13:12: 'scope': 'steps' is not a scope of this file; there is none"),
      WrongProvider(
        13,
        "  - name: steps\n    request: {get: \"/{start}\"}\n"
          + "    window: {form: ymd, ends: \"[]\"}\n    items: \"\"",
        "13:11: 'streams': 'steps' stands twice"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("more streams than the limit are refused")
  func tooMany() {
    let stream = "request: {get: \"/{start}\"}, window: {form: ymd, ends: \"[]\"}, items: \"\"}\n"
    let many = (1...Limits.streams).map { "  - {name: s\($0), " + stream }.joined()
    WrongProvider(13, many, "9:3: 'streams': more than 64 streams").check()
  }

  @Test("more pointers than one scan can look for are refused")
  func tooManyPointers() {
    let most = Limits.providerPointers - 2
    let volatile = (1...most).map { "/steps/\($0)" }.joined(separator: ", ")
    let fits = "    volatile: [\(volatile)]"
    WrongProvider(13, fits).check()
    WrongProvider(
      13, fits + "\nanswers: [{status: 400, at: /e, is: x, means: bug}]",
      "12:12: more pointers than one answer can be searched for"
    ).check()
  }

  @Test("every key of a stream arrives in the model")
  func values() throws {
    let text = """
          span: 1
          belongs: {at: /steps/0/day, form: ymd}
          index: {get: "/{user}/months", at: /*/month, form: month}
          reach: 365
          settle: {days: 14, synced: true}
          volatile: [/steps/*/at, /*/0/rank]
          prints_in: current_zone
          scope: steps.read
      scopes: {needed: [steps.read]}
      account: {synced_at: {get: /me, at: /at, form: unix}}
      """
    let file = WrongProvider([
      10: "    request: {post: \"/{user}\", query: {from: \"{start}\", to: \"{end}\", "
        + "kind: [a, b], empty: \"\"}, accept: text/csv}",
      11: "    window: {form: unix_ms, ends: \"[)\"}", 13: text,
    ])
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    let stream = try #require(provider.stream("steps"))
    #expect(stream.request.method == .post && stream.request.accept == "text/csv")
    #expect(
      stream.request.query == [
        Field("from", "{start}"), Field("to", "{end}"), Field("kind", "a"), Field("kind", "b"),
        Field("empty", ""),
      ])
    #expect(stream.window == DayWindow(form: .unixMilliseconds, ends: .start))
    #expect(stream.belongs == Belongs(at: try #require(JSONPointer("/steps/0/day")), form: .ymd))
    #expect(stream.index?.form == .month && stream.index?.get == "/{user}/months")
    #expect(stream.reach == 365 && stream.settle == Settle(days: 14, synced: true))
    #expect(stream.volatile.map(\.description) == ["/steps/*/at", "/*/0/rank"])
    #expect(!stream.isSnapshot && stream.pages == nil)
    #expect(stream.printsInCurrentZone && stream.scope == "steps.read" && stream.span == 1)
  }

  @Test("what may be left out has the value that the model says")
  func defaults() throws {
    let bytes = Array(WrongProvider([:]).text.utf8)
    let stream = try #require(
      try ProviderFile.load(bytes, file: "demo.yaml").get().stream("steps"))
    var expected = StreamSpec(
      name: "steps", request: Request(path: "/{user}/steps/{start}"),
      window: DayWindow(form: .ymd, ends: .both))
    expected.items = [try #require(JSONPointer("/steps"))]
    #expect(stream == expected)
  }
}
