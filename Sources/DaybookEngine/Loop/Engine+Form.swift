import DaybookCore

/// Sign-in by the form of a web site, and the renewal of its session: the same steps, with the user
/// name and password that the grant keeps. One renewal at a time for an account; its intent is
/// committed before the first call, and the new session before its first use.
extension Engine {
  /// False where there is nothing to sign in to.
  func beginForm(_ lane: Lane, _ credentials: FormCredentials, _ login: PendingLogin?) -> Bool {
    guard let spec = lane.provider.form, let (origin, _) = Origin.split(lane.builder.api) else {
      return false
    }
    let machine = FormSignIn(spec, at: origin, credentials)
    sendForm(lane, machine.begin(now: now.wall), machine, login)
    return true
  }

  private func sendForm(
    _ lane: Lane, _ request: FormRequest, _ machine: FormSignIn, _ login: PendingLogin?
  ) {
    let inquiry = Inquiry(kind: .token, rows: [])
    var call = Call(
      id: nextCallID(), kind: .token, method: request.body == nil ? .get : .post, url: request.url,
      headers: [.init("Accept", Secret("text/html, */*"))], body: request.body,
      // libcurl would repeat it silently on a connection that dies, password and all.
      freshConnection: request.body != nil, reception: .memory(inquiry.plan()))
    if request.body != nil {
      call.headers.append(.init("Content-Type", Secret("application/x-www-form-urlencoded")))
    }
    if let cookie = request.cookie { call.headers.append(.init("Cookie", cookie)) }
    send(call, lane, .form(machine, login), inquiry)
  }

  /// The session is over: signs in again, with what the person gave once.
  func beginRenewal(_ lane: Lane, _ grant: Grant, _ refresh: Secret) throws(DatabaseError) {
    guard let credentials = FormCredentials(stored: refresh) else {
      return try askForSignIn(lane, "user name and password are not stored as they should be")
    }
    lane.refreshing = true
    lane.intentOpen = false
    lane.refreshedGeneration = grant.generation
    try book.intend(account: lane.name, at: now.wall)
    if !beginForm(lane, credentials, nil) {
      lane.refreshing = false
      try askForSignIn(lane, "the provider file has no form any more")
    }
  }

  func absorbForm(
    _ lane: Lane, _ machine: FormSignIn, _ login: PendingLogin?, _ reply: Reply
  ) throws(DatabaseError) {
    var machine = machine
    if login == nil, lane.grant?.generation != lane.refreshedGeneration || lane.grant == nil {
      // Somebody signed in or out meanwhile.
      return endRenewal(lane)
    }
    let outcome = machine.receive(FormAnswer(reply), now: now.wall)
    if case .send(let request) = outcome {
      if !health.isStopping { return sendForm(lane, request, machine, login) }
      // No token can be lost: the next start begins it again.
      if let login { finish(login, .failed(.shuttingDown)) }
      return endRenewal(lane)
    }
    if let login {
      try finishForm(lane, machine, login, outcome)
    } else {
      endRenewal(lane)
      try finishRenewal(lane, machine, outcome, reply)
    }
  }

  private func endRenewal(_ lane: Lane) {
    lane.refreshing = false
    roster.wake(lane)
  }

  private func finishForm(
    _ lane: Lane, _ machine: FormSignIn, _ login: PendingLogin, _ outcome: FormSignIn.Outcome
  ) throws(DatabaseError) {
    switch outcome {
    case .send: break
    case .signedIn(let jar, let id):
      let grant = session(jar, machine, after: nil)
      guard let id else { return try identify(lane, login, grant, nil) }
      try accept(lane, login, grant, nil, as: id)
    case .wrongPassword:
      fail(login, lane, "\(lane.provider.title) does not accept this user name and password")
    case .pageChanged(let why):
      fail(login, lane, Engine.changed(lane, why))
    case .down(let why):
      fail(
        login, lane, "\(lane.provider.title) cannot be reached or has trouble (\(why)); try later")
    }
  }

