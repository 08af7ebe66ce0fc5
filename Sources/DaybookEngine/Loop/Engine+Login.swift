import DaybookCore

/// Signing in, up to the first call: a URL for the browser, a token, or user name and password.
extension Engine {
  func beginLogin(_ lane: Lane, redirectURI: String?, _ command: Command) -> ControlReply {
    if let sealed = lane.record.sealReason {
      let advice = sealedAdvice(lane, sealed)
      return .failed(.accountSealed(account: lane.name, reason: advice))
    }
    switch lane.provider.login {
    case .none: return noLogin(lane, "\(lane.provider.title) needs no sign-in")
    case .code: return beginCode(lane, redirectURI, command)
    case .key, .token, .form:
      begin(PendingLogin(lane: lane.id, expires: now.boot + Limits.loginLife), lane)
      return offer(LoginOffer(lane.provider.login, expires: now.wall + Limits.loginLife), lane)
    }
  }

  private func noLogin(_ lane: Lane, _ reason: String) -> ControlReply {
    .failed(.noLogin(account: lane.name, reason: reason))
  }

  private func begin(_ login: PendingLogin, _ lane: Lane) { logins[lane.id] = login }

  private func offer(_ offer: LoginOffer, _ lane: Lane) -> ControlReply {
    var offer = offer
    offer.help = lane.provider.loginHelp
    return .loginBegun(offer)
  }

  private func beginCode(_ lane: Lane, _ redirectURI: String?, _ command: Command) -> ControlReply {
    guard let authorize = lane.builder.authorize else {
      return noLogin(lane, "\(lane.provider.title) has no page for it")
    }
    guard let client = lane.client.id else { return noLogin(lane, "its settings name no client") }
    var login = PendingLogin(lane: lane.id, expires: now.boot + Limits.loginLife)
    login.state = Base64.urlSafe.encode(Array(command.entropy.prefix(24)))
    login.verifier =
      lane.provider.pkce ? Secret(Base64.urlSafe.encode(Array(command.entropy.suffix(32)))) : nil
    login.redirectURI = redirectURI ?? lane.settings.redirectURI ?? Engine.defaultRedirect
    begin(login, lane)
    let url = authorizeURL(authorize, lane, client, login)
    let expires = now.wall + Limits.loginLife
    return offer(LoginOffer(url: url, redirectURI: login.redirectURI, expires: expires), lane)
  }

  static let defaultRedirect = "http://127.0.0.1:8754/"

