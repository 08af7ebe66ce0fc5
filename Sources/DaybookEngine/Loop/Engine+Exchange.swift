import DaybookCore

/// The answers of a sign-in: tokens for a code, who it is, and what it brought.
extension Engine {
  func absorbExchange(_ flight: Flight, _ lane: Lane, _ login: PendingLogin, _ reply: Reply)
    throws(DatabaseError)
  {
    let judgement = judge(question(flight, reply))
    guard judgement.verdict == .good, let answer = reply.answer,
      case .memory(let bytes) = answer.body
    else {
      return fail(login, lane, exchangeAdvice(lane, judgement) + clockDoubt(reply.answer))
    }
    do {
      var grant = try grant(from: bytes, lane, after: nil)
      grant.refresh = login.key ?? grant.refresh
      if grant.refresh == nil, lane.provider.refreshExpected {
        return fail(login, lane, Engine.noRefreshToken(lane))
      }
      try identify(lane, login, grant, bytes)
    } catch let fault as TokenFault {
      fail(login, lane, "the token answer is unusable: \(fault.reason)")
    } catch let error as DatabaseError {
      throw error
    } catch {
      fail(login, lane, "\(error)")
    }
  }

  private func exchangeAdvice(_ lane: Lane, _ judgement: Judgement) -> String {
    switch judgement.verdict {
    case .deadGrant where lane.provider.login == .key, .denied where lane.provider.login == .key:
      judgement.telling(
        "\(lane.provider.title) does not accept the key: make a new one there, and paste all of it")
    case .deadGrant:
      judgement.telling(
        "the code was not accepted: it is used, has expired, or is for another redirect_uri; sign "
          + "in again, and finish within a few minutes")
    case .denied:
      judgement.telling(
        "the provider refuses the client: check client_id and client_secret, and that the app is "
          + "registered there as a kind \(lane.provider.client.words)")
    case .ended: judgement.telling("the provider says that it has ended")
    case .good, .empty, .unchanged, .pastReach, .narrower, .staleToken, .limited, .pageChanged,
      .later, .bug:
      "the \(lane.provider.login == .key ? "key" : "code") could not be exchanged: "
        + judgement.reason
    }
  }

  private static func noRefreshToken(_ lane: Lane) -> String {
    "\(lane.provider.title) gave no refresh token, so the sign-in would end within hours: take the "
      + "app's access away in your account there (connected apps), then sign in again"
  }

  /// A clock that is off makes codes and tokens look too old, or not valid yet.
  private func clockDoubt(_ answer: Answer?) -> String {
    guard let date = answer?.header("date").flatMap({ Instant(httpDate: $0) }) else { return "" }
    let apart = date < now.wall ? now.wall - date : date - now.wall
    guard apart > .minutes(5) else { return "" }
    let way = date < now.wall ? "ahead of" : "behind"
    return "; this machine's clock is \(spoken(seconds: Int(apart.inSeconds))) \(way) the "
      + "provider's: set it, then sign in again"
  }

  // MARK: The end

  /// The facts are known: tells who waits what the sign-in brought.
  func finishLogin(_ lane: Lane) throws(DatabaseError) {
    guard let login = lane.loginToFinish else { return }
    lane.loginToFinish = nil
    if lane.record.firstDay != nil, health.clockIsTrusted { try makeDays(lane) }
    var result = LoginResult()
    result.granted = lane.grant?.scopes ?? []
    let asked = lane.provider.scopes.needed + lane.provider.scopes.wished
    result.missing = result.granted.isEmpty ? [] : asked.filter { !result.granted.contains($0) }
    result.lost = lane.provider.losses(result.missing, of: lane.streams.map(\.spec))
    result.firstDay = lane.record.firstDay
    result.days = lane.missing + lane.stored
    result.streams = lane.streams.map(\.spec.name)
    result.eta = forecast(lane)
    result.ends = lane.grant?.term?.ends
    finish(login, .loginCompleted(result))
  }

  /// What was to be told once the facts are known will not be.
  func failLogin(_ lane: Lane, _ reason: String) {
    guard let login = lane.loginToFinish else { return }
    lane.loginToFinish = nil
    fail(login, lane, reason)
  }

  func fail(_ login: PendingLogin, _ lane: Lane, _ reason: String) {
    finish(login, loginFailed(lane, reason))
  }

  func finish(_ login: PendingLogin, _ reply: ControlReply) {
    if let command = login.command { out.append(.answer(command, reply, continues: false)) }
  }
}

extension ClientAuthentication {
  /// Of which kind an app must be to prove itself like this.
  fileprivate var words: String {
    switch self {
    case .form, .basic: "that has a secret (a web or server app)"
    case .public: "that has no secret (a public, native or client app)"
    }
  }
}
