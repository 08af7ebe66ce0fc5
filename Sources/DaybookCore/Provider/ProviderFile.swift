/// Reads a provider file: YAML, every key checked, every problem found at once.
///
/// The code below and in the files beside it is the table of the keys. What they mean is said where
/// the model is declared (``Provider``), and for authors in `etc/daybook/providers/README.md`.
public enum ProviderFile {
  /// `file` is shown in messages, and its last part must be `NAME.yaml`.
  public static func load(_ bytes: [UInt8], file: String) -> Result<Provider, Problems> {
    let log = ProblemLog(file: file)
    let root = YAMLParser.parse(bytes, log: log)
    let reader = Reader.keys("a provider file") { provider($0, file: file) }
    return log.result(root.flatMap { reader.read($0, Reading(label: "the file", log: log)) })
  }

  /// The keys of the outermost level, as `finish()` lists them.
  static let keys = [
    "name", "title", "login", "urls", "params", "client", "pkce", "scopes", "fixed", "token_at",
    "token_life", "free_redirect_port", "refresh_expected", "testing_life", "key_scheme", "form",
    "login_help", "account", "windows", "meters", "answers", "streams", "behaviours", "sunset",
    "successor",
  ]

  private static func provider(_ map: MapDecoder, file: String) -> Provider? {
    let context = ProviderContext(map)
    let name = map.need("name", .name.checked { complaint(name: $0, file: file) })
    let title = map.need("title", .text)
    let login = map.need("login", .word(Login.self))
    let urls = map.need("urls", .urls(context))
    let params = map.take("params", .params(context)) ?? []
    let signIn = SignInKeys(map, context)
    let account = map.take("account", .accountFacts(context)) ?? AccountFacts()
    let windows = map.take("windows", .list(of: .window)) ?? []
    let meters = map.take("meters", .list(of: .meter(context))) ?? []
    let answers = map.take("answers", .list(of: .answer(context))) ?? []
    let streams = map.need("streams", .streams(context))
    let behaviours = map.take("behaviours", .behaviours(context))
    let sunset = map.take("sunset", .day)
    let successor = map.take("successor", .name.checked { own($0, name) })
    map.reportTwins(in: "windows")
    map.reportTwins(in: "streams")
    guard let name, let title, let login, let urls, let streams else { return nil }
    var provider = Provider(name: name, title: title, login: login, urls: urls, streams: streams)
    signIn.apply(to: &provider)
    provider.params = params
    provider.account = account
    provider.windows = windows
    provider.meters = meters
    provider.answers = answers
    provider.walkBack = behaviours?.walkBack
    if let walkBack = provider.walkBack,
      streams.first(where: { $0.name == walkBack })?.isCut != true
    {
      map.report(
        "'walk-back' needs a stream whose calls bring several days (span)", at: "behaviours")
    }
    provider.sunset = sunset
    provider.successor = successor
    return provider
  }

  private static func own(_ successor: String, _ name: String?) -> String? {
    successor == name ? "\(quoted(successor)) is this provider itself" : nil
  }

  private static func complaint(name: String, file: String) -> String? {
    let base = String(file.split(separator: "/").last ?? "")
    guard base != "\(name).yaml" else { return nil }
    return "the file must be called \(quoted("\(name).yaml")), not \(quoted(base))"
  }
}

/// What other parts of the file refer to, as far as it can be read: so that one wrong line does not
/// draw complaints about every line that refers to it.
struct ProviderContext {
  var login: Login?
  var params: [String]
  var windows: [String]
  var streams: [String]
  var scopes: [String]
  var hasSyncedAt: Bool
  /// What may stand in the braces of a request.
  var requestNames: [String]
  /// Pointers of the answer rows, which every scan looks for.
  var answerPointers: Int
  /// Every text of the file, to find params that nothing uses.
  var texts: [String]

  init(_ map: MapDecoder) {
    let root = map.root
    login = root.node(at: ["login"])?.text.flatMap(Login.init(rawValue:))
    params = root.node(at: ["params"])?.texts ?? []
    windows = map.names(in: "windows")
    streams = map.names(in: "streams")
    let needed = root.node(at: ["scopes", "needed"])?.texts ?? []
    scopes = needed + (root.node(at: ["scopes", "wished"])?.texts ?? [])
    let tellsID = [["account", "id"], ["form", "id"]].contains { root.node(at: $0) != nil }
    requestNames = params + (tellsID ? ["id"] : [])
    hasSyncedAt = root.node(at: ["account", "synced_at"]) != nil
    answerPointers = map.items(of: "answers").count {
      $0.node(at: ["at"]) != nil || $0.node(at: ["lacks"]) != nil
    }
    texts = (root.node(at: ["account"])?.texts ?? []) + (root.node(at: ["streams"])?.texts ?? [])
  }
}

extension YAMLNode {
  /// The text of a scalar.
  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The texts of all scalars in it, keys apart.
  var texts: [String] {
    switch content {
    case .scalar(let text, _): [text]
    case .list(let items): items.flatMap(\.texts)
    case .map(let map): map.entries.flatMap(\.value.texts)
    case .refused: []
    }
  }
}

extension MapDecoder {
  /// The `name` of each item of a list, whatever else is wrong with the item.
  func names(in key: String) -> [String] { named(key).compactMap(\.text) }

  /// Reports every item of a list whose name an earlier one has.
  func reportTwins(in key: String) {
    var seen: Set<String> = []
    for node in named(key) {
      guard let name = node.text, !seen.insert(name).inserted else { continue }
      log.report("'\(key)': \(quoted(name)) stands twice", at: node.position)
    }
  }

  private func named(_ key: String) -> [YAMLNode] {
    items(of: key).compactMap { $0.node(at: ["name"]) }
  }

  /// The items of a key's list, whatever they are.
  func items(of key: String) -> [YAMLNode] {
    guard case .list(let items) = root.node(at: [key])?.content else { return [] }
    return items
  }
}

/// Named exceptions: code with a test.
struct Behaviours {
  var walkBack: String?
}

extension Reader where Value == Behaviours {
  static func behaviours(_ context: ProviderContext) -> Reader {
    .keys("the behaviours") { map in
      Behaviours(walkBack: map.take("walk-back", .oneOf("a stream of this file", context.streams)))
    }
  }
}
