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
    switch root["refresh_token"] {
    case nil, .null, .string(""): refresh = nil
    case .string(let token) where Self.isToken(token): refresh = Secret(token)
    default: throw TokenFault("its refresh_token is unusable")
    }
    scopes =
      root["scope"]?.string.map {
        $0.split { $0 == " " || $0 == "," }.map(String.init)
      } ?? []
    self.life = Self.life(root["expires_in"], life)
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
