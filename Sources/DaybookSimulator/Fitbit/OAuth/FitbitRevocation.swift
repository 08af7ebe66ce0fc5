import DaybookCore

/// The end of a consent, and what the service says about a token.
extension FitbitModel {
  /// Ends the consent of the person to whom the token belongs, and all its tokens.
  mutating func revocation(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.revoke)
    do throws(FitbitError) {
      guard request.method == "POST" else { throw .unknownEndpoint }
      // Not confirmed: whether applications without a secret had to name themselves.
      let names = request.header("authorization") ?? request.parameter("client_id")
      if settings.appType == .server || names != nil { try authenticate(request) }
      guard let token = request.parameter("token") else {
        throw .invalidRequest("Missing token parameter value")
      }
      guard let owner = tokens.owner(token) else { throw .invalidToken(token) }
      _ = tokens.revoke(person: owner)
      return SimResponse(200)
    } catch {
      return error.response
    }
  }

  mutating func introspection(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.introspect)
    do throws(FitbitError) {
      guard request.method == "POST" else { throw .unknownEndpoint }
      _ = try bearer(request, now)
      guard let token = request.parameter("token") else {
        throw .invalidRequest("Missing token parameter value")
      }
      return .fitbit(200, description(token, now))
    } catch {
      return error.response
    }
  }

  private func description(_ token: String, _ now: Instant) -> [UInt8] {
    var json = FitbitJSON()
    json.object {
      guard let (person, pair) = tokens.pair(access: token), now < pair.expires else {
        $0.flag("active", false)
        return
      }
      $0.flag("active", true)
      $0.text("scope", pair.scopes.joined(separator: " "))
      $0.text("client_id", settings.clientID)
      $0.text("user_id", tokens.userID(person))
      $0.text("token_type", "access_token")
      // Not confirmed: milliseconds.
      $0.integer("exp", Int(pair.expires.microseconds / 1_000))
      $0.integer("iat", Int(pair.issued.microseconds / 1_000))
    }
    return json.bytes
  }

  /// Whose token the request carries.
  func bearer(
    _ request: SimRequest, _ now: Instant
  ) throws(FitbitError) -> (person: Int, pair: FitbitPair) {
    guard let header = request.header("authorization") else {
      throw .invalidRequest("Authorization header required.")
    }
    guard header.lowercased().hasPrefix("bearer ") else {
      throw .invalidRequest("Invalid authorization header format.")
    }
    let text = String(header.dropFirst(7))
    guard let found = tokens.pair(access: text) else { throw .invalidToken(text) }
    guard now < found.pair.expires else { throw .expiredToken(text) }
    return found
  }
}
