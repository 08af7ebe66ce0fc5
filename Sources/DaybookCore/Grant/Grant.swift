/// The tokens of an account, as `accounts.sqlite` keeps them.
public struct Grant: Hashable, Sendable {
  public var access: Secret
  /// Nil: the provider gave none; when the access token ends, somebody must sign in.
  public var refresh: Secret?
  /// When the access token was received, and how long it lives; nil when nobody said.
  public var receivedAt: Instant
  public var life: Duration?
  /// Scopes the provider says it granted; empty: it did not say.
  public var scopes: [String]
  /// The pair before this one, kept until a call with the new one has succeeded.
  public var previousRefresh: Secret?
  /// A call with this access token has succeeded.
  public var proven = false
  /// Counts the pairs of this account: a 401 to an older one says nothing about this one.
  public var generation: Int

  public init(
    access: Secret, refresh: Secret?, receivedAt: Instant, life: Duration?, scopes: [String],
    generation: Int
  ) {
    self.access = access
    self.refresh = refresh
    self.receivedAt = receivedAt
    self.life = life
    self.scopes = scopes
    self.generation = generation
  }

  /// When to refresh without being asked: the larger of 5 minutes and a tenth of the life before
  /// its end, but never before half of it is over.
  public var refreshAt: Instant? {
    guard let life, refresh != nil else { return nil }
    let margin = min(max(.minutes(5), life / 10), life / 2)
    return receivedAt + life - margin
  }

  public func isExpired(at now: Instant) -> Bool {
    life.map { now >= receivedAt + $0 } ?? false
  }
}

/// The fields of a token answer (RFC 6749 §5.1).
public struct TokenAnswer: Sendable {
  public var access: Secret
  public var refresh: Secret?
  public var life: Duration?
  public var scopes: [String]

  /// Reads a whole JSON document. Throws why it is no token answer; the text quotes none of it.
  public init(_ document: JSONValue, at: JSONPointer, life: TokenLife) throws(TokenFault) {
    guard let root = document.value(at: at) else { throw TokenFault("it has no '\(at)'") }
    guard let access = root["access_token"]?.string, Self.isToken(access) else {
      throw TokenFault("it has no usable access_token")
    }
    self.access = Secret(access)
    let refresh = root["refresh_token"]?.string
    if let refresh, !refresh.isEmpty, !Self.isToken(refresh) {
      throw TokenFault("its refresh_token is unusable")
    }
    self.refresh = refresh.flatMap { $0.isEmpty ? nil : Secret($0) }
    scopes =
      root["scope"]?.string.map {
        $0.split { $0 == " " || $0 == "," }.map(String.init)
      } ?? []
    self.life = Self.life(root["expires_in"], life)
  }

  private static func life(_ told: JSONValue?, _ rule: TokenLife) -> Duration? {
    if case .endless = rule { return nil }
    let seconds = told?.int ?? told?.string.flatMap { Int64($0) }
    if let seconds, seconds > 0 { return .seconds(min(seconds, 10 * 366 * 86_400)) }
    if case .seconds(let n) = rule { return .seconds(Int64(n)) }
    return nil
  }

  /// Visible ASCII without spaces, as RFC 6749 appendix A.12 has it, and not endless.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= Limits.tokenBytes
      && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
  }
}

/// Why a token answer cannot be used.
public struct TokenFault: Error, Hashable, Sendable {
  public var reason: String
  public init(_ reason: String) { self.reason = reason }
}
