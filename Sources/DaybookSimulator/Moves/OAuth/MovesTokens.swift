import DaybookCore

/// The token endpoint: code exchange, refresh, and the check of a token.
extension MovesModel {
  /// An error of the token endpoint (RFC 6749 §5.2).
  enum TokenError: String, Error {
    case invalidRequest = "invalid_request"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case unsupportedGrantType = "unsupported_grant_type"
  }

  mutating func accessToken(_ request: SimRequest, _ now: Instant) -> SimResponse {
    let type = request.parameter("grant_type")
    stats.add(type == "refresh_token" ? .refresh : .exchange)
    guard request.method == "POST" else { return .text(405, "method not allowed\n") }
    do throws(TokenError) {
      guard request.parameter("client_id") == settings.clientID,
        request.parameter("client_secret") == settings.clientSecret
      else { throw .invalidClient }
      let made: TokenStore.Pair
      switch type {
      case "authorization_code": made = try exchange(request, now)
      case "refresh_token": made = try refresh(request, now)
      case nil: throw .invalidRequest
      default: throw .unsupportedGrantType
      }
      return pair(made)
    } catch {
      return problem(error)
    }
  }

  private mutating func exchange(
    _ request: SimRequest, _ now: Instant
  ) throws(TokenError) -> TokenStore.Pair {
    guard let text = request.parameter("code") else { throw .invalidRequest }
    guard let code = tokens.code(text) else { throw .invalidGrant }
    if let grant = code.spent {
      // A code that comes twice was stolen: what it gave is taken back (RFC 6749 §4.1.2).
      tokens.grants[grant].isRevoked = true
      throw .invalidGrant
    }
    let uri = request.parameter("redirect_uri")
    let uriFits = code.redirectURI.map { $0 == uri } ?? (uri.map(isRegistered) ?? true)
    guard now < code.expires, uriFits,
      let pair = tokens.redeem(text, life: settings.tokenLife, now: now)
    else { throw .invalidGrant }
    return pair
  }

  private mutating func refresh(
    _ request: SimRequest, _ now: Instant
  ) throws(TokenError) -> TokenStore.Pair {
    guard let text = request.parameter("refresh_token") else { throw .invalidRequest }
    guard let grant = tokens.refresh[text],
      let token = tokens.grants[grant].refreshTokens.first(where: { $0.text == text })
    else {
      stats.deadRefreshes += 1
      throw .invalidGrant
    }
    guard tokens.grants[grant].accepts(token, grace: settings.grace, now: now) else {
      stats.deadRefreshes += 1
      if settings.reuseEndsGrant { tokens.grants[grant].isRevoked = true }
      throw .invalidGrant
    }
    if token.supersededAt != nil { stats.graced += 1 }
    stats.refreshed += 1
    return tokens.issue(grant, life: settings.tokenLife, now: now)
  }

  private func pair(_ pair: TokenStore.Pair) -> SimResponse {
    var out = ByteWriter()
    out.raw("{\"access_token\":\"")
    out.raw(pair.access)
    out.raw("\",\"token_type\":\"bearer\",\"expires_in\":")
    out.integer(Int(settings.tokenLife.inSeconds))
    out.raw(",\"refresh_token\":\"")
    out.raw(pair.refresh)
    out.raw("\",\"user_id\":")
    out.integer(userID(tokens.grants[pair.grant].person))
    out.raw("}")
    return tokenAnswer(200, out)
  }

  private func problem(_ error: TokenError) -> SimResponse {
    var out = ByteWriter()
    out.raw("{\"error\":")
    out.string(error.rawValue)
    out.raw(",\"error_description\":\"the simulated service says no\"}")
    return tokenAnswer(400, out)
  }

  /// With the headers that were recorded, and no rate limits.
  private func tokenAnswer(_ status: Int, _ out: ByteWriter) -> SimResponse {
    SimResponse(
      status,
      headers: [
        SimField("Content-Type", "application/json; charset=utf-8"),
        SimField("Cache-Control", "no-store"), SimField("Pragma", "no-cache"),
      ], body: out.bytes)
  }

  mutating func tokenInfo(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.tokeninfo)
    guard let text = request.parameter("access_token"), let token = live(text, now) else {
      var out = ByteWriter()
      out.raw("{\"error\":\"invalid_token\"}")
      return tokenAnswer(400, out)
    }
    var out = ByteWriter()
    out.raw("{\"client_id\":")
    out.string(settings.clientID)
    out.raw(",\"scope\":")
    out.string(tokens.grants[token.grant].scopes.joined(separator: " "))
    out.raw(",\"expires_in\":")
    out.integer(Int((token.expires - now).inSeconds))
    out.raw(",\"user_id\":")
    out.integer(userID(tokens.grants[token.grant].person))
    out.raw("}")
    return tokenAnswer(200, out)
  }

  /// A token that the API accepts.
  func live(_ text: String, _ now: Instant) -> AccessToken? {
    guard let token = tokens.access[text], now < token.expires,
      !tokens.grants[token.grant].isRevoked
    else { return nil }
    return token
  }
}
