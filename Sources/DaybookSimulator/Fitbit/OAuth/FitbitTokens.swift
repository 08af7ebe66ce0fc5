import DaybookCore

/// The token endpoint: code exchange and refresh.
extension FitbitModel {
  mutating func token(_ request: SimRequest, _ now: Instant) -> SimResponse {
    let type = request.parameter("grant_type")
    stats.add(type == "refresh_token" ? .refresh : .exchange)
    do throws(FitbitError) {
      guard request.method == "POST" else { throw .unknownEndpoint }
      try authenticate(request)
      let pair: FitbitPair
      switch type {
      case "authorization_code": pair = try exchange(request, now)
      case "refresh_token": pair = try refresh(request, now)
      case nil: throw .invalidRequest("Missing grant_type parameter value")
      default: throw .invalidRequest("Invalid grant_type parameter value")
      }
      return answer(pair)
    } catch {
      return error.response
    }
  }

  /// By header or body, as the type of the application wants it.
  func authenticate(_ request: SimRequest) throws(FitbitError) {
    if let header = request.header("authorization"), header.lowercased().hasPrefix("basic ") {
      let expected = Array("\(settings.clientID):\(settings.clientSecret)".utf8)
      guard settings.appType != .client,
        Base64.standard.decode(String(header.dropFirst(6))) == expected
      else { throw .invalidClient("Invalid authorization header. Client id or secret wrong.") }
      return
    }
    guard settings.appType != .server else {
      throw .invalidClient("Invalid authorization header format.")
    }
    guard let id = request.parameter("client_id") else {
      throw .invalidRequest("Missing client_id parameter value")
    }
    guard id == settings.clientID else { throw .invalidClient("Invalid client_id: \(id)") }
  }

  private mutating func exchange(
    _ request: SimRequest, _ now: Instant
  ) throws(FitbitError) -> FitbitPair {
    guard let text = request.parameter("code") else {
      throw .invalidRequest("Missing code parameter value")
    }
    guard let code = tokens.code(text), !code.isSpent, now < code.expires else {
      throw .invalidGrant("Authorization code", text)
    }
    // Sent before, it must be sent again.
    guard code.redirectURI == nil || request.parameter("redirect_uri") == code.redirectURI else {
      throw .invalidGrant("Redirect_uri mismatch: authorization code", text)
    }
    if let challenge = code.challenge {
      guard let verifier = request.parameter("code_verifier"), challenge.admits(verifier) else {
        throw .invalidGrant("Code_verifier mismatch: authorization code", text)
      }
    }
    stats.issued += 1
    return tokens.redeem(code, life: settings.tokenLife, now: now)
  }

  private mutating func refresh(
    _ request: SimRequest, _ now: Instant
  ) throws(FitbitError) -> FitbitPair {
    guard let text = request.parameter("refresh_token") else {
      throw .invalidRequest("Missing refresh_token parameter value")
    }
    let owner = tokens.owner(text)
    let outcome = owner.map {
      tokens.consents[$0].outcome(of: text, grace: settings.grace, now: now)
    }
    switch (owner, outcome) {
    case (let owner?, .exchange):
      stats.refreshed += 1
      stats.issued += 1
      return tokens.refresh(owner, life: settings.tokenLife, now: now)
    case (_, .repeated(let pair)):
      stats.graced += 1
      return pair
    default:
      stats.deadRefreshes += 1
      throw .invalidGrant("Refresh token", text)
    }
  }

  private func answer(_ pair: FitbitPair) -> SimResponse {
    let owner = tokens.owner(pair.access) ?? 0
    var json = FitbitJSON()
    json.object {
      $0.text("access_token", pair.access)
      $0.integer("expires_in", Int(settings.tokenLife.inSeconds))
      $0.text("refresh_token", pair.refresh)
      $0.text("scope", pair.scopes.joined(separator: " "))
      $0.text("token_type", "Bearer")
      $0.text("user_id", tokens.userID(owner))
    }
    var response = SimResponse.fitbit(200, json.bytes)
    response.headers.append(SimField("Cache-Control", "no-store"))
    return response
  }
}
