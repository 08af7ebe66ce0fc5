import DaybookCore

/// Refreshing tokens. One at a time for an account; the intent is committed before the call and
/// the new pair before its first use; the previous refresh token stays until the new pair worked.
extension Engine {
  func beginRefresh(_ lane: Lane) throws(DatabaseError) {
    guard let grant = lane.grant, let refresh = grant.refresh else {
      return try askForSignIn(lane, "there is no refresh token")
    }
    if lane.provider.login == .form { return try beginRenewal(lane, grant, refresh) }
    guard let url = lane.builder.token else {
      return try askForSignIn(lane, "there is no refresh token")
    }
    let token = lane.triedPrevious ? grant.previousRefresh ?? refresh : refresh
    lane.refreshing = true
    lane.intentOpen = false
    try book.intend(account: lane.name, at: now.wall)
    lane.refreshedGeneration = grant.generation
    if lane.provider.login == .key {
      let (call, inquiry) = keyCall(lane, url, refresh)
      return send(call, lane, .refresh, inquiry)
    }
    let fields = [
      Field("grant_type", "refresh_token"), Field("refresh_token", token.expose()),
    ]
    let inquiry = Inquiry(kind: .token, rows: lane.provider.answers)
    let call = tokenCall(lane, url, fields + lane.provider.fixed.refresh, inquiry)
    send(call, lane, .refresh, inquiry)
  }

  /// A POST to the token endpoint, on a connection of its own: libcurl would repeat it silently on
  /// a reused one.
  func tokenCall(_ lane: Lane, _ url: String, _ fields: [Field], _ inquiry: Inquiry) -> Call {
    var fields = fields
    var headers = [
      Call.Header("Content-Type", Secret("application/x-www-form-urlencoded")),
      Call.Header("Accept", Secret("application/json")),
    ]
    let id = lane.client.id ?? ""
    let secret = lane.client.secret?.expose() ?? ""
    switch lane.provider.client {
    case .form:
      fields += [Field("client_id", id), Field("client_secret", secret)]
    case .public:
      fields.append(Field("client_id", id))
    case .basic:
      // RFC 6749 §2.3.1: both are form-encoded first.
      let pair = percentEncoded(id) + ":" + percentEncoded(secret)
      headers.append(
        .init("Authorization", Secret("Basic " + Base64.standard.encode(Array(pair.utf8)))))
    }
    return Call(
      id: nextCallID(), kind: .token, method: .post, url: url, headers: headers,
      body: Secret(formEncoded(fields)), freshConnection: true, reception: .memory(inquiry.plan()))
  }

  /// A POST without a body to the token endpoint, with the key.
  func keyCall(_ lane: Lane, _ url: String, _ key: Secret) -> (Call, Inquiry) {
    var inquiry = Inquiry(kind: .token, rows: lane.provider.answers)
    inquiry.expectsText = lane.provider.tokenIsText
    let headers = [
      Call.Header("Authorization", Secret("\(lane.provider.keyScheme) \(key.expose())")),
      Call.Header("Accept", Secret("application/json, text/plain")),
    ]
    let call = Call(
      id: nextCallID(), kind: .token, method: .post, url: url, headers: headers,
      freshConnection: true, reception: .memory(inquiry.plan()))
    return (call, inquiry)
  }

  func absorbRefresh(_ flight: Flight, _ lane: Lane, _ reply: Reply) throws(DatabaseError) {
    lane.refreshing = false
    roster.wake(lane)
    // Somebody signed in meanwhile: the answer is about a token that is not ours any more.
    guard lane.grant?.generation == lane.refreshedGeneration else { return }
    let judgement = judge(question(flight, reply))
    switch judgement.verdict {
    case .good: try acceptRefresh(lane, reply, judgement)
    case .deadGrant: try absorbDeadGrant(lane, judgement)
    case .ended: try absorbTokensGone(lane, judgement, reply)
    case .denied:
      let who = lane.provider.login == .key ? "key" : "client"
      try askForSignIn(lane, "the token endpoint refuses the \(who): \(judgement.reason)")
    case .later, .limited, .pageChanged, .narrower, .staleToken, .pastReach, .bug, .empty,
      .unchanged:
      retryRefresh(lane, judgement.reason, reply)
    }
  }

  private func acceptRefresh(_ lane: Lane, _ reply: Reply, _ judgement: Judgement)
    throws(DatabaseError)
  {
    guard let old = lane.grant, let answer = reply.answer, case .memory(let bytes) = answer.body
    else { return }
    do {
      var used = old
      if lane.triedPrevious { used.refresh = old.previousRefresh ?? old.refresh }
      let new = try grant(from: bytes, lane, after: used)
      store(new, lane, answer: bytes)
      lane.grant = new
      lane.mustRefresh = false
      lane.triedPrevious = false
      lane.refreshFailures = 0
      lane.refreshRetryAt = nil
      lane.refreshedAt = now.boot
      lane.dataIsGone = false
      lane.tokensGoneSince = nil
    } catch {
      retryRefresh(lane, "the token answer is unusable: \(error.reason)", reply)
    }
  }

