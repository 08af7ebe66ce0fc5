/// The fields of a token answer (RFC 6749 §5.1).
public struct TokenAnswer: Sendable {
  public var access: Secret
  public var refresh: Secret?
  public var life: Duration?
  public var scopes: [String]
  /// How long the refresh token lives (`refresh_token_expires_in`); nil when the answer is silent.
  public var refreshLife: Duration?

  /// Reads a whole JSON document. Throws why it is no token answer; the text quotes none of it.
  public init(_ document: JSONValue, at: JSONPointer, life: TokenLife, now: Instant)
    throws(TokenFault)
  {
    guard let root = document.value(at: at) else { throw TokenFault("it has no '\(at)'") }
    guard let access = root["access_token"]?.string, Self.isToken(access) else {
      throw TokenFault("it has no usable access_token")
    }
    self.access = Secret(access)
    switch root["refresh_token"] {
    case nil, .null, .string(""): refresh = nil
    case .string(let token) where Self.isToken(token): refresh = Secret(token)
    default: throw TokenFault("its refresh_token is unusable")
    }
    scopes =
      root["scope"]?.string.map {
        $0.split { $0 == " " || $0 == "," }.map(String.init)
      } ?? []
    self.life =
      life == .jwt ? WebToken.life(access, now: now) : Self.life(root["expires_in"], life)
    refreshLife = Self.life(root["refresh_token_expires_in"], .answer)
  }

  /// Reads an answer that is the token itself, perhaps in quotes and with white space around it.
  public init(text: [UInt8], life: TokenLife, now: Instant) throws(TokenFault) {
    let isAround: (UInt8) -> Bool = { $0 <= 32 || $0 == UInt8(ascii: "\"") }
    let bytes = text.drop(while: isAround).reversed().drop(while: isAround).reversed()
    let token = String(decoding: Array(bytes), as: UTF8.self)
    guard Self.isToken(token) else { throw TokenFault("it is no token") }
    access = Secret(token)
    scopes = []
    self.life = life == .jwt ? WebToken.life(token, now: now) : Self.life(nil, life)
  }

  private static func life(_ told: JSONValue?, _ rule: TokenLife) -> Duration? {
    if case .endless = rule { return nil }
    let text = told?.string.flatMap { wholeNumber($0) }.map { Double($0) }
    if let seconds = told?.double ?? text, seconds >= 1 {
      return .seconds(Int64(min(seconds, Double(Limits.tokenLife))))
    }
    if case .seconds(let n) = rule { return .seconds(Int64(n)) }
    return nil
  }

  /// Visible ASCII (RFC 6749 appendix A.12) without the space, which would end it in a header, and
  /// not endless.
  public static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= Limits.tokenBytes
      && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
  }
}

/// Why a token answer cannot be used.
public struct TokenFault: Error, Hashable, Sendable {
  public var reason: String
  public init(_ reason: String) { self.reason = reason }
}
