import DaybookCore

/// Signing in: a URL for the browser, the code that comes back, and who it is.
extension Engine {
  func beginLogin(_ lane: Lane, redirectURI: String?, _ command: Command) -> ControlReply {
    if let sealed = lane.record.sealReason {
      return .failed(.accountSealed(account: lane.name, reason: sealed))
    }
    guard lane.provider.login == .code, let authorize = lane.builder.authorize else {
      return .failed(
        .noLogin(account: lane.name, reason: "\(lane.provider.title) needs no sign-in"))
    }
    guard let client = lane.client.id else {
      return .failed(.noLogin(account: lane.name, reason: "its settings name no client"))
    }
    let login = PendingLogin(
      lane: lane.id, state: Base64.urlSafe.encode(Array(command.entropy.prefix(24))),
      verifier: lane.provider.pkce
        ? Secret(Base64.urlSafe.encode(Array(command.entropy.suffix(32)))) : nil,
      redirectURI: redirectURI ?? lane.settings.redirectURI ?? Engine.defaultRedirect,
      expires: now.boot + Limits.loginLife)
    logins[lane.id] = login
    let url = authorizeURL(authorize, lane, client, login)
    return .loginBegun(
      url: url, redirectURI: login.redirectURI, expires: now.wall + Limits.loginLife)
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

  /// The redirected URL came back. Nil: the answer comes later.
  func completeLogin(_ lane: Lane, _ url: Secret, _ command: Command) -> ControlReply? {
    func failed(_ reason: String) -> ControlReply {
      .failed(
        .loginFailed(
          account: lane.name, reason: reason, command: "daybook login \(lane.name)"))
    }
    guard var login = logins[lane.id], login.expires > now.boot else {
      logins[lane.id] = nil
      return failed("no sign-in is under way, or it took too long")
    }
    guard let fields = Engine.query(of: url.expose()) else {
      return failed("that is not the URL of the page after the sign-in")
    }
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    guard value("state") == login.state else {
      return failed("the URL is from another sign-in (its state differs)")
    }
    logins[lane.id] = nil
    if value("error") != nil { return failed("the provider says that it was not allowed") }
    guard let code = value("code"), !code.isEmpty, let token = lane.builder.token else {
      return failed("the URL holds no code")
    }
    login.command = command.id
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

  private static func query(of url: String) -> [Field]? {
    guard let mark = url.firstIndex(of: "?") else { return nil }
    let rest = url[url.index(after: mark)...]
    return QueryString.parse(String(rest.prefix { $0 != "#" }))
  }

  // MARK: Answers

  func absorbExchange(_ flight: Flight, _ lane: Lane, _ login: PendingLogin, _ reply: Reply)
    throws(DatabaseError)
  {
    let judgement = judge(question(flight, reply))
    guard judgement.verdict == .good, let answer = reply.answer,
      case .memory(let bytes) = answer.body
    else {
      return fail(login, lane, Engine.exchangeAdvice(judgement))
    }
    do {
      let grant = try grant(from: bytes, lane, after: nil)
      try identify(lane, login, grant, bytes)
    } catch let fault as TokenFault {
      fail(login, lane, "the token answer is unusable: \(fault.reason)")
    } catch let error as DatabaseError {
      throw error
    } catch {
      fail(login, lane, "\(error)")
    }
  }

  private static func exchangeAdvice(_ judgement: Judgement) -> String {
    switch judgement.verdict {
    case .deadGrant: "the code was not accepted: it is used, too old, or for another redirect_uri"
    case .denied: "the provider refuses the client; check client_id and client_secret"
    default: "the code could not be exchanged: \(judgement.reason)"
    }
  }

  /// Asks who has signed in, before anything is stored; an account nobody has signed in to before
  /// has nobody to be compared with, and is stored at once.
  private func identify(_ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ bytes: [UInt8])
    throws(DatabaseError)
  {
    guard let fact = lane.provider.account.id else {
      return try accept(lane, login, grant, bytes, person: nil)
    }
    var candidate = grant
    candidate.generation = (lane.grant?.generation ?? 0) + 1
    let inquiry = Inquiry(kind: .account, rows: lane.provider.answers, wanted: [fact.at])
    let call = Call(
      id: nextCallID(), kind: .account, url: lane.builder.url(of: fact),
      headers: [.init("Accept", Secret("application/json"))],
      reception: .memory(inquiry.plan()))
    if lane.record.person == nil {
      store(candidate, lane, answer: bytes)
      lane.grant = candidate
    }
    send(call, lane, .identity(login, candidate, bytes), inquiry, token: candidate)
  }

  func absorbIdentity(
    _ flight: Flight, _ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ answer: [UInt8],
    _ reply: Reply
  ) throws(DatabaseError) {
    let judgement = judge(question(flight, reply))
    guard judgement.verdict == .good, let report = reply.answer?.scan,
      let person = flight.inquiry.found(report).first?.first?.text, !person.isEmpty
    else {
      return fail(login, lane, "the provider did not say who signed in: \(judgement.reason)")
    }
    if let known = lane.record.person, known != person {
      log(.wrongPerson, "somebody else signed in; nothing was stored", lane: lane)
      return finish(login, .failed(.wrongPerson(lane.name)))
    }
    try accept(lane, login, grant, answer, person: person)
  }

  private func accept(
    _ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ answer: [UInt8], person: String?
  ) throws(DatabaseError) {
    var grant = grant
    grant.proven = person != nil
    // Calls under way carry older tokens, whatever becomes of them.
    grant.generation = (lane.grant?.generation ?? 0) + 1
    store(grant, lane, answer: answer)
    lane.grant = grant
    lane.mustRefresh = false
    lane.triedPrevious = false
    lane.newTokensRefused = 0
    lane.refreshFailures = 0
    lane.record.person = person ?? lane.record.person
    lane.record.signInReason = nil
    try book.put(lane.record)
    lane.pendingFacts = lane.factPaths
    lane.loginToFinish = login
    try forgiveRefusals(lane)
    roster.wake(lane)
    log(.signedIn, "signed in", lane: lane)
    // The facts come at once, unless no call may leave.
    if lane.factPaths.isEmpty || !isOpen(lane) || !health.lets { try finishLogin(lane) }
  }

  /// What was refused for want of a scope is asked again.
  private func forgiveRefusals(_ lane: Lane) throws(DatabaseError) {
    for stream in lane.streams where stream.row.counts[.refused] > 0 {
      guard let first = stream.row.first, let last = stream.row.last else { continue }
      let rows = try ledger.rows(
        account: lane.id, stream: stream.row.number, from: first, to: last)
      for row in rows where row.state == .refused {
        var again = row
        again.state = .missing
        again.workClass = .backfill
        try write(lane, again, before: row)
      }
    }
    lane.queue.invalidate()
  }

  /// The facts are known: tells who waits what the sign-in brought.
  func finishLogin(_ lane: Lane) throws(DatabaseError) {
    guard let login = lane.loginToFinish else { return }
    lane.loginToFinish = nil
    if lane.record.firstDay != nil, health.clockIsTrusted { try makeDays(lane) }
    var result = LoginResult()
    result.granted = lane.grant?.scopes ?? []
    let asked = lane.provider.scopes.needed + lane.provider.scopes.wished
    result.missing = result.granted.isEmpty ? [] : asked.filter { !result.granted.contains($0) }
    result.firstDay = lane.record.firstDay
    result.days = lane.missing + lane.stored
    result.streams = lane.streams.map(\.spec.name)
    result.eta = forecast(lane)
    finish(login, .loginCompleted(result))
  }

  /// What was to be told once the facts are known will not be.
  func failLogin(_ lane: Lane, _ reason: String) {
    guard let login = lane.loginToFinish else { return }
    lane.loginToFinish = nil
    fail(login, lane, reason)
  }

  private func fail(_ login: PendingLogin, _ lane: Lane, _ reason: String) {
    finish(
      login,
      .failed(
        .loginFailed(account: lane.name, reason: reason, command: "daybook login \(lane.name)")))
  }

  func finish(_ login: PendingLogin, _ reply: ControlReply) {
    if let command = login.command { out.append(.answer(command, reply, continues: false)) }
  }
}