  private func tokenAnswer(_ bytes: [UInt8], _ provider: Provider) throws(TokenFault)
    -> TokenAnswer
  {
    let life = provider.tokenLife
    if provider.tokenIsText { return try TokenAnswer(text: bytes, life: life, now: now.wall) }
    guard let document = try? JSONValue(parsing: bytes) else {
      throw TokenFault("it is no JSON document")
    }
    return try TokenAnswer(document, at: provider.tokenAt, life: life, now: now.wall)
  }

  /// Reads a token answer. Without a new refresh token the old one stays.
  func grant(from bytes: [UInt8], _ lane: Lane, after old: Grant?) throws(TokenFault) -> Grant {
    let answer = try tokenAnswer(bytes, lane.provider)
    var new = Grant(
      access: answer.access, refresh: answer.refresh ?? old?.refresh, receivedAt: now.wall,
      life: answer.life, scopes: answer.scopes.isEmpty ? old?.scopes ?? [] : answer.scopes,
      generation: (old?.generation ?? 0) + 1)
    new.term = term(answer, lane, after: old)
    new.previousRefresh = answer.refresh == nil ? nil : old?.refresh
    return new
  }

  /// `invalid_grant`. What is stored is read again: only if the token that failed is the stored one
  /// does it mean anything; and before somebody has to sign in, the token before it is tried once,
  /// if no call with the new pair has worked yet.
  private func absorbDeadGrant(_ lane: Lane, _ judgement: Judgement) throws(DatabaseError) {
    let stored = try book.grant(lane.name)
    guard case .open(let grant, _) = stored, grant.generation == lane.grant?.generation else {
      return try loadGrant(lane)
    }
    try book.intend(account: lane.name, at: nil)
    if !grant.proven, grant.previousRefresh != nil, !lane.triedPrevious {
      lane.triedPrevious = true
      lane.mustRefresh = true
      return
    }
    try askForSignIn(lane, judgement.telling(deathOfGrant(lane)))
  }

  /// The token endpoint has trouble: with a token that still serves, work goes on meanwhile.
  func retryRefresh(_ lane: Lane, _ reason: String, _ reply: Reply) {
    lane.refreshFailures += 1
    var wait =
      lane.refreshFailures == 1
      ? Duration.zero
      : patience(lane, failures: lane.refreshFailures)
    if let answer = reply.answer,
      let told = Refusal.retryAfter(status: answer.status, headers: answer.headers, now: now)
    {
      wait = max(wait, told)
    }
    lane.refreshRetryAt = now.boot + wait
    let serves = lane.grant.map { !$0.isExpired(at: now.wall) && !lane.mustRefresh } ?? false
    if !serves { lane.notBefore = now.boot + wait }
    if lane.refreshFailures == 3 {
      log(.serverTrouble, "the token cannot be refreshed: \(reason); trying again", lane: lane)
    }
  }

  // MARK: Tokens that fail

  /// 401. The token it carried may be an older one; otherwise it is refreshed. One that fails
  /// before it ever worked may have ended while nobody used it: it is refreshed as well, but when
  /// that comes of it twice in a row, somebody must sign in.
  func absorbStaleToken(_ lane: Lane, _ flight: Flight) throws(DatabaseError) {
    guard let grant = lane.grant else {
      if lane.provider.login == .none {
        lane.stopped = "the server asks for a sign-in (401), which this provider has not"
        log(.serverTrouble, lane.stopped ?? "", lane: lane)
      }
      return
    }
    guard flight.generation == grant.generation, !lane.mustRefresh, !lane.refreshing else { return }
    if !grant.proven {
      lane.newTokensRefused += 1
      if lane.newTokensRefused > 2 {
        return try askForSignIn(lane, "the provider refuses tokens that are new (401)")
      }
    }
    lane.mustRefresh = true
  }

  /// Somebody must sign in. Other accounts go on.
  func askForSignIn(_ lane: Lane, _ reason: String) throws(DatabaseError) {
    guard lane.record.signInReason == nil, lane.record.sealedAt == nil else { return }
    lane.record.signInReason = reason
    try book.put(lane.record)
    touch(lane)
    log(.signInNeeded, "\(reason); run: daybook login \(lane.name)", lane: lane)
    failLogin(lane, reason)
    try tellResyncs(of: lane)
  }
}
