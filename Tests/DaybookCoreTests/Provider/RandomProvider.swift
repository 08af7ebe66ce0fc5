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
      token: isCode || login == .key ? "https://a.example/token" : nil,
      revoke: isCode && chance() ? "https://a.example/revoke" : nil)
    var p = Provider(
      name: "p\(number(0..<9))", title: text(), login: login, urls: urls, streams: [])
    if isCode { signIn(&p) }
    if login == .key { key(&p) }
    if login == .token { p.tokenLife = one([.answer, .seconds(number(1..<100_000))]) }
    if login == .form { p.form = form() }
    if login != .none, chance() { p.loginHelp = one(["make a token there", "a: \"b\""]) }
    p.fixed.header = some(2) { r, i in Field("X-Fixed-\(i)", r.one(["Mozilla/5.0 (x)", "1"])) }
    p.params = chance() ? ["user"] : []
    p.account = facts(p.params)
    budget(&p)
    p.streams = (0..<number(1..<4)).map { stream("s\($0)", p) }
    p.answers = some(4) { r, _ in r.answer(p) }
    // A param that nothing uses is a mistake.
    if !p.params.isEmpty { p.streams[0].request.path += "/{user}" }
    if let stream = p.streams.first(where: \.isCut), chance() { p.walkBack = stream.name }
    if chance() { p.sunset = Day(number: number(0..<20_000)) }
    if chance() { p.successor = "q\(number(0..<9))" }
    return p
  }

  private mutating func key(_ p: inout Provider) {
    p.tokenIsText = chance()
    if !p.tokenIsText { p.tokenAt = pointer() }
    p.tokenLife = one([.answer, .jwt, .endless, .seconds(number(1..<100_000))])
    p.keyScheme = one(["ApiKey", "Key"])
  }

  private mutating func form() -> FormSpec {
    var form = FormSpec(
      page: "/login", post: "/login?x=1", user: "email", password: "pass word",
      success: ["/"] + some(2) { _, i in "/home?n=\(i)" })
    if chance() { form.start = "/" }
    form.hidden = some(2) { _, i in "_hidden\(i)" }
    form.fields = some(2) { r, i in Field("f\(i)", r.text()) }
    form.id = some(2) { r, i in "userId\(i)=" + r.text() }
    return form
  }

  private mutating func signIn(_ p: inout Provider) {
    p.client = one(ClientAuthentication.allCases)
    p.pkce = chance()
    p.freeRedirectPort = chance()
    p.refreshExpected = chance()
    if chance() { p.testingLife = number(1..<90) }
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
    if chance() { facts.firstDay = fact(FactForm.allCases.filter { $0 != .text }, params) }
    if chance() { facts.syncedAt = fact([.unix, .instant, .wall], params) }
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
    let lacks = at == nil && chance() ? pointer() : nil
    var row = AnswerRow(
      call: call, stream: stream, status: number(100..<600), at: at,
      values: at == nil ? [] : (0..<number(1..<3)).map { "v\($0)" }, lacks: lacks,
      means: one(Verdict.allCases))
    if chance() { row.advice = one(["link the account first", "see: \"Settings\""]) }
    return row
  }

  private mutating func stream(_ name: String, _ p: Provider) -> StreamSpec {
    var request = Request(path: "/\(name)/{start}", query: [Field("end", "{end}")])
    if p.account.id != nil || p.form?.id.isEmpty == false { request.path += "/{id}" }
    request.method = one(Request.Method.allCases)
    request.query += some(2) { r, _ in Field("again", r.text()) }
    request.accept = one(["application/json", "text/csv;q=0.5, */*"])
    if request.method == .post, chance() {
      request.body = ["from": "{start}", "more": ["to": "{end}", "n": 1, "on": true, "no": .null]]
    }
    let forms = DayForm.allCases.filter { $0 != .parts || request.body != nil }
    let window = DayWindow(form: one(forms), ends: one(Ends.allCases))
    var s = StreamSpec(name: name, request: request, window: window)
    s.items = [pointer()] + some(2) { r, _ in r.pointer() }
    // Pointers with indexes lead nowhere in XML.
    if s.items.allSatisfy({ $0.complaintInXML() == nil }), chance() {
      s.document = .xml(entities: some(2) { _, i in "entity\(i)" })
    }
    if !s.document.isXML {
      if chance() { s.belongs = Belongs(at: pointer(), form: one(FactForm.ofElements)) }
      if chance() { many(&s) }
      if chance() { s.pages = pages(request.body != nil) }
      if s.items.count == 1, chance() { s.each = each(p) }
    }
    if chance() { s.index = fact([.ymd, .compact, .month], p.params) }
    if chance() { s.reach = number(1..<1_000) }
    s.settle = Settle(days: number(0..<60), synced: p.account.syncedAt != nil && chance())
    if chance() { s.settle.open = Pending(at: pointer(), values: [text(), "pending"]) }
    if s.pages?.place != .body, chance() {
      let list = Fact(get: "/since?t={since}", at: pointer(), form: one(FactForm.ofElements))
      s.settle.changes = Changes(list, since: one(SinceForm.allCases))
    }
    let inside = JSONPointer(segments: s.items[0].segments + [.key("at")])
    if chance() { s.volatile = [inside] }
    s.printsInCurrentZone = chance()
    let scopes = p.scopes.needed + p.scopes.wished
    if !scopes.isEmpty, chance() { s.scope = one(scopes) }
    return number(0..<5) == 0 ? snapshot(s, p) : s
  }

  /// The same without anything that is about days.
  private mutating func snapshot(_ s: StreamSpec, _ p: Provider) -> StreamSpec {
    var request = Request(path: "/\(s.name)", query: [Field("again", text())])
    if p.account.id != nil || p.form?.id.isEmpty == false { request.path += "/{id}" }
    request.accept = s.request.accept
    var out = StreamSpec(
      name: s.name, request: request, window: DayWindow(form: .ymd, ends: .both))
    out.isSnapshot = true
    out.items = s.items
    out.volatile = s.volatile
    out.document = s.document
    out.scope = s.scope
    if !s.document.isXML, chance() { out.pages = pages(false) }
    return out
  }

  private mutating func each(_ p: Provider) -> Each {
    let kinds: [(Document, String)] = [
      (.json, "json"), (.xml(entities: []), "tcx"), (.bytes, "fit"),
    ]
    let parts = (0..<number(1..<3)).map { i in
      let (document, ending) = one(kinds)
      var request = Request(path: "/part\(i)/{item}", query: [Field("day", "{start}")])
      request.accept = one(["*/*", "application/json"])
      var part = PartSpec(
        name: "part\(i)", request: request, document: document, fileExtension: ending)
      let scopes = p.scopes.needed + p.scopes.wished
      if !scopes.isEmpty, chance() { part.scope = one(scopes) }
      return part
    }
    return Each(
      item: pointer(), form: one(ItemForm.allCases), condition: chance() ? pointer() : nil,
      parts: parts)
  }

  /// Several days in one call, along one list.
  private mutating func many(_ s: inout StreamSpec) {
    s.span = number(1..<400)
    s.pad = number(0..<4)
    s.items = [s.items[0]]
    let element = s.items[0].appending(.every)
    s.belongs = Belongs(
      at: JSONPointer(segments: element.segments + pointer().segments),
      form: one(FactForm.ofElements))
  }

  private mutating func pages(_ hasBody: Bool) -> Pages {
    let place = hasBody ? one(Pages.Place.allCases) : .query
    if chance() {
      let more = chance() ? pointer() : nil
      return Pages(.token(send: "next", at: pointer()), in: place, more: more)
    }
    return Pages(.counter(send: "page", first: number(0..<3), step: number(1..<200)), in: place)
  }
}
