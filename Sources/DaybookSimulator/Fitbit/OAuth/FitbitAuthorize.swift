import DaybookCore

/// The page where the person agrees. The simulated one agrees at once, or refuses at once.
extension FitbitModel {
  mutating func authorize(_ request: SimRequest, _ now: Instant) -> SimResponse {
    stats.add(.authorize)
    guard request.method == "GET" else { return page(400, "only GET") }
    // Nothing is sent to a redirect URI before it is known to be the client's (RFC 6749 §4.1.2.1).
    guard request.parameter("client_id") == settings.clientID else {
      return page(400, "invalid_request: unknown client_id")
    }
    let asked = request.parameter("redirect_uri")
    // Needed unless exactly one is registered, and with a prompt always.
    let mayLack = redirectURIs.count == 1 && request.parameter("prompt") == nil
    guard let target = asked ?? (mayLack ? redirectURIs.first : nil), isRegistered(target) else {
      return page(400, "invalid_request: redirect_uri is missing or not registered")
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
    func refusal(_ error: String) -> [SimField] { [SimField("error", error)] }
    guard request.parameter("response_type") == "code" else {
      return refusal("unsupported_response_type")
    }
    let prompts = [nil, "none", "consent", "login", "login consent"]
    guard let scopes = scopes(request), !scopes.isEmpty,
      prompts.contains(request.parameter("prompt"))
    else { return refusal("invalid_request") }
    var challenge: PKCEChallenge?
    if let text = request.parameter("code_challenge") {
      challenge = PKCEChallenge(text, method: request.parameter("code_challenge_method"))
      guard challenge != nil else { return refusal("invalid_request") }
    }
    let who = request.parameter("sim_person").flatMap { CivilText.number($0) } ?? person
    let ticked = scopes.filter { !unticked.contains($0) }
    guard !denies, !ticked.isEmpty, wearers.indices.contains(who) else {
      return refusal("access_denied")
    }
    let code = FitbitCode(
      text: "", person: who, scopes: ticked, redirectURI: redirectURI, challenge: challenge,
      expires: now + settings.codeLife)
    return [SimField("code", tokens.add(code))]
  }

  /// Nil when there is none or an unknown one.
  private func scopes(_ request: SimRequest) -> [String]? {
    let names = request.parameter("scope")?.split(separator: " ").map(String.init)
    guard let names, names.allSatisfy(FitbitSettings.scopes.contains) else { return nil }
    return names
  }

  /// Equal to a registered one.
  func isRegistered(_ uri: String) -> Bool {
    redirectURIs.contains { known in
      uri == known
        || settings.anyLoopbackPort
          && MovesModel.withoutPort(uri).map { $0 == MovesModel.withoutPort(known) } ?? false
    }
  }

  private func page(_ status: Int, _ text: String) -> SimResponse {
    .text(
      status, "<!DOCTYPE html><title>Fitbit</title><p>\(text)</p>\n",
      type: "text/html; charset=utf-8")
  }
}
