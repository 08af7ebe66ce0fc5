extension Reader where Value == URLs {
  static func urls(_ context: ProviderContext) -> Reader {
    .keys("the urls") { map in
      let authorize = map.take("authorize", .url)
      let token = map.take("token", .url)
      let revoke = map.take("revoke", .url)
      let api = map.need("api", .url.checked(apiComplaint))
      map.reserve(["authorize", "revoke"], for: [.code], context)
      map.reserve(["token"], for: [.code, .key], context)
      for key in ["authorize", "token"] where context.login == .code && map.misses(key) {
        map.log.report("login: code needs the key '\(key)' among the urls", at: map.position)
      }
      if context.login == .key, map.misses("token") {
        map.log.report("login: key needs the key 'token' among the urls", at: map.position)
      }
      guard let api else { return nil }
      return URLs(api: api, authorize: authorize, token: token, revoke: revoke)
    }
  }

  private static func apiComplaint(_ api: String) -> String? {
    if api.contains("?") { return "a query cannot stand here; requests follow behind it" }
    return api.hasSuffix("/") ? "leave out the slash at the end; request paths begin with one" : nil
  }
}

extension Reader where Value == String {
  /// A whole URL of the provider: https, or http to this machine itself.
  static var url: Reader {
    .scalar("a URL such as https://host/path") { text, _ in
      Origin.split(text) == nil ? nil : text
    }.checked { text in
      guard let (origin, _) = Origin.split(text), origin.scheme == .http, !origin.isLoopback
      else { return nil }
      return "must be https; http is for this machine itself (127.0.0.1, localhost) only"
    }
  }

  static func scope(_ joint: Scopes.Joint) -> Reader {
    .text("a scope").checked { scope in
      // scope-token of RFC 6749 §3.3.
      let isToken = scope.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 34 && $0 != 92 }
      guard isToken, joint == .space || !scope.contains(",") else {
        return "\(quoted(scope)) is not one scope; write several as a list"
      }
      return nil
    }
  }
}

/// The keys that only a provider with a sign-in has.
struct SignInKeys {
  private let client: ClientAuthentication
  private let pkce: Bool
  private let scopes: Scopes
  private let fixed: Fixed
  private let tokenAt: TokenPlace
  private let tokenLife: TokenLife
  private let freeRedirectPort: Bool
  private let refreshExpected: Bool
  private let testingLife: Int?
  private let keyScheme: String?
  private let form: FormSpec?
  private let loginHelp: String?

  private static let keys = [
    "client", "pkce", "scopes", "free_redirect_port", "refresh_expected", "testing_life",
  ]

  init(_ map: MapDecoder, _ context: ProviderContext) {
    client = map.take("client", .word(ClientAuthentication.self)) ?? .form
    pkce = map.take("pkce", .flag) ?? false
    scopes = map.take("scopes", .scopes) ?? Scopes()
    fixed = map.take("fixed", .fixed(context)) ?? Fixed()
    tokenAt = map.take("token_at", .tokenPlace) ?? .at(.root)
    tokenLife = map.take("token_life", .tokenLife) ?? .answer
    freeRedirectPort = map.take("free_redirect_port", .flag) ?? false
    refreshExpected = map.take("refresh_expected", .flag) ?? false
    testingLife = map.take("testing_life", .integer(1...3_660))
    keyScheme = map.take("key_scheme", .word(of: "a word such as ApiKey"))
    form = map.take("form", .form)
    loginHelp = map.take("login_help", .sentence)
    map.reserve(SignInKeys.keys, for: [.code], context)
    map.reserve(["token_at"], for: [.code, .key], context)
    map.reserve(["token_life"], for: [.code, .key, .token], context)
    map.reserve(["key_scheme"], for: [.key], context)
    map.reserve(["form"], for: [.form], context)
    map.reserve(["login_help"], for: [.code, .key, .token, .form], context)
    if context.login == .form, map.misses("form") {
      map.log.report("login: form needs the key 'form'", at: map.position)
    }
  }

  func apply(to provider: inout Provider) {
    provider.client = client
    provider.pkce = pkce
    provider.scopes = scopes
    provider.fixed = fixed
    switch tokenAt {
    case .at(let pointer): provider.tokenAt = pointer
    case .text: provider.tokenIsText = true
    }
    if let keyScheme { provider.keyScheme = keyScheme }
    provider.tokenLife = tokenLife
    provider.freeRedirectPort = freeRedirectPort
    provider.refreshExpected = refreshExpected
    provider.testingLife = testingLife
    provider.form = form
    provider.loginHelp = loginHelp
  }
}

