import DaybookCore

/// The page where the person agrees. The simulated one agrees at once, or refuses at once.
extension GoogleHealthModel {
  /// Why nothing is sent to the redirect URI: a page for the person.
  private struct Page: Error {
    var status = 400
    var error: String
    var text: String
  }

  mutating func authorize(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.authorize)
    do throws(Page) {
      let (target, scopes) = try checked(request)
      let answer = decision(request, target, scopes, now)
      let state = value("state", request).map { [SimField("state", $0)] } ?? []
      let fields = (state + answer).map { "\($0.name)=\(FormText.encoded($0.value))" }
      let joint = target.contains("?") ? "&" : "?"
      return SimResponse(
        302,
        headers: [
          SimField("Location", target + joint + fields.joined(separator: "&")),
          SimField("Cache-Control", "no-store"),
        ])
    } catch {
      let page =
        "<!DOCTYPE html><title>Error \(error.status): \(error.error)</title>"
        + "<p>Access blocked: \(error.text)</p><p>Error \(error.status): \(error.error)</p>\n"
      return .text(error.status, page, type: "text/html; charset=utf-8")
    }
  }

  private func value(_ name: String, _ request: SimRequest) -> String? {
    request.query.first { $0.name == name }?.value
  }

  /// The redirect URI and the scopes.
  private func checked(_ request: SimRequest) throws(Page) -> (String, [String]) {
    guard request.method == "GET" else {
      throw Page(status: 405, error: "invalid_request", text: "method not allowed")
    }
    guard value("client_id", request) == settings.clientID else {
      throw Page(status: 401, error: "invalid_client", text: "The OAuth client was not found.")
    }
    guard let target = value("redirect_uri", request) else {
      throw Page(error: "invalid_request", text: "Missing required parameter: redirect_uri")
    }
    guard isRegistered(target) else {
      throw Page(error: "redirect_uri_mismatch", text: "This app's request is invalid")
    }
    guard value("response_type", request) == "code" else {
      throw Page(error: "unsupported_response_type", text: "response_type must be code")
    }
    guard let scopes = HealthScope.list(value("scope", request) ?? "") else {
      throw Page(error: "invalid_scope", text: "Some requested scopes were invalid.")
    }
    // Not confirmed: Google takes `plain` too; nothing that is written today uses it.
    if let challenge = value("code_challenge", request) {
      let isS256 = value("code_challenge_method", request) == "S256"
      guard isS256, challenge.utf8.count == 43 else {
        throw Page(error: "invalid_request", text: "code_challenge must be of S256")
      }
    }
    return (target, scopes)
  }

  /// The code, or why there is none.
  private mutating func decision(
    _ request: SimRequest, _ target: String, _ scopes: [String], _ now: Instant
  ) -> [SimField] {
    let who = value("sim_person", request).flatMap { CivilText.number($0) } ?? person
    var given = HealthScope.without(withheld, of: scopes)
    guard !denies, histories.indices.contains(who), !given.isEmpty else {
      return [SimField("error", "access_denied")]
    }
    let known = grants.consents[who]
    if value("include_granted_scopes", request) == "true", let known {
      given += known.filter { !given.contains($0) }
    }
    let prompts = (value("prompt", request) ?? "").split(separator: " ")
    let givesRefresh =
      value("access_type", request) == "offline" && (known == nil || prompts.contains("consent"))
    grants.consent(who, given)
    let code = grants.add(
      GoogleCode(
        person: who, scopes: given, redirectURI: target,
        challenge: value("code_challenge", request), consented: now,
        expires: now + settings.codeLife, givesRefresh: givesRefresh))
    // Not confirmed: the redirect names the scopes too, as Google's other APIs show it.
    return [SimField("code", code), SimField("scope", given.joined(separator: " "))]
  }

  /// Equal to a registered one; for a desktop client the port of a loopback address is free.
  func isRegistered(_ uri: String) -> Bool {
    guard !uri.contains("#"), !uri.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else {
      return false
    }
    if redirectURIs.contains(uri) { return true }
    guard settings.isDesktop, let bare = withoutPort(uri) else { return false }
    return redirectURIs.contains { withoutPort($0) == bare }
  }

  /// `http://127.0.0.1:80/x` without its port; nil unless it is a loopback address.
  private func withoutPort(_ uri: String) -> String? {
    for host in ["http://127.0.0.1", "http://localhost", "http://[::1]"] where uri.hasPrefix(host) {
      var rest = uri.dropFirst(host.count)
      if rest.first == ":" { rest = rest.dropFirst().drop { ("0"..."9").contains($0) } }
      guard rest.isEmpty || rest.first == "/" || rest.first == "?" else { return nil }
      return host + (rest.isEmpty ? "/" : rest)
    }
    return nil
  }
}
