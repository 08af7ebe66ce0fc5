/// How an account proves who it is.
public enum Login: String, CaseIterable, Sendable {
  /// OAuth 2.0 authorization code (RFC 6749 §4.1).
  case code
  /// A key that the person has from the provider and pastes; it is exchanged for short tokens.
  case key
  /// A bearer token that the person has from the provider and pastes.
  case token
  /// The form of a web site without an API (``FormSpec``): its cookies are the grant.
  case form
  /// No sign-in at all.
  case none
}

/// The sign-in form of a web site. Paths are on the server of `urls.api` and may have a query:
/// cookies go nowhere else, so another server's would be of no use.
public struct FormSpec: Hashable, Sendable {
  /// Opened first, for a cookie.
  public var start: String?
  /// The page with the form.
  public var page: String
  /// Where the form is sent.
  public var post: String
  /// Names of inputs whose values the page gives and the form sends back.
  public var hidden: [String] = []
  /// Names of the fields for user name and password.
  public var user: String
  public var password: String
  /// Constant further fields.
  public var fields: [Field] = []
  /// The exact paths, with their queries, at which a success ends.
  public var success: [String]
  /// Texts of the page after a success, the best first: the letters and digits right behind the
  /// first one found are the account's id. Empty: the page does not tell.
  public var id: [String] = []

  public init(page: String, post: String, user: String, password: String, success: [String]) {
    self.page = page
    self.post = post
    self.user = user
    self.password = password
    self.success = success
  }
}

/// A scope that was not granted, and what is refused for want of it.
public struct ScopeLoss: Hashable, Sendable {
  public var scope: String
  public var streams: [String]
  public init(scope: String, streams: [String]) {
    self.scope = scope
    self.streams = streams
  }
}

extension Provider {
  /// What scopes that are not granted cost, of these streams: a needed one costs all.
  public func losses(_ missing: [String], of streams: [StreamSpec]) -> [ScopeLoss] {
    missing.map { scope in
      let lost = streams.filter { scopes.needed.contains(scope) || $0.scope == scope }
      return ScopeLoss(scope: scope, streams: lost.map(\.name))
    }
  }
}

/// Where the provider is. `https:` only, loopback apart.
public struct URLs: Hashable, Sendable {
  public var authorize: String?
  public var token: String?
  public var revoke: String?
  /// What request paths are appended to; without a final slash.
  public var api: String

  public init(api: String, authorize: String? = nil, token: String? = nil, revoke: String? = nil) {
    self.api = api
    self.authorize = authorize
    self.token = token
    self.revoke = revoke
  }
}

/// How the client proves itself at the token endpoint (RFC 6749 §2.3).
public enum ClientAuthentication: String, CaseIterable, Sendable {
  /// `client_id` and `client_secret` in the form body.
  case form
  /// HTTP Basic.
  case basic
  /// No secret, `client_id` only.
  case `public`
}

public struct Scopes: Hashable, Sendable {
  /// Without one of these the account cannot be backed up.
  public var needed: [String] = []
  /// Asked for; streams that need them are refused when they are not given.
  public var wished: [String] = []
  /// What joins them when asking. Answers are split at both.
  public var joint: Joint = .space

  public enum Joint: String, CaseIterable, Sendable { case space, comma }
  public init(needed: [String] = [], wished: [String] = [], joint: Joint = .space) {
    self.needed = needed
    self.wished = wished
    self.joint = joint
  }
  /// All of them, joined for the authorize URL.
  public var asked: String {
    (needed + wished).joined(separator: joint == .space ? " " : ",")
  }
}

/// Constant fields for the calls of sign-in, and headers of every call, each in the order of the
/// file.
public struct Fixed: Hashable, Sendable {
  public var authorize: [Field] = []
  public var exchange: [Field] = []
  public var refresh: [Field] = []
  public var header: [Field] = []
  public init() {}
}

/// How long an access token lives.
public enum TokenLife: Hashable, Sendable {
  /// As the answer's `expires_in` says; unknown when it is silent.
  case answer
  /// Seconds, when the answer is silent.
  case seconds(Int)
  /// As the token itself says: it is a JSON Web Token (RFC 7519 §4.1.4).
  case jwt
  case endless
}
