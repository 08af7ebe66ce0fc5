/// How an account proves who it is.
public enum Login: String, CaseIterable, Sendable {
  /// OAuth 2.0 authorization code (RFC 6749 §4.1).
  case code
  /// No sign-in at all.
  case none
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

/// Constant fields for the calls of sign-in, each in the order of the file.
public struct Fixed: Hashable, Sendable {
  public var authorize: [Field] = []
  public var exchange: [Field] = []
  public var refresh: [Field] = []
  public init() {}
}

/// How long an access token lives.
public enum TokenLife: Hashable, Sendable {
  /// As the answer's `expires_in` says; unknown when it is silent.
  case answer
  /// Seconds, when the answer is silent.
  case seconds(Int)
  case endless
}