  private func finishRenewal(
    _ lane: Lane, _ machine: FormSignIn, _ outcome: FormSignIn.Outcome, _ reply: Reply
  ) throws(DatabaseError) {
    switch outcome {
    case .send: break
    case .signedIn(let jar, let id):
      lane.advice = nil
      if let id, let person = lane.record.person, id != person {
        return try askForSignIn(lane, "the site shows another person's account than before")
      }
      let new = session(jar, machine, after: lane.grant)
      store(new, lane, answer: nil)
      lane.grant = new
      lane.mustRefresh = false
      lane.refreshFailures = 0
      lane.refreshRetryAt = nil
    case .wrongPassword:
      try book.intend(account: lane.name, at: nil)
      try askForSignIn(lane, "the site no longer accepts user name and password")
    case .pageChanged(let why): waitForPage(lane, Engine.changed(lane, why))
    case .down(let why):
      lane.advice = nil
      retryRefresh(lane, why, reply)
    }
  }

  /// What is not there cannot be mended from here: days stay missing, and the page is looked at
  /// again after hours.
  private func waitForPage(_ lane: Lane, _ reason: String) {
    lane.refreshFailures += 1
    let wait = Patience.page(failures: lane.refreshFailures, random: &random)
    lane.refreshRetryAt = now.boot + wait
    lane.notBefore = now.boot + wait
    lane.advice = reason
    touch(lane)
    guard lane.refreshFailures == 1 else { return }
    log(.pageChanged, "\(reason); trying again every few hours", lane: lane)
  }

  private static func changed(_ lane: Lane, _ why: String) -> String {
    "the sign-in page of \(lane.provider.title) has changed (\(why)): its provider file must be "
      + "mended"
  }

  private func session(_ jar: CookieJar, _ machine: FormSignIn, after old: Grant?) -> Grant {
    Grant(
      access: jar.stored, refresh: machine.renewal, receivedAt: now.wall, life: nil, scopes: [],
      generation: (old?.generation ?? 0) + 1)
  }

  // MARK: Calls with a session

  /// What proves to the provider whose call this is.
  func proof(_ lane: Lane, _ grant: Grant, url: String) -> Call.Header? {
    switch lane.provider.login {
    case .none: return nil
    case .code, .key, .token:
      return .init("Authorization", Secret("Bearer " + grant.access.expose()))
    case .form:
      guard let (origin, place) = Origin.split(url), let jar = CookieJar(stored: grant.access)
      else { return nil }
      return jar.header(for: place.isEmpty ? "/" : place, at: origin, now: now.wall)
        .map { .init("Cookie", $0) }
    }
  }

  /// A good answer may set cookies: they are used from now on, but not stored. A site may set one
  /// with each answer, and each would be a commit to disk; lost with the process, they cost at most
  /// a renewal, for which nobody is needed. What comes with a redirect or an error is not taken: a
  /// page that ends a session also takes its cookies.
  func takeCookies(_ lane: Lane, _ flight: Flight, _ answer: Answer) {
    guard lane.provider.login == .form, answer.status == 200, let grant = lane.grant,
      flight.generation == grant.generation, let (origin, place) = Origin.split(flight.url),
      var jar = CookieJar(stored: grant.access)
    else { return }
    let changed = jar.take(
      answer.headers, from: place.isEmpty ? "/" : place, at: origin, now: now.wall)
    if changed, !jar.isEmpty { lane.grant?.access = jar.stored }
  }
}

extension FormAnswer {
  fileprivate init(_ reply: Reply) {
    switch reply.outcome {
    case .failed(let failure):
      self.init(failure: failure.reason.rawValue)
    case .answered(let answer):
      guard case .memory(let bytes) = answer.body else { preconditionFailure("a page in a file") }
      self.init(status: answer.status, headers: answer.headers, body: bytes)
    }
  }
}
