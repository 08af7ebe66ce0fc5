import Testing

@testable import DaybookCore

/// Settings of any kind that the loader must take, from a seed, and the file that loads as them.
private struct RandomSettings {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func one<T>(_ choices: [T]) -> T { choices[number(0..<choices.count)] }
  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func chance() -> Bool { Bool.random(using: &random) }

  mutating func settings() -> Settings {
    var settings = Settings()
    if chance() { settings.archive = "/srv/a b/\(number(0..<9))" }
    settings.fresh = one([.seconds(1), .minutes(90), .hours(3), .days(1), .milliseconds(1_500)])
    settings.tokenKey = one([nil, .credential("Key.\(number(0..<9))"), .file("/etc/k: '")])
    settings.clients = (0..<number(0..<4)).map { client("c\($0)") }
    settings.accounts = (0..<number(0..<5)).map { account("a\($0)") }
    return settings
  }

  private mutating func client(_ name: String) -> ClientSettings {
    var client = ClientSettings(
      name: name, provider: one(["moves", "p.q"]),
      clientID: one(["x", "0123", "a: \"b\" #c", "~"]),
      secret: one([nil, .credential("Secret.\(number(0..<9))"), .file("/etc/s'\(number(0..<9))")]))
    client.testing = chance()
    return client
  }

  private mutating func account(_ name: String) -> AccountSettings {
    var a = AccountSettings(name: name, provider: one(["moves", "owntracks"]))
    if chance() { a.client = "c\(number(0..<9))" }
    if chance() { a.origin = one(["https://h:1", "http://[::1]", "http://127.0.0.1:65535"]) }
    a.allowPlainHTTP = chance()
    if chance() { a.params = [Field("user", one(["jane", "é\n", "{}"])), Field("device", "0")] }
    if chance() { a.since = Day(number: number(0..<20_000)) }
    if chance() { a.streams = ["b", "a"] }
    if chance() { a.zone = one(["UTC", "Etc/GMT+5", "America/Port-au-Prince"]) }
    if chance() { a.redirectURI = "http://localhost:1/x?y=z" }
    a.windows = (0..<number(0..<3)).map {
      WindowSpec(
        name: "w\($0)", seconds: one([0.5, 60, 86_400]), limit: number(1..<9_999),
        per: one(WindowSpec.Per.allCases), align: one(WindowSpec.Align.allCases))
    }
    if chance() { a.timeout = one([.milliseconds(100), .seconds(30), .hours(1)]) }
    if chance() { a.timeline = "us" }
    if chance() { a.was = "old-\(name)" }
    return a
  }
}

private enum SettingsWords {
  private static func quote(_ text: String) -> String { ProviderWords.quote(text) }

  static func yaml(_ s: Settings) -> String {
    var lines = ["fresh: \(spelled(s.fresh))"]
    if let archive = s.archive { lines.append("archive: \(quote(archive))") }
    lines += secret("token_key", s.tokenKey)
    lines.append("clients:")
    for c in s.clients {
      var keys = ["provider: \(c.provider)", "client_id: \(quote(c.clientID))"]
      if c.testing { keys.append("testing: true") }
      keys += secret("client_secret", c.secret)
      lines.append("  \(c.name): {\(keys.joined(separator: ", "))}")
    }
    lines.append("accounts:")
    for a in s.accounts { lines += ["  \(a.name):"] + keys(a).map { "    \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func secret(_ key: String, _ source: SecretSource?) -> [String] {
    switch source {
    case .credential(let name): ["\(key): \(name)"]
    case .file(let path): ["\(key)_file: \(quote(path))"]
    case nil: []
    }
  }

  private static func keys(_ a: AccountSettings) -> [String] {
    let texts: [(String, String?)] = [
      ("client", a.client), ("origin", a.origin), ("since", a.since.map { "\($0)" }),
      ("zone", a.zone), ("redirect_uri", a.redirectURI), ("timeline", a.timeline), ("was", a.was),
    ]
    var out = ["provider: \(a.provider)", "allow_plain_http: \(a.allowPlainHTTP)"]
    out += texts.compactMap { key, text in text.map { "\(key): \(quote($0))" } }
    out.append("params: \(ProviderWords.map(a.params))")
    if let streams = a.streams { out.append("streams: \(ProviderWords.list(streams))") }
    if let timeout = a.timeout { out.append("timeout: \(spelled(timeout))") }
    out.append("windows:")
    out += a.windows.map { w in
      "  \(w.name): {seconds: \(w.seconds), limit: \(w.limit), per: \(w.per.rawValue), "
        + "align: \(w.align.rawValue)}"
    }
    return out
  }
}

@Suite("Any settings, written and loaded")
struct SettingsRoundTripTests {
  @Test("settings that are written as a file load as themselves", arguments: 0..<300)
  func roundTrip(seed: UInt64) {
    var random = RandomSettings(seed: seed)
    let settings = random.settings()
    let yaml = SettingsWords.yaml(settings)
    switch SettingsFile.load(Array(yaml.utf8), file: "d.yaml") {
    case .success(let loaded): #expect(loaded == settings, "seed \(seed)\n\(yaml)")
    case .failure(let problems): Issue.record("seed \(seed)\n\(yaml)\n\(problems)")
    }
  }

  @Test("a file's kind is seen, whatever is in it", arguments: 0..<100)
  func kind(seed: UInt64) {
    var settings = RandomSettings(seed: seed)
    var provider = RandomProvider(seed: seed)
    let one = SourceFile(path: "x", bytes: Array(SettingsWords.yaml(settings.settings()).utf8))
    let two = SourceFile(path: "x", bytes: Array(ProviderWords.yaml(provider.provider()).utf8))
    #expect(Check.kind(one) == .settings, "seed \(seed)")
    #expect(Check.kind(two) == .provider, "seed \(seed)")
  }
}
