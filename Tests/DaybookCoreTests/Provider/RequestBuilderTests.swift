import Testing

@testable import DaybookCore

@Suite("The URLs of an account's calls")
struct RequestBuilderTests {
  private static let day = Day(number: 16_970)  // 2016-06-18

  private func builder(
    origin: String? = nil, params: [Field] = [], api: String = "https://api.example/api/1.1"
  ) -> RequestBuilder {
    let urls = URLs(
      api: api, authorize: "https://www.example:8443/oauth?x=1", token: "https://api.example/token",
      revoke: nil)
    let provider = Provider(name: "p", title: "P", login: .code, urls: urls, streams: [])
    var settings = AccountSettings(name: "me", provider: "p")
    settings.origin = origin
    settings.params = params
    return RequestBuilder(provider: provider, settings: settings)
  }

  private func stream(
    _ path: String, _ query: [Field] = [], form: DayForm = .compact, ends: Ends = .both
  ) -> StreamSpec {
    StreamSpec(
      name: "s", request: Request(path: path, query: query),
      window: DayWindow(form: form, ends: ends))
  }

  private func url(_ stream: StreamSpec, _ builder: RequestBuilder? = nil) -> String {
    (builder ?? self.builder()).url(of: stream, day: Self.day, zone: .utc)
  }

