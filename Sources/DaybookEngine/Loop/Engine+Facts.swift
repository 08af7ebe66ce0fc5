import DaybookCore

/// What is known of an account as a whole: zone, first day, last synchronisation; and indexes.
extension Lane {
  private static let factsEvery = Duration.days(1)

  /// The facts the provider can tell, each with where it goes.
  fileprivate var facts: [(fact: Fact, name: FactName)] {
    let f = provider.account
    return [
      (f.zone, .zone), (f.firstDay, .firstDay), (f.syncedAt, .syncedAt),
      // Asked at sign-in; a kill may have come before the answer. Last: it may become known while
      // an answer with all of them is on its way.
      (record.person == nil ? f.id : nil, .person),
    ].compactMap { fact, name in fact.map { ($0, name) } }
  }

  fileprivate enum FactName { case zone, firstDay, syncedAt, person }

  /// The requests that bring them, each once; first the one that tells the person, whom others may
  /// name (`{id}`).
  var factPaths: [String] {
    var out = record.person == nil ? provider.account.id.map { [$0.get] } ?? [] : []
    for (fact, _) in facts where !out.contains(fact.get) { out.append(fact.get) }
    return out
  }

  fileprivate func facts(from path: String) -> [(fact: Fact, name: FactName)] {
    facts.filter { $0.fact.get == path }
  }

  func factsDue(now: Instant) -> Bool {
    guard !factPaths.isEmpty else { return false }
    guard let at = record.factsAt, record.firstDay != nil else { return true }
    // Learned in the future: somebody had set the clock wrong.
    return now - at >= Self.factsEvery || at > now
  }

  /// Days close by what the device last delivered: then it is asked as often as today is.
  private var closesBySync: Bool {
    provider.account.syncedAt != nil && provider.streams.contains(where: \.settle.synced)
  }

  /// When they are to be learned again: daily, or as often as today is read while there is no
  /// first day.
  func factsNextAt(fresh: Duration) -> Instant? {
    guard !factPaths.isEmpty, let at = record.factsAt else { return nil }
    return at + (record.firstDay == nil || closesBySync ? fresh : Self.factsEvery)
  }
}

extension Engine {
  /// While the clock is doubted they are asked for often: an answer says what time it is.
  func factsNextAt(_ lane: Lane) -> Instant? {
    let usual = lane.factsNextAt(fresh: configuration.settings.fresh)
    guard !health.clockIsTrusted, let usual, let at = lane.record.factsAt else { return usual }
    return min(usual, at + Limits.longestSleep)
  }

  func refreshFacts(_ lane: Lane) {
    if lane.record.firstDay == nil, lane.factPaths.isEmpty || lane.provider.account.firstDay == nil,
      let since = lane.settings.since
    {
      lane.record.firstDay = since
    }
    guard lane.pendingFacts.isEmpty, !lane.factInFlight,
      let next = factsNextAt(lane)
    else { return }
    let isFuture = lane.record.factsAt.map { $0 > now.wall + .minutes(5) } ?? false
    if next <= now.wall || isFuture { lane.pendingFacts = lane.factPaths }
  }

  func beginFacts(_ lane: Lane, _ path: String) throws(DatabaseError) {
    let facts = lane.facts(from: path)
    guard let first = facts.first else {
      lane.pendingFacts.removeAll { $0 == path }
      return
    }
    let inquiry = Inquiry(
      kind: .account, rows: lane.provider.answers, wanted: facts.flatMap(\.fact.pointers))
    lane.factInFlight = true
    let call = Call(
      id: nextCallID(), kind: .account, url: lane.builder.url(of: first.fact),
      headers: [.init("Accept", Secret("application/json"))], reception: .memory(inquiry.plan()))
    send(call, lane, .facts(path), inquiry)
  }

  func absorbFacts(_ flight: Flight, _ lane: Lane, _ path: String, _ reply: Reply)
    throws(DatabaseError)
  {
    lane.factInFlight = false
    roster.wake(lane)
    let judgement = judge(question(flight, reply))
    // A row of the provider file may say that there is no such fact for this account.
    let isKnown = judgement.verdict == .good || judgement.verdict == .empty
    guard isKnown, let report = reply.answer?.scan else {
      return try absorbFactTrouble(flight, lane, judgement, reply)
    }
    lane.succeeded()
    lane.pendingFacts.removeAll { $0 == path }
    var found = flight.inquiry.found(report)[...]
    for (fact, name) in lane.facts(from: path) {
      let count = fact.pointers.count
      learn(lane, fact, name, fact.form.texts(Array(found.prefix(count))))
      found = found.dropFirst(count)
    }
    guard lane.pendingFacts.isEmpty else { return }
    lane.record.factsAt = now.wall
    try book.put(lane.record)
    if lane.record.firstDay == nil {
      // The sign-in is told of the first day, which is still to be found.
      if lane.provider.walkBack != nil { return beginWalk(lane) }
      noteNothingYet(lane)
    }
    try finishLogin(lane)
  }

