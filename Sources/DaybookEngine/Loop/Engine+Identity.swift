import DaybookCore

/// Who has signed in: nothing is stored for an account before it is known that it is its person.
extension Engine {
  /// What is asked with new tokens: who they are of; where no provider can tell that, a pasted
  /// token is tried all the same.
  private func proofOfPerson(_ lane: Lane) -> Fact? {
    let facts = lane.provider.account
    if let id = facts.id { return id }
    return [.token, .key].contains(lane.provider.login)
      ? facts.zone ?? facts.firstDay ?? facts.syncedAt : nil
  }

  /// Asks who has signed in, before anything is stored. The tokens of a code are stored at once for
  /// an account that nobody has signed in to before, which has nobody to be compared with: lost,
  /// they could not be had again.
  ///
  /// - Parameter bytes: the token answer, where there was one.
  func identify(_ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ bytes: [UInt8]?)
    throws(DatabaseError)
  {
    guard proofOfPerson(lane) != nil else {
      return try accept(lane, login, grant, bytes, person: nil)
    }
    var candidate = grant
    candidate.generation = (lane.grant?.generation ?? 0) + 1
    if lane.record.person == nil, lane.provider.login == .code {
      store(candidate, lane, answer: bytes)
      lane.grant = candidate
    }
    lane.toIdentify = (login, candidate, bytes)
    if askWhoSignedIn(lane) != nil { roster.wake(lane) }
  }

  /// A sign-in waits for its window like everything else. When it may go on; nil: it has, or there is
  /// none.
  func askWhoSignedIn(_ lane: Lane) -> BootTime? {
    guard let (login, grant, answer) = lane.toIdentify, let fact = proofOfPerson(lane) else {
      return nil
    }
    switch lane.opening(now: now) {
    case .now: break
    case .at(let moment): return moment
    case .whenOneEnds: return now.boot + untilNextRound
    }
    if let until = lane.waitsUntil, until > now.boot { return until }
    lane.toIdentify = nil
    lane.identifying = lane.record.person == nil
    let inquiry = Inquiry(kind: .account, rows: lane.provider.answers, wanted: [fact.at])
    let call = Call(
      id: nextCallID(), kind: .account, url: lane.builder.url(of: fact),
      headers: [.init("Accept", Secret("application/json"))],
      reception: .memory(inquiry.plan()))
    send(call, lane, .identity(login, grant, answer), inquiry, token: grant)
    return nil
  }

  func absorbIdentity(
    _ flight: Flight, _ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ answer: [UInt8]?,
    _ reply: Reply
  ) throws(DatabaseError) {
    lane.identifying = false
    roster.wake(lane)
    let judgement = judge(question(flight, reply))
    // Too early is no answer: it is asked again, as long as whoever signs in may wait.
    if judgement.verdict == .limited, lane.refusals < Engine.identityTries {
      absorbRefusal(lane, flight, reply)
      lane.toIdentify = (login, grant, answer)
      return
    }
    guard judgement.verdict == .good, let report = reply.answer?.scan else {
      return fail(login, lane, identityAdvice(lane, judgement))
    }
    guard lane.provider.account.id != nil else {
      return try accept(lane, login, grant, answer, person: nil)
    }
    let person = flight.inquiry.found(report).first?.first?.text ?? ""
    if !RequestBuilder.isSegment(person) {
      return fail(login, lane, "the provider did not say who signed in: \(judgement.reason)")
    }
    try accept(lane, login, grant, answer, as: person)
  }

  /// How often a question that came too early is asked again.
  private static let identityTries = 5

  private func identityAdvice(_ lane: Lane, _ judgement: Judgement) -> String {
    guard lane.provider.login == .token, judgement.verdict == .staleToken else {
      return "the provider did not say who signed in: \(judgement.reason)"
    }
    return judgement.telling(
      "\(lane.provider.title) does not accept the token (401): make a new one there, and paste all "
        + "of it")
  }

  /// The grant of this person, unless the account is somebody else's.
  func accept(
    _ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ answer: [UInt8]?, as person: String
  ) throws(DatabaseError) {
    if let known = lane.record.person, known != person {
      log(.wrongPerson, "somebody else signed in; nothing was stored", lane: lane)
      return finish(login, .failed(.wrongPerson(lane.name)))
    }
    try accept(lane, login, grant, answer, person: person)
  }

  private func accept(
    _ lane: Lane, _ login: PendingLogin, _ grant: Grant, _ answer: [UInt8]?, person: String?
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
        again.nextAt = nil
        try write(lane, again, before: row)
      }
    }
    lane.queue.invalidate()
  }
}