  @Test("a day in the path, constants in the query, in the order of the file") func path() {
    let some = stream(
      "/user/storyline/daily/{start}", [Field("trackPoints", "true"), Field("a", "b")])
    #expect(
      url(some)
        == "https://api.example/api/1.1/user/storyline/daily/20160618?trackPoints=true&a=b")
    #expect(url(stream("/days")) == "https://api.example/api/1.1/days")
  }

  @Test("the account's id fills its place in a path and a query") func id() {
    var builder = builder(params: [Field("user", "jane")])
    builder = RequestBuilder(provider: builder.provider, settings: builder.settings, id: "a b/7")
    let some = stream("/{user}/{id}/{start}", [Field("id", "{id}")])
    #expect(
      url(some, builder) == "https://api.example/api/1.1/jane/a%20b%2F7/20160618?id=a%20b%2F7")
    let fact = Fact(get: "/users/{id}", at: .root, form: .text)
    #expect(builder.url(of: fact) == "https://api.example/api/1.1/users/a%20b%2F7")
  }

  @Test("a path that has a query already goes on with it") func query() {
    let some = stream("/days?kind=all", [Field("day", "{start}")], form: .ymd)
    #expect(url(some) == "https://api.example/api/1.1/days?kind=all&day=2016-06-18")
  }

  @Test(
    "bounds are written in the stream's form, and encoded",
    arguments: [
      (.ymd, .start, "2016-06-18", "2016-06-19"), (.ymd, .both, "2016-06-18", "2016-06-18"),
      (.unix, .start, "1466208000", "1466294400"),
      (.utc, .start, "2016-06-18T00%3A00%3A00Z", "2016-06-19T00%3A00%3A00Z"),
      (.offset, .start, "2016-06-18T00%3A00%3A00%2B00%3A00", "2016-06-19T00%3A00%3A00%2B00%3A00"),
    ] as [(DayForm, Ends, String, String)])
  func bounds(form: DayForm, ends: Ends, start: String, end: String) {
    let query = [Field("from", "{start}"), Field("to", "{end}")]
    let some = stream("/d", query, form: form, ends: ends)
    #expect(url(some) == "https://api.example/api/1.1/d?from=\(start)&to=\(end)")
  }

  @Test("parameters of the account are encoded: none of them leaves its segment or its value")
  func params() {
    let builder = builder(params: [Field("user", "a/../b?c#d"), Field("device", "my phone & co")])
    let some = stream("/{user}/x", [Field("d", "{device}:{start}"), Field("n&", "1=2")])
    #expect(
      url(some, builder) == "https://api.example/api/1.1/a%2F..%2Fb%3Fc%23d/x"
        + "?d=my%20phone%20%26%20co%3A20160618&n%26=1%3D2")
    let fact = Fact(get: "/0/last?user={user}", at: .root, form: .text)
    #expect(
      builder.url(of: fact) == "https://api.example/api/1.1/0/last?user=a%2F..%2Fb%3Fc%23d")
  }

  @Test("a parameter does not take the place of a bound") func shadow() {
    let builder = builder(params: [Field("start", "x")])
    #expect(url(stream("/{start}"), builder) == "https://api.example/api/1.1/20160618")
  }

  @Test("values that look like placeholders are not filled again") func onceOnly() {
    let builder = builder(params: [Field("user", "{start}")])
    #expect(url(stream("/{user}"), builder) == "https://api.example/api/1.1/%7Bstart%7D")
  }

  @Test("an account's origin replaces scheme, host and port of every URL")
  func origin() {
    let own = builder(origin: "http://127.0.0.1:8083")
    #expect(own.api == "http://127.0.0.1:8083/api/1.1")
    #expect(own.authorize == "http://127.0.0.1:8083/oauth?x=1")
    #expect(own.token == "http://127.0.0.1:8083/token")
    #expect(own.revoke == nil)
    #expect(url(stream("/d"), own) == "http://127.0.0.1:8083/api/1.1/d")
    let bare = builder(origin: "https://b.example", api: "https://api.example")
    #expect(bare.api == "https://b.example")
    let plain = builder()
    #expect(plain.api == "https://api.example/api/1.1")
    #expect(plain.authorize == "https://www.example:8443/oauth?x=1")
  }

  @Test("the files that come with the product give the URLs that their providers document")
  func shipped() throws {
    let moves = try Shipped.provider("moves")
    var settings = AccountSettings(name: "me", provider: "moves")
    let some = RequestBuilder(provider: moves, settings: settings)
    #expect(
      some.url(of: try #require(moves.stream("storyline")), day: Self.day, zone: .utc)
        == "https://api.moves-app.com/api/1.1/user/storyline/daily/20160618?trackPoints=true")
    #expect(
      some.url(of: try #require(moves.account.id))
        == "https://api.moves-app.com/api/1.1/user/profile")
    settings.origin = "http://127.0.0.1:1"
    let local = RequestBuilder(provider: moves, settings: settings)
    #expect(local.token == "http://127.0.0.1:1/oauth/v1/access_token")
  }

  private func request(_ stream: StreamSpec, through days: Int = 0, mark: String? = nil)
    -> (url: String, body: JSONValue?)
  {
    builder().request(
      of: stream, from: Self.day, through: Self.day + days, zone: .utc, mark: mark)
  }

  @Test("several days are asked for from the first to the last, and the pad on both sides")
  func range() {
    var some = stream("/d/{start}/{end}", form: .ymd)
    #expect(request(some, through: 6).url.hasSuffix("/d/2016-06-18/2016-06-24"))
    some.pad = 2
    #expect(request(some, through: 6).url.hasSuffix("/d/2016-06-16/2016-06-26"))
    #expect(request(some).url.hasSuffix("/d/2016-06-16/2016-06-20"))
  }

  @Test("a page is asked for by its mark, a counter from the first page on")
  func pages() {
    var some = stream("/d", [Field("day", "{start}")])
    some.pages = Pages(.token(send: "page token", at: .root))
    #expect(request(some).url.hasSuffix("/d?day=20160618"))
    #expect(request(some, mark: "a&b").url.hasSuffix("/d?day=20160618&page%20token=a%26b"))
    some.pages = Pages(.counter(send: "page", first: 1, step: 1))
    #expect(request(some).url.hasSuffix("/d?day=20160618&page=1"))
    #expect(request(some, mark: "2").url.hasSuffix("/d?day=20160618&page=2"))
  }

  @Test("a part is asked for by its item, which cannot leave its place")
  func part() throws {
    var stream = StreamSpec(
      name: "s", request: Request(path: "/{start}"), window: DayWindow(form: .ymd, ends: .both))
    stream.pad = 3
    var part = PartSpec(
      name: "x", request: Request(path: "/i/{item}/x", query: [Field("day", "{start}")]))
    let provider = Provider(
      name: "p", title: "P", login: .none, urls: URLs(api: "https://p.test"), streams: [stream])
    let builder = RequestBuilder(
      provider: provider, settings: AccountSettings(name: "me", provider: "p"))
    let day = try #require(Day("2016-06-18"))
    func url(_ item: String) -> String {
      builder.request(of: part, item: item, of: stream, day: day, zone: .utc).url
    }
    #expect(url("12") == "https://p.test/i/12/x?day=2016-06-18")
    #expect(url("../a?b=c/{start}").hasPrefix("https://p.test/i/..%2Fa%3Fb%3Dc%2F%7Bstart%7D/x"))
    part.request.method = .post
    part.request.body = ["id": "{item}"]
    let body = builder.request(of: part, item: "a\"b", of: stream, day: day, zone: .utc).body
    #expect(body == ["id": "a\"b"])
  }

  @Test("a body has its texts filled, bounds in parts as objects, and the mark where it belongs")
  func body() throws {
    var some = stream("/d:roll", form: .parts, ends: .start)
    some.request.method = .post
    some.request.body = [
      "range": ["start": ["date": "{start}"], "end": ["date": "{end}"]], "note": "from {start}",
      "days": 1, "list": ["{start}", true, .null],
    ]
    some.pages = Pages(.token(send: "pageToken", at: .root), in: .body)
    let date: JSONValue = ["year": 2016, "month": 6, "day": 18]
    let end: JSONValue = ["year": 2016, "month": 6, "day": 20]
    let filled = try #require(request(some, through: 1).body)
    #expect(
      filled == [
        "range": ["start": ["date": date], "end": ["date": end]], "note": "from 2016-06-18",
        "days": 1, "list": [date, true, .null],
      ])
    let next = request(some, through: 1, mark: "m\"")
    #expect(next.body?["pageToken"] == "m\"" && next.body?["days"] == 1)
    #expect(next.url.hasSuffix("/d:roll"))
    some.window.form = .ymd
    #expect(request(some).body?["range"]?["start"]?["date"] == "2016-06-18")
    #expect(request(stream("/d")).body == nil)
  }

  @Test("an issuer is where people sign in or where codes become tokens, and nowhere else")
  func issuer() {
    for (url, isOurs) in [
      ("https://www.example:8443", true), ("https://www.example:8443/realm", true),
      ("https://api.example", true), ("https://www.example", false), ("http://api.example", false),
      ("https://api.example.evil", false), ("", false), ("api.example", false),
    ] {
      #expect(builder().isIssuer(url) == isOurs, "\(url)")
    }
  }

  @Test("an id that would lead elsewhere is none")
  func segment() {
    for id in ["", ".", ".."] { #expect(!RequestBuilder.isSegment(id)) }
    for id in ["7", "...", "a/b", "..x"] { #expect(RequestBuilder.isSegment(id)) }
  }
}