  private func authorizeURL(
    _ authorize: String, _ lane: Lane, _ client: String, _ login: PendingLogin
  ) -> String {
    var fields = [
      Field("response_type", "code"), Field("client_id", client),
      Field("redirect_uri", login.redirectURI), Field("scope", lane.provider.scopes.asked),
      Field("state", login.state),
    ]
    if let verifier = login.verifier {
      let challenge = SHA256.digest(Array(verifier.expose().utf8))
      fields += [
        Field("code_challenge", Base64.urlSafe.encode(challenge.bytes)),
        Field("code_challenge_method", "S256"),
      ]
    }
    fields += lane.provider.fixed.authorize
    let query = fields.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }
    return authorize + (authorize.contains("?") ? "&" : "?") + query.joined(separator: "&")
  }

  // MARK: What the person brings

  /// Nil: the answer comes later.
  func completeLogin(_ lane: Lane, _ answer: LoginAnswer, _ command: Command)
    throws(DatabaseError) -> ControlReply?
  {
    guard var login = logins[lane.id], login.expires > now.boot else {
      logins[lane.id] = nil
      return loginFailed(lane, "no sign-in is under way, or it took too long")
    }
    login.command = command.id
    let complaint: String?
    switch (lane.provider.login, answer) {
    case (.code, .url(let url)): complaint = takeURL(lane, login, url)
    case (.key, .token(let key)): complaint = takeKey(lane, login, key)
    case (.token, .token(let token)): complaint = try takeToken(lane, login, token)
    case (.form, .form(let user, let password)):
      complaint = takeCredentials(lane, login, FormCredentials(user: user, password: password))
    case (.code, .token), (.code, .form), (.key, .url), (.key, .form), (.token, .url),
      (.token, .form), (.form, .url), (.form, .token), (.none, .url), (.none, .token),
      (.none, .form):
      complaint = "this sign-in wants \(lane.provider.login.wanted)"
    }
    return complaint.map { loginFailed(lane, $0) }
  }

  func loginFailed(_ lane: Lane, _ reason: String) -> ControlReply {
    .failed(
      .loginFailed(account: lane.name, reason: reason, command: "daybook login \(lane.name)"))
  }

  /// The redirected URL came back. Returns what is wrong with it.
  private func takeURL(_ lane: Lane, _ login: PendingLogin, _ url: Secret) -> String? {
    guard let fields = Engine.query(of: url.expose()) else {
      return "that is not the URL of the page after the sign-in"
    }
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    guard value("state") == login.state else {
      return "the URL is from another sign-in (its state differs)"
    }
    if let issuer = value("iss"), !lane.builder.isIssuer(issuer) {
      return "the URL is of another server (its iss differs)"
    }
    logins[lane.id] = nil
    if let error = value("error") { return AuthorizeError.advice(error) }
    guard let code = value("code"), !code.isEmpty, let token = lane.builder.token else {
      return "the URL holds no code"
    }
    exchange(lane, login, code: code, token: token)
    return nil
  }

  private func exchange(_ lane: Lane, _ login: PendingLogin, code: String, token: String) {
    var fields = [
      Field("grant_type", "authorization_code"), Field("code", code),
      Field("redirect_uri", login.redirectURI),
    ]
    if let verifier = login.verifier { fields.append(Field("code_verifier", verifier.expose())) }
    let inquiry = Inquiry(kind: .token, rows: lane.provider.answers)
    let call = tokenCall(lane, token, fields + lane.provider.fixed.exchange, inquiry)
    send(call, lane, .exchange(login), inquiry)
  }

  /// A pasted key is exchanged, and is what renews the tokens.
  private func takeKey(_ lane: Lane, _ login: PendingLogin, _ key: Secret) -> String? {
    guard TokenAnswer.isToken(key.expose()), let url = lane.builder.token else {
      return "that is no key: one piece of letters, digits and marks, without spaces"
    }
    logins[lane.id] = nil
    var login = login
    login.key = key
    let (call, inquiry) = keyCall(lane, url, key)
    send(call, lane, .exchange(login), inquiry)
    return nil
  }

  /// A pasted token is asked who it is before it is stored.
  private func takeToken(_ lane: Lane, _ login: PendingLogin, _ token: Secret)
    throws(DatabaseError) -> String?
  {
    guard TokenAnswer.isToken(token.expose()) else {
      return "that is no token: one piece of letters, digits and marks, without spaces"
    }
    logins[lane.id] = nil
    var grant = Grant(
      access: token, refresh: nil, receivedAt: now.wall, life: nil, scopes: [], generation: 0)
    if case .seconds(let life) = lane.provider.tokenLife { grant.life = .seconds(life) }
    try identify(lane, login, grant, nil)
    return nil
  }

  private func takeCredentials(
    _ lane: Lane, _ login: PendingLogin, _ credentials: FormCredentials
  ) -> String? {
    if let complaint = credentials.complaint { return complaint }
    logins[lane.id] = nil
    return beginForm(lane, credentials, login) ? nil : "its settings lack the site's address"
  }

  private static func query(of url: String) -> [Field]? {
    guard let mark = url.firstIndex(of: "?") else { return nil }
    let rest = url[url.index(after: mark)...]
    return QueryString.parse(String(rest.prefix { $0 != "#" }))
  }
}

extension Login {
  fileprivate var wanted: String {
    switch self {
    case .code: "the URL that the browser ended at"
    case .key: "a key"
    case .token: "a token"
    case .form: "user name and password"
    case .none: "nothing"
    }
  }
}
