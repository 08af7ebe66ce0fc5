@testable import DaybookCore

/// Writes a provider as the YAML that loads as it: the loader's opposite, for tests only.
struct ProviderWords {
  private var lines: [String] = []

  static func yaml(_ p: Provider) -> String {
    var words = ProviderWords()
    words.add("name: \(p.name)", "title: \(Self.quote(p.title))", "login: \(p.login.rawValue)")
    words.addURLs(p.urls)
    if !p.params.isEmpty { words.add("params: \(Self.list(p.params))") }
    if p.login == .code { words.addSignIn(p) }
    if p.login == .key { words.addKey(p) }
    if p.login == .token { words.addTokenLife(p.tokenLife) }
    if let form = p.form { words.addForm(form) }
    if let help = p.loginHelp { words.add("login_help: \(Self.quote(help))") }
    if p.login != .code { words.add("fixed: {header: \(Self.map(p.fixed.header))}") }
    words.addFacts(p.account)
    words.addBudget(p)
    words.addAnswers(p.answers)
    words.add("streams:")
    for stream in p.streams { words.addStream(stream) }
    if let stream = p.walkBack { words.add("behaviours: {walk-back: \(stream)}") }
    if let sunset = p.sunset { words.add("sunset: \(sunset)") }
    if let successor = p.successor { words.add("successor: \(successor)") }
    return words.lines.joined(separator: "\n") + "\n"
  }

  private mutating func add(_ more: String...) { lines += more }

  private mutating func addURLs(_ urls: URLs) {
    add("urls:", "  api: \(urls.api)")
    for (key, url) in [
      ("authorize", urls.authorize), ("token", urls.token), ("revoke", urls.revoke),
    ] {
      if let url { add("  \(key): \(Self.quote(url))") }
    }
  }

  private mutating func addSignIn(_ p: Provider) {
    add("client: \(p.client.rawValue)", "pkce: \(p.pkce)")
    add(
      "scopes: {needed: \(Self.list(p.scopes.needed)), wished: \(Self.list(p.scopes.wished)), "
        + "joint: \(p.scopes.joint.rawValue)}")
    add(
      "fixed:", "  authorize: \(Self.map(p.fixed.authorize))",
      "  exchange: \(Self.map(p.fixed.exchange))",
      "  refresh: \(Self.map(p.fixed.refresh))", "  header: \(Self.map(p.fixed.header))")
    add("token_at: \(Self.quote("\(p.tokenAt)"))", "free_redirect_port: \(p.freeRedirectPort)")
    add("refresh_expected: \(p.refreshExpected)")
    if let days = p.testingLife { add("testing_life: \(days)") }
    addTokenLife(p.tokenLife)
  }

  private mutating func addKey(_ p: Provider) {
    add("key_scheme: \(p.keyScheme)")
    add("token_at: \(p.tokenIsText ? "text" : Self.quote("\(p.tokenAt)"))")
    addTokenLife(p.tokenLife)
  }

  private mutating func addForm(_ form: FormSpec) {
    add("form:")
    if let start = form.start { add("  start: \(Self.quote(start))") }
    add("  page: \(Self.quote(form.page))", "  post: \(Self.quote(form.post))")
    add("  user: \(Self.quote(form.user))", "  password: \(Self.quote(form.password))")
    add("  hidden: \(Self.list(form.hidden))", "  fields: \(Self.map(form.fields))")
    add("  success: \(Self.list(form.success))")
    let markers = form.id.map { "{before: \(Self.quote($0))}" }.joined(separator: ", ")
    if !form.id.isEmpty { add("  id: [\(markers)]") }
  }

  private mutating func addTokenLife(_ life: TokenLife) {
    switch life {
    case .answer: add("token_life: answer")
    case .seconds(let n): add("token_life: \(n)")
    case .endless: add("token_life: endless")
    case .jwt: add("token_life: jwt")
    }
  }

  private mutating func addFacts(_ facts: AccountFacts) {
    add("account:")
    for (key, fact) in [
      ("id", facts.id), ("zone", facts.zone), ("first_day", facts.firstDay),
      ("synced_at", facts.syncedAt),
    ] {
      if let fact { add("  \(key): \(Self.fact(fact))") }
    }
  }

  private mutating func addBudget(_ p: Provider) {
    add("windows: [")
    for w in p.windows {
      add(
        "  {name: \(w.name), seconds: \(w.seconds), limit: \(w.limit), per: \(w.per.rawValue), "
          + "align: \(w.align.rawValue)},")
    }
    add("  ]", "meters: [")
    for m in p.meters {
      let window = m.windows.isEmpty ? "nearest" : Self.list(m.windows)
      add("  {header: \(Self.quote(m.header)), says: \(m.says.rawValue), window: \(window)},")
    }
    add("  ]")
  }