  private func learn(_ lane: Lane, _ fact: Fact, _ name: Lane.FactName, _ found: [String]) {
    switch name {
    case .zone: learnZone(lane, found.first)
    case .firstDay:
      // Clamped to what can be: a mark from the future would hide the history.
      let days = found.compactMap { fact.form.day($0, in: lane.zone) }.filter { $0 <= today(lane) }
      guard let earliest = days.min() else { return }
      if let old = lane.record.firstDay, old <= earliest { return }
      lane.record.firstDay = earliest
      lane.today = nil
    case .person:
      if lane.record.person == nil, let person = found.first, RequestBuilder.isSegment(person) {
        lane.record.person = person
      }
    case .syncedAt:
      guard let latest = found.compactMap({ fact.form.instant($0, in: lane.zone) }).max() else {
        return
      }
      lane.record.syncedAt = min(latest, now.wall)
    }
    touch(lane)
  }

  private func learnZone(_ lane: Lane, _ name: String?) {
    guard let name, setup.zones.zone(name) != nil else { return }
    lane.record.zone = name
    lane.zone = zone(of: lane.settings, lane.record)
  }

  func noteNothingYet(_ lane: Lane) {
    guard lane.pausedReason != "nothing yet" else { return }
    lane.pausedReason = "nothing yet"
    log(
      .paused, "the provider has no first day for this account yet; asking again later", lane: lane)
  }

  func absorbFactTrouble(
    _ flight: Flight, _ lane: Lane, _ judgement: Judgement, _ reply: Reply
  ) throws(DatabaseError) {
    if try absorbEnd(lane, flight, judgement, reply) { return }
    switch judgement.verdict {
    case .staleToken: try absorbStaleToken(lane, flight)
    case .limited: absorbRefusal(lane, flight, reply)
    case .denied:
      try askForSignIn(
        lane, judgement.telling("the provider refuses the account's profile (\(status(reply)))"))
    case .deadGrant:
      try askForSignIn(lane, judgement.telling("the provider no longer accepts the grant"))
    case .bug, .later, .narrower, .pageChanged, .pastReach, .ended, .good, .empty, .unchanged:
      noteTrouble(
        lane, flight, judgement.reason, reply,
        message: judgement.verdict == .bug ? .bug : .serverTrouble)
      lane.advice = judgement.advice
      lane.notBefore =
        lane.notBefore ?? now.boot + patience(lane, failures: lane.failures)
    }
  }

  private func status(_ reply: Reply) -> String { reply.answer.map { "\($0.status)" } ?? "?" }

  // MARK: Indexes

  /// A stream whose index is to be read now, as often as today is.
  func indexDue(_ lane: Lane) -> Int? {
    lane.streams.first {
      $0.spec.index != nil && !$0.indexInFlight
        && $0.indexReadAt.map { now.boot - $0 >= configuration.settings.fresh } ?? true
    }?.row.number
  }

  func beginIndex(_ lane: Lane, _ number: Int) throws(DatabaseError) {
    guard let i = lane.index(ofStream: number), let fact = lane.streams[i].spec.index else {
      return
    }
    lane.streams[i].indexInFlight = true
    let inquiry = Inquiry(
      kind: .index, stream: lane.streams[i].spec.name, rows: lane.provider.answers,
      wanted: [fact.at])
    let call = Call(
      id: nextCallID(), kind: .index, url: lane.builder.url(of: fact),
      headers: [.init("Accept", Secret("application/json"))], reception: .memory(inquiry.plan()))
    send(call, lane, .index(stream: number), inquiry)
  }

  /// What an index lists for the first time has data that came late: its days that were empty are
  /// read again. What it does not list is still read, once: a day's own answer is its proof.
  func absorbIndex(_ flight: Flight, _ lane: Lane, _ number: Int, _ reply: Reply)
    throws(DatabaseError)
  {
    guard let i = lane.index(ofStream: number), let fact = lane.streams[i].spec.index else {
      return
    }
    lane.streams[i].indexInFlight = false
    roster.wake(lane)
    let judgement = judge(question(flight, reply))
    guard judgement.verdict == .good, let report = reply.answer?.scan else {
      return try absorbFactTrouble(flight, lane, judgement, reply)
    }
    lane.succeeded()
    lane.streams[i].indexReadAt = now.boot
    for text in (flight.inquiry.found(report).first ?? []).map(\.text) {
      guard let day = fact.form.day(text, in: lane.zone), day <= today(lane) else { continue }
      try extendHistory(lane, backTo: day)
      guard try ledger.list(account: lane.id, stream: number, day) else { continue }
      try reopenEmpty(lane, number, from: day, to: fact.form == .month ? day.endOfMonth : day)
    }
  }

  /// Data from before the first day that was known has come in.
  private func extendHistory(_ lane: Lane, backTo to: Day) throws(DatabaseError) {
    guard let first = lane.record.firstDay, to < first else { return }
    lane.record.firstDay = to
    lane.today = nil
    try book.put(lane.record)
  }

  private func reopenEmpty(_ lane: Lane, _ stream: Int, from: Day, to: Day) throws(DatabaseError) {
    for row in try ledger.rows(account: lane.id, stream: stream, from: from, to: to)
    where row.state.isStored && row.stored?.read.items == 0 && !lane.busy.contains(row.key) {
      try askAgain(lane, row)
    }
  }
}

extension Day {
  /// The last day of its month.
  var endOfMonth: Day {
    let (year, month, day) = civil
    return self + (Day.length(ofMonth: month, in: year) - day)
  }
}
