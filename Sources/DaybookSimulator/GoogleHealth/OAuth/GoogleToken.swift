import DaybookCore

/// The token endpoint and the end of a grant: forms in, JSON out, errors as RFC 6749 §5.2.
extension GoogleHealthModel {
  private struct TokenFault: Error {
    var status = 400
    var error: String
    var text: String

    static let dead = TokenFault(
      error: "invalid_grant", text: "Token has been expired or revoked.")
  }

  mutating func token(_ request: SimRequest, _ now: Instant) -> SimResponse {
    let form = request.form
    let type = field("grant_type", form)
    stats.add(type == "refresh_token" ? .refresh : .exchange)
    do throws(TokenFault) {
      guard request.method == "POST" else {
        throw TokenFault(status: 405, error: "invalid_request", text: "method not allowed")
      }
      guard let type else {
        throw TokenFault(error: "invalid_request", text: "Missing parameter: grant_type")
      }
      guard field("client_id", form) == settings.clientID else {
        throw TokenFault(
          status: 401, error: "invalid_client", text: "The OAuth client was not found.")
      }
      guard field("client_secret", form) == settings.clientSecret else {
        throw TokenFault(status: 401, error: "invalid_client", text: "Unauthorized")
      }
      switch type {
      case "authorization_code": return try exchange(form, now)
      case "refresh_token": return try refresh(form, now)
      default:
        throw TokenFault(error: "unsupported_grant_type", text: "Invalid grant_type: \(type)")
      }
    } catch {
      return problem(error)
    }
  }

  private func field(_ name: String, _ form: [SimField]) -> String? {
    form.first { $0.name == name }?.value
  }

  private mutating func exchange(
    _ form: [SimField], _ now: Instant
  ) throws(TokenFault) -> SimResponse {
    guard let text = field("code", form) else {
      throw TokenFault(error: "invalid_request", text: "Missing required parameter: code")
    }
    guard let code = grants.code(text), !code.isSpent, now < code.expires else {
      throw TokenFault(error: "invalid_grant", text: "Bad Request")
    }
    guard field("redirect_uri", form) == code.redirectURI else {
      throw TokenFault(error: "redirect_uri_mismatch", text: "Bad Request")
    }
    if let challenge = code.challenge {
      guard let verifier = field("code_verifier", form) else {
        throw TokenFault(error: "invalid_grant", text: "Missing code verifier.")
      }
      guard Base64.urlSafe.encode(SHA256.digest(Array(verifier.utf8)).bytes) == challenge else {
        throw TokenFault(error: "invalid_grant", text: "Invalid code verifier.")
      }
    }
    grants.spend(text)
    let (grant, evicted) = grants.open(
      code, life: testing ? settings.testingLife : nil, limit: settings.refreshLimit, now: now)
    stats.evicted += evicted
    if code.givesRefresh { stats.refreshTokens += 1 }
    return answer(grant, refresh: grants.grants[grant].refreshToken, now)
  }

  /// The refresh token stays the same and is not sent again.
  private mutating func refresh(
    _ form: [SimField], _ now: Instant
  ) throws(TokenFault) -> SimResponse {
    guard let text = field("refresh_token", form) else {
      throw TokenFault(error: "invalid_request", text: "Missing required parameter: refresh_token")
    }
    guard let grant = grants.grant(refresh: text) else {
      stats.deadRefreshes += 1
      throw TokenFault(error: "invalid_grant", text: "Bad Request")
    }
    guard grants.grants[grant].refreshes(now: now, idleLife: settings.idleLife) else {
      stats.deadRefreshes += 1
      throw .dead
    }
    stats.refreshed += 1
    grants.used(grant, now: now)
    return answer(grant, refresh: nil, now)
  }

  private mutating func answer(_ grant: Int, refresh: String?, _ now: Instant) -> SimResponse {
    let access = grants.issue(
      grant, bytes: settings.tokenBytes, life: settings.tokenLife, now: now)
    stats.accessTokens += 1
    var out = ByteWriter(reserving: 1_024)
    out.raw("{\"access_token\":")
    out.string(access)
    out.raw(",\"expires_in\":")
    out.integer(Int(settings.tokenLife.inSeconds))
    if let refresh {
      out.raw(",\"refresh_token\":")
      out.string(refresh)
      // Not confirmed for this API: Google documents it for grants that end by themselves.
      if let expires = grants.grants[grant].expires {
        out.raw(",\"refresh_token_expires_in\":")
        out.integer(max(0, Int((expires - now).inSeconds) - 1))
      }
    }
    out.raw(",\"scope\":")
    out.string(grants.grants[grant].scopes.joined(separator: " "))
    out.raw(",\"token_type\":\"Bearer\"}")
    return json(200, out)
  }

  /// `POST /revoke?token=`, or in a form; any token of the person ends all of them.
  /// Not confirmed: Google documents it for its OAuth, not for this API.
  mutating func revoke(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.revoke)
    guard request.method == "POST" else {
      return problem(TokenFault(status: 405, error: "invalid_request", text: "not allowed"))
    }
    guard let text = request.parameter("token"), let person = grants.owner(text, now: now) else {
      return problem(TokenFault(error: "invalid_token", text: "Token expired or revoked"))
    }
    _ = grants.revoke(person: person)
    var out = ByteWriter()
    out.raw("{}")
    return json(200, out)
  }

  private func problem(_ fault: TokenFault) -> SimResponse {
    var out = ByteWriter()
    out.raw("{\"error\":")
    out.string(fault.error)
    out.raw(",\"error_description\":")
    out.string(fault.text)
    out.raw("}")
    return json(fault.status, out)
  }

  private func json(_ status: Int, _ out: ByteWriter) -> SimResponse {
    SimResponse(
      status,
      headers: [
        SimField("Content-Type", "application/json; charset=utf-8"),
        SimField("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
        SimField("Pragma", "no-cache"),
      ], body: out.bytes)
  }
}