  private mutating func addAnswers(_ rows: [AnswerRow]) {
    add("answers: [")
    for row in rows {
      var keys = ["status: \(row.status)", "means: \(row.means.rawValue)"]
      if let call = row.call { keys.append("call: \(call.rawValue)") }
      if let stream = row.stream { keys.append("stream: \(stream)") }
      if let lacks = row.lacks { keys.append("lacks: \(Self.quote("\(lacks)"))") }
      if let at = row.at { keys.append("at: \(Self.quote("\(at)")), is: \(Self.list(row.values))") }
      if let advice = row.advice { keys.append("advice: \(Self.quote(advice))") }
      add("  {\(keys.joined(separator: ", "))},")
    }
    add("  ]")
  }

  private mutating func addStream(_ s: StreamSpec) {
    add("  - name: \(s.name)", "    request:")
    add("      \(s.request.method.rawValue): \(Self.quote(s.request.path))")
    add(
      "      query: \(Self.map(s.request.query))", "      accept: \(Self.quote(s.request.accept))")
    // JSON is YAML.
    if let body = s.request.body {
      add("      body: \(String(decoding: body.encoded, as: UTF8.self))")
    }
    if s.isSnapshot {
      add("    snapshot: true")
    } else {
      add("    window: {form: \(s.window.form.rawValue), ends: \"\(s.window.ends.rawValue)\"}")
    }
    if !s.document.isXML, !s.isSnapshot { add("    span: \(s.span)", "    pad: \(s.pad)") }
    if let pages = s.pages { add("    pages: \(Self.pages(pages))") }
    add("    items: \(Self.list(s.items.map(\.description)))")
    switch s.document {
    case .json: add("    document: json")
    case .xml(let entities): add("    document: xml", "    entities: \(Self.list(entities))")
    case .bytes: preconditionFailure("no stream is of bytes")
    }
    if let each = s.each { addEach(each) }
    if let b = s.belongs {
      add("    belongs: {at: \(Self.quote("\(b.at)")), form: \(b.form.rawValue)}")
    }
    if let index = s.index { add("    index: \(Self.fact(index))") }
    if let reach = s.reach { add("    reach: \(reach)") }
    if !s.isSnapshot { addSettle(s) }
    add("    volatile: \(Self.list(s.volatile.map(\.description)))")
    add("    prints_in: \(s.printsInCurrentZone ? "current_zone" : "day_zone")")
    if let scope = s.scope { add("    scope: \(Self.quote(scope))") }
  }

  private mutating func addEach(_ each: Each) {
    add(
      "    each:", "      item: \(Self.quote("\(each.item)"))", "      form: \(each.form.rawValue)")
    if let condition = each.condition { add("      if: \(Self.quote("\(condition)"))") }
    add("      get:")
    for part in each.parts {
      let request = part.request
      add("        - name: \(part.name)", "          request:")
      add("            \(request.method.rawValue): \(Self.quote(request.path))")
      add("            query: \(Self.map(request.query))")
      add("            accept: \(Self.quote(request.accept))")
      let kind = part.document == .bytes ? "bytes" : part.document.fileExtension
      add("          document: \(kind)", "          extension: \(part.fileExtension)")
      if let scope = part.scope { add("          scope: \(Self.quote(scope))") }
    }
  }

  private mutating func addSettle(_ s: StreamSpec) {
    add("    settle:", "      days: \(s.settle.days)", "      synced: \(s.settle.synced)")
    if let changes = s.settle.changes {
      let fact = Self.fact(changes.fact).dropLast()
      add("      changes: \(fact), since: \(changes.since.rawValue)}")
    }
    if let open = s.settle.open {
      add("      open: {at: \(Self.quote("\(open.at)")), is: \(Self.list(open.values))}")
    }
  }

  static func pages(_ p: Pages) -> String {
    switch p.mark {
    case .token(let send, let at):
      "{token: \(send), at: \(quote("\(at)")), in: \(p.place.rawValue)"
        + (p.more.map { ", more: \(quote("\($0)"))" } ?? "") + "}"
    case .counter(let send, let first, let step):
      "{counter: \(send), first: \(first), step: \(step), in: \(p.place.rawValue)}"
    }
  }
  static func fact(_ f: Fact) -> String {
    "{get: \(Self.quote(f.get)), at: \(Self.quote("\(f.at)")), form: \(f.form.rawValue)}"
  }
  static func list(_ texts: [String]) -> String {
    "[\(texts.map(quote).joined(separator: ", "))]"
  }
  /// Fields of one name are a list.
  static func map(_ fields: [Field]) -> String {
    var seen: [String] = []
    for field in fields where !seen.contains(field.name) { seen.append(field.name) }
    let entries = seen.map { name in
      let values = fields.filter { $0.name == name }.map(\.value)
      return "\(Self.quote(name)): \(values.count == 1 ? Self.quote(values[0]) : Self.list(values))"
    }
    return "{\(entries.joined(separator: ", "))}"
  }
  /// A double-quoted scalar (YAML 1.2 §7.3.1).
  static func quote(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { s in
        s == "\"" || s == "\\" ? "\\\(s)" : s.value < 32 ? "\\x\(hex([UInt8(s.value)]))" : "\(s)"
      }.joined() + "\""
  }
}
