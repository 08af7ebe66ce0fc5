/// What a JSON Web Token says of itself (RFC 7519). Its signature is the provider's affair.
enum WebToken {
  /// From `iat` to `exp`, so that our clock does not matter; without an `iat` from now on. Nil when
  /// it is no such token, says no end, or has ended.
  static func life(_ token: String, now: Instant) -> Duration? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.urlSafe.decode(String(parts[1])),
      let claims = try? JSONValue(parsing: bytes), let ends = seconds(claims["exp"])
    else { return nil }
    let life = ends - (seconds(claims["iat"]) ?? now.seconds)
    return life > 0 ? .seconds(min(life, Limits.tokenLife)) : nil
  }

  /// NumericDate: seconds since 1970, perhaps with a fraction.
  private static func seconds(_ claim: JSONValue?) -> Int64? {
    claim?.double.flatMap { $0 >= 0 && $0 < 1e15 ? Int64($0) : nil }
  }
}
