@testable import DaybookCore

/// Providers of any kind that the loader must take, from a seed.
struct RandomProvider {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func one<T>(_ choices: [T]) -> T { choices[number(0..<choices.count)] }
  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func chance() -> Bool { Bool.random(using: &random) }
  private mutating func some<T>(_ most: Int, _ make: (inout Self, Int) -> T) -> [T] {
    (0..<number(0..<most + 1)).map { make(&self, $0) }
  }

  private mutating func pointer() -> JSONPointer {
    let keys = ["a", "0", "a/b", "~", "é", "", "data"]
    return JSONPointer(segments: some(3) { r, _ in r.chance() ? .key(r.one(keys)) : .every })
  }

  private mutating func text() -> String {
    one(["x", "true", "12", "a b", "ü\"\\'", "{", "null", "~", "#", "line\nend", ": "])
      .replacing("{", with: "(")
  }

  mutating func provider() -> Provider {
    let login = one(Login.allCases)
    let isCode = login == .code
    let urls = URLs(
      api: one(["https://a.example/v1", "http://127.0.0.1:8083/api/0", "https://[::1]"]),
      authorize: isCode ? "https://a.example/authorize?x=1" : nil,
      token: isCode ? "https://a.example/token" : nil,
      revoke: isCode && chance() ? "https://a.example/revoke" : nil)
    var p = Provider(
      name: "p\(number(0..<9))", title: text(), login: login, urls: urls, streams: [])
    if isCode { signIn(&p) }
    p.params = chance() ? ["user"] : []
    p.account = facts(p.params)
    budget(&p)
    p.streams = (0..<number(1..<4)).map { stream("s\($0)", p) }
    p.answers = some(4) { r, _ in r.answer(p) }
    // A param that nothing uses is a mistake.
    if !p.params.isEmpty { p.streams[0].request.path += "/{user}" }
    if chance() { p.sunset = Day(number: number(0..<20_000)) }
    return p
  }

  private mutating func signIn(_ p: inout Provider) {
    p.client = one(ClientAuthentication.allCases)
    p.pkce = chance()
    p.freeRedirectPort = chance()
    p.scopes = Scopes(
      needed: some(2) { _, i in "need:\(i)" }, wished: some(2) { _, i in "wish.\(i)" },
      joint: one(Scopes.Joint.allCases))
    p.fixed.authorize = some(2) { r, i in Field("f\(i)", r.text()) }
    p.fixed.refresh = some(2) { r, i in Field("scope\(i)", r.text()) }
    p.tokenAt = pointer()
    p.tokenLife = one([.answer, .endless, .seconds(number(1..<100_000))])
  }

  private mutating func fact(_ forms: [FactForm], _ params: [String]) -> Fact {
    let path = params.isEmpty ? "/me?a=b" : "/me/{user}?u={user}"
    return Fact(get: path, at: pointer(), form: one(forms))
  }

  private mutating func facts(_ params: [String]) -> AccountFacts {
    var facts = AccountFacts()
    if chance() { facts.id = fact([.text], params) }
    if chance() { facts.zone = fact([.text], params) }
    if chance() { facts.firstDay = fact([.ymd, .compact, .month, .unix, .instant], params) }
    if chance() { facts.syncedAt = fact([.unix, .instant], params) }
    return facts
  }

  private mutating func budget(_ p: inout Provider) {
    p.windows = some(3) { r, i in
      WindowSpec(
        name: "w\(i)", seconds: r.one([0.25, 1, 60, 3_600, 86_400]), limit: r.number(1..<5_000),
        per: r.one(WindowSpec.Per.allCases), align: r.one(WindowSpec.Align.allCases))
    }
    let names = p.windows.map(\.name)
    p.meters = some(3) { r, i in
      let windows = names.isEmpty || r.chance() ? [] : r.chance() ? [r.one(names)] : names
      return Meter(header: "X-Meter-\(i)", says: r.one(Meter.Says.allCases), windows: windows)
    }
  }

  private mutating func answer(_ p: Provider) -> AnswerRow {
    let stream = chance() ? one(p.streams).name : nil
    let call = stream == nil && chance() ? one(CallKind.allCases) : nil
    let at = chance() ? pointer() : nil
    return AnswerRow(
      call: call, stream: stream, status: number(100..<600), at: at,
      values: at == nil ? [] : (0..<number(1..<3)).map { "v\($0)" }, means: one(Verdict.allCases))
  }

  private mutating func stream(_ name: String, _ p: Provider) -> StreamSpec {
    var request = Request(path: "/\(name)/{start}", query: [Field("end", "{end}")])
    request.method = one(Request.Method.allCases)
    request.query += some(2) { r, _ in Field("again", r.text()) }
    request.accept = one(["application/json", "text/csv;q=0.5, */*"])
    let window = DayWindow(form: one(DayForm.allCases), ends: one(Ends.allCases))
    var s = StreamSpec(name: name, request: request, window: window)
    s.items = [pointer()] + some(2) { r, _ in r.pointer() }
    if chance() { s.belongs = Belongs(at: pointer(), form: one([.ymd, .compact])) }
    if chance() { s.index = fact([.ymd, .compact, .month], p.params) }
    if chance() { s.reach = number(1..<1_000) }
    s.settle = Settle(days: number(0..<60), synced: p.account.syncedAt != nil && chance())
    let inside = JSONPointer(segments: s.items[0].segments + [.key("at")])
    if chance() { s.volatile = [inside] }
    s.printsInCurrentZone = chance()
    let scopes = p.scopes.needed + p.scopes.wished
    if !scopes.isEmpty, chance() { s.scope = one(scopes) }
    return s
  }
}