extension MapDecoder {
  /// Reports keys that only some kinds of sign-in have.
  func reserve(_ keys: [String], for kinds: [Login], _ context: ProviderContext) {
    guard let login = context.login, !kinds.contains(login) else { return }
    let names = kinds.map(\.rawValue).joined(separator: " or ")
    for key in keys where has(key) {
      log.report("'\(key)' is for login: \(names) only", at: position(of: key))
    }
  }
}

extension Reader where Value == Scopes {
  static var scopes: Reader {
    .keys("the scopes") { map in
      let joint = map.take("joint", .word(Scopes.Joint.self)) ?? .space
      let needed = map.take("needed", .set(of: .scope(joint))) ?? []
      let wished = map.take("wished", .set(of: .scope(joint))) ?? []
      for scope in wished where needed.contains(scope) {
        map.report("\(quoted(scope)) is among the needed ones already", at: "wished")
      }
      return Scopes(needed: needed, wished: wished, joint: joint)
    }
  }
}

extension Reader where Value == Fixed {
  static func fixed(_ context: ProviderContext) -> Reader {
    .keys("the fixed fields") { map in
      var fixed = Fixed()
      fixed.authorize = map.take("authorize", .fixedFields) ?? []
      fixed.exchange = map.take("exchange", .fixedFields) ?? []
      fixed.refresh = map.take("refresh", .fixedFields) ?? []
      fixed.header = map.take("header", .fixedHeaders) ?? []
      map.reserve(["authorize", "exchange", "refresh"], for: [.code], context)
      return fixed
    }
  }
}

extension Reader where Value == [Field] {
  /// Fields that Daybook fills in itself (RFC 6749 §4.1, RFC 7636) cannot be fixed.
  fileprivate static var fixedFields: Reader {
    let own = [
      "response_type", "client_id", "client_secret", "redirect_uri", "state", "code", "grant_type",
      "refresh_token", "code_verifier", "code_challenge", "code_challenge_method",
    ]
    return .fields("fixed fields", value: .anyText).checked { fields in
      fields.first { own.contains($0.name) }.map { "\(quoted($0.name)) is filled in by Daybook" }
    }
  }

  /// Headers of every call; those that Daybook or the transport writes cannot be fixed.
  fileprivate static var fixedHeaders: Reader {
    let own = [
      "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type",
      "cookie", "expect", "host", "if-none-match", "te", "transfer-encoding", "upgrade",
    ]
    return .fields("headers", value: .headerValue).checked { fields in
      var seen: Set<String> = []
      for field in fields {
        let name = field.name.lowercased()
        if let complaint = Reader<String>.headerComplaint(field.name) { return complaint }
        if own.contains(name) { return "\(quoted(field.name)) is filled in by Daybook" }
        if !seen.insert(name).inserted { return "\(quoted(field.name)) stands twice" }
      }
      return nil
    }
  }
}

extension Reader where Value == TokenLife {
  static var tokenLife: Reader {
    .plain("answer, endless, jwt, or whole seconds") { text in
      switch text {
      case "answer": .answer
      case "endless": .endless
      case "jwt": .jwt
      default: Int(text).flatMap { $0 > 0 && $0 <= 4_000_000_000 ? .seconds($0) : nil }
      }
    }
  }
}

/// Where a token answer has its fields.
private enum TokenPlace {
  case at(JSONPointer)
  /// It is the token and nothing else.
  case text
}

extension Reader where Value == TokenPlace {
  fileprivate static var tokenPlace: Reader {
    .scalar("text, or a JSON pointer such as /data/0/id, or \"\" for the whole") { text, plain in
      text == "text" && plain ? .text : JSONPointer(text).map { .at($0) }
    }
  }
}

extension Reader where Value == String {
  /// A token of RFC 9110 §5.6.2, as it stands before the credentials in `Authorization:`.
  fileprivate static func word(of expected: String) -> Reader {
    .text(expected).checked { text in
      headerComplaint(text) == nil ? nil : "\(quoted(text)) is not one word"
    }
  }
}
