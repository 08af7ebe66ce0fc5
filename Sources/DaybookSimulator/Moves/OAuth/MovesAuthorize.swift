import DaybookCore

/// The page where the person agrees. The simulated one agrees at once, or refuses at once.
extension MovesModel {
  mutating func oauth(
    _ path: ArraySlice<Substring>, _ request: SimRequest, _ now: Instant
  ) -> SimResponse {
    switch (path.first.map(String.init), path.count) {
    case ("authorize", 1): return authorize(request, now)
    case ("access_token", 1): return accessToken(request, now)
    case ("tokeninfo", 1): return tokenInfo(request, now)
    default: return unknown()
    }
  }

  mutating func authorize(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.authorize)
    guard request.method == "GET" else { return .text(405, "method not allowed\n") }
    // Nothing is sent to a redirect URI before it is known to be the client's (RFC 6749 §4.1.2.1).
    guard request.parameter("client_id") == settings.clientID else {
      return page(400, "unknown client")
    }
    let asked = request.parameter("redirect_uri")
    guard let target = asked ?? redirectURIs.first, isRegistered(target) else {
      return page(400, "redirect_uri is not registered")
    }
    let answer = decision(request, redirectURI: asked, now)
    let state = request.parameter("state").map { [SimField("state", $0)] } ?? []
    let fields = (answer + state).map { "\($0.name)=\(FormText.encoded($0.value))" }
    let joint = target.contains("?") ? "&" : "?"
    return SimResponse(
      302,
      headers: [
        SimField("Location", target + joint + fields.joined(separator: "&")),
        SimField("Cache-Control", "no-store"),
      ])
  }

  /// The code, or why there is none.
  private mutating func decision(
    _ request: SimRequest, redirectURI: String?, _ now: Instant
  ) -> [SimField] {
    guard request.parameter("response_type") == "code" else {
      return [SimField("error", "unsupported_response_type")]
    }
    guard let scopes = scopes(request), !scopes.isEmpty else {
      return [SimField("error", "invalid_scope")]
    }
    if denies { return [SimField("error", "access_denied")] }
    let who = request.parameter("sim_person").flatMap { CivilText.number($0) } ?? person
    guard timelines.indices.contains(who) else { return [SimField("error", "access_denied")] }
    let code = tokens.makeCode(
      person: who, scopes: scopes, redirectURI: redirectURI, expires: now + settings.codeLife)
    return [SimField("code", code)]
  }

  /// Nil when there is an unknown one, or a `+` where the service wanted `%20`.
  private func scopes(_ request: SimRequest) -> [String]? {
    let raw = request.rawQuery.split(separator: "&").first { $0.hasPrefix("scope=") }
    guard let raw, !raw.contains("+") else { return nil }
    let names = FormText.decoded(raw.dropFirst(6)).split(separator: " ").map(String.init)
    return names.allSatisfy { ["activity", "location"].contains($0) } ? names.sorted() : nil
  }

  /// Equal to a registered one; further query parameters are allowed.
  func isRegistered(_ uri: String) -> Bool {
    let bare = String(uri.prefix { $0 != "?" })
    guard !uri.contains("#"), !uri.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else {
      return false
    }
    return redirectURIs.contains { known in
      bare == known.prefix { $0 != "?" }
        || settings.anyLoopbackPort
          && MovesModel.withoutPort(bare) == MovesModel.withoutPort(known)
    }
  }

  /// `http://127.0.0.1:80/x` without its port; nil unless it is a loopback address.
  static func withoutPort(_ uri: String) -> String? {
    for host in ["http://127.0.0.1", "http://localhost", "http://[::1]"] where uri.hasPrefix(host) {
      let rest = uri.dropFirst(host.count).prefix { $0 != "?" }
      guard rest.first == ":" else { return host + (rest.isEmpty ? "/" : rest) }
      let path = rest.dropFirst().drop { $0.isNumber }
      return host + (path.isEmpty ? "/" : path)
    }
    return nil
  }

  private func page(_ status: Int, _ text: String) -> SimResponse {
    .text(
      status, "<!DOCTYPE html><title>Moves</title><p>\(text)</p>\n",
      type: "text/html; charset=utf-8"
    )
  }
}
