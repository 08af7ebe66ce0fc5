extension Reader where Value == URLs {
  static func urls(_ context: ProviderContext) -> Reader {
    .keys("the urls") { map in
      let authorize = map.take("authorize", .url)
      let token = map.take("token", .url)
      let revoke = map.take("revoke", .url)
      let api = map.need("api", .url.checked(apiComplaint))
      for key in ["authorize", "token", "revoke"] where context.login == Login.none && map.has(key)
      {
        map.log.report("'\(key)' is for login: code only", at: map.position(of: key))
      }
      for key in ["authorize", "token"] where context.login == .code && map.misses(key) {
        map.log.report("login: code needs the key '\(key)' among the urls", at: map.position)
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
  private let tokenAt: JSONPointer
  private let tokenLife: TokenLife
  private let freeRedirectPort: Bool

  private static let keys = [
    "client", "pkce", "scopes", "fixed", "token_at", "token_life", "free_redirect_port",
  ]

  init(_ map: MapDecoder, _ context: ProviderContext) {
    client = map.take("client", .word(ClientAuthentication.self)) ?? .form
    pkce = map.take("pkce", .flag) ?? false
    scopes = map.take("scopes", .scopes) ?? Scopes()
    fixed = map.take("fixed", .fixed) ?? Fixed()
    tokenAt = map.take("token_at", .pointer) ?? .root
    tokenLife = map.take("token_life", .tokenLife) ?? .answer
    freeRedirectPort = map.take("free_redirect_port", .flag) ?? false
    for key in SignInKeys.keys where context.login == Login.none && map.has(key) {
      map.log.report("'\(key)' is for login: code only", at: map.position(of: key))
    }
  }

  func apply(to provider: inout Provider) {
    provider.client = client
    provider.pkce = pkce
    provider.scopes = scopes
    provider.fixed = fixed
    provider.tokenAt = tokenAt
    provider.tokenLife = tokenLife
    provider.freeRedirectPort = freeRedirectPort
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
  static var fixed: Reader {
    .keys("the fixed fields") { map in
      var fixed = Fixed()
      fixed.authorize = map.take("authorize", .fixedFields) ?? []
      fixed.exchange = map.take("exchange", .fixedFields) ?? []
      fixed.refresh = map.take("refresh", .fixedFields) ?? []
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
}

extension Reader where Value == TokenLife {
  static var tokenLife: Reader {
    .plain("answer, endless, or whole seconds") { text in
      switch text {
      case "answer": .answer
      case "endless": .endless
      default: Int(text).flatMap { $0 > 0 && $0 <= 4_000_000_000 ? .seconds($0) : nil }
      }
    }
  }
}
