import DaybookCore

/// Begin, judge and file a day. Settling, after the archive has it, is in `Engine+Settle.swift`.
extension Engine {
  // MARK: Begin

  func beginDay(_ lane: Lane, _ work: DayWork) throws(DatabaseError) {
    guard let stream = lane.stream(work.stream) else { return }
    let key = DayKey(account: lane.id, stream: work.stream, day: work.day)
    if work.workClass == .verify {
      noteVerifying(lane, work)
    } else {
      _ = lane.queue.take()
    }
    if work.day > today(lane) { return try postpone(lane, key) }
    let spec = stream.spec
    let inquiry = Inquiry(
      kind: .data, stream: spec.name, rows: lane.provider.answers, belongs: spec.belongs,
      day: work.day)
    let path = DayPath(account: lane.name, stream: spec.name, day: work.day)
    let etag = work.workClass == .forced ? nil : try ledger.etag(key)
    try ledger.countAttempt(key)
    lane.busy.insert(key)
    var call = Call(
      id: nextCallID(), kind: .data, method: spec.request.method,
      url: lane.builder.url(of: spec, day: work.day, zone: lane.zone),
      headers: [.init("Accept", Secret(spec.request.accept))],
      reception: .spool(path, inquiry.plan(items: spec.items, volatile: spec.volatile)))
    if let etag { call.headers.append(.init("If-None-Match", Secret(etag))) }
    send(call, lane, .day(work), inquiry, askedWithETag: etag != nil)
  }

  /// Lets a call go: the last step of `begin`.
  func send(
    _ call: Call, _ lane: Lane, _ purpose: Flight.Purpose, _ inquiry: Inquiry,
    token: Grant? = nil, askedWithETag: Bool = false
  ) {
    var call = call
    call.allowPlainHTTP = lane.settings.allowPlainHTTP
    call.timeout = lane.timeout
    let grant = token ?? lane.grant
    var flight = Flight(
      lane: lane.id, purpose: purpose, inquiry: inquiry, sentAt: now.boot,
      client: lane.client.owner)
    flight.askedWithETag = askedWithETag
    flight.generation = grant?.generation
    if flight.usesWindows {
      lane.take(now: now)
      roster.served(lane)
      if let grant, lane.provider.login == .code {
        call.headers.append(.init("Authorization", Secret("Bearer " + grant.access.expose())))
      }
    }
    flights[call.id] = flight
    touch(lane)
    out.append(.send(call))
  }

  private func noteVerifying(_ lane: Lane, _ work: DayWork) {
    lane.verifyAt = now.boot + verifyPace(lane)
    guard let i = lane.index(ofStream: work.stream) else { return }
    lane.streams[i].row.verifyCursor = work.day
    lane.streams[i].isDirty = true
  }

  /// A day that has not begun: the clock was once ahead, or the account moved west.
  private func postpone(_ lane: Lane, _ key: DayKey) throws(DatabaseError) {
    guard var row = try ledger.row(key) else { return }
    row.nextAt = lane.zone.start(of: key.day)
    try ledger.put(row)
    lane.queue.invalidate()
  }

  // MARK: Judge

  /// What the answer to a day's call means for the day.
  func absorbDay(_ flight: Flight, _ lane: Lane, _ work: DayWork, _ id: CallID, _ reply: Reply)
    throws(DatabaseError)
  {
    let key = DayKey(account: lane.id, stream: work.stream, day: work.day)
    guard lane.stream(work.stream) != nil else {
      // The settings leave the stream out by now: its row stays as it was.
      lane.busy.remove(key)
      return discardBody(of: reply)
    }
    let judgement = judge(question(flight, reply))
    let answer = reply.answer
    let isGood = judgement.verdict == .good || judgement.verdict == .empty
    if isGood, let answer, case .spooled(let spooled) = answer.body {
      return try file(lane, work, id, spooled, answer)
    }
    discardBody(of: reply)
    if judgement.verdict == .unchanged { return try settleUnchanged(lane, work, key, answer) }
    lane.busy.remove(key)
    // Our own disk's trouble is not the day's: it is asked again when there is room.
    if reply.diskTrouble != nil {
      lane.queue.invalidate()
      return roster.wake(lane)
    }
    let sealed = isGood ? Judgement(.later, "an empty status \(answer?.status ?? 0)") : judgement
    try absorbTrouble(lane, work, key, flight, sealed, reply)
  }

  func question(_ flight: Flight, _ reply: Reply) -> Question {
    switch reply.outcome {
    case .failed(let failure):
      var q = Question(kind: flight.inquiry.kind, stream: flight.inquiry.stream, status: nil)
      q.failure = failure.reason.rawValue + (failure.detail.isEmpty ? "" : ": " + failure.detail)
      return q
    case .answered(let answer):
      var start: [UInt8] = []
      if case .memory(let bytes) = answer.body { start = Array(bytes.prefix(64)) }
      var q = flight.inquiry.question(
        status: answer.status, report: answer.scan, start: start,
        askedWithETag: flight.askedWithETag)
      // A spooled body is not at hand; JSON that fails at its first byte is a page.
      if case .spooled = answer.body, answer.scan.fault?.offset == 0 { q.looksLikeHTML = true }
      return q
    }
  }

  func discardBody(of reply: Reply) {
    if let answer = reply.answer, case .spooled(let spooled) = answer.body {
      out.append(.discard(spooled))
    }
  }

  // MARK: File

  /// A good answer: says what it does to the day before it, and hands the bytes to the archive
  /// where they are to be kept.
  private func file(
    _ lane: Lane, _ work: DayWork, _ id: CallID, _ spooled: Spooled, _ answer: Answer
  ) throws(DatabaseError) {
    let key = DayKey(account: lane.id, stream: work.stream, day: work.day)
    let read = Read(
      at: fetchTime(answer), size: spooled.size, sha256: spooled.sha256,
      digest: answer.scan.digest, items: answer.scan.items, zone: lane.zone.name)
    let before = try ledger.row(key)
    let rule = try settling(lane, key)
    let stored = before?.state.isStored == true ? before?.stored : nil
    let outcome = rule.outcome(
      of: read, before: stored, state: before?.state ?? .missing,
      forced: work.workClass == .forced)
    lane.succeeded()
    guard outcome.filing != .keep else {
      out.append(.discard(spooled))
      return try settle(lane, work, key, before, outcome, etag: answer.header("etag"))
    }
    let keepsOld = outcome.filing == .storeKeepingOld
    let item = PersistItem(
      id: id, spooled: spooled, keepOldFetchedAt: keepsOld ? stored?.read.at : nil,
      fetchedAt: read.at, asVersion: outcome.filing == .keepWithVersion)
    filings[id] = Filing(
      lane: lane.id, work: work, before: before, outcome: outcome, read: read,
      etag: answer.header("etag"), item: item)
    waitingToFile.append(id)
  }

  /// The time of the fetch: the earlier of our clock and the answer's `Date`.
  private func fetchTime(_ answer: Answer) -> Instant {
    let ours = Instant(seconds: now.wall.seconds)
    guard let date = answer.header("date").flatMap({ Instant(httpDate: $0) }) else { return ours }
    // A server's clock that is years behind says nothing about this fetch.
    return date < ours && ours - date < .days(2) ? date : ours
  }

  func settling(_ lane: Lane, _ key: DayKey) throws(DatabaseError) -> Settling {
    let spec = lane.stream(key.stream)?.spec
    let sizes = try ledger.neighbourSizes(key)
    return Settling(
      end: lane.zone.start(of: key.day + 1), settle: spec?.settle ?? Settle(),
      syncedAt: lane.record.syncedAt, neighbourSize: sizes.isEmpty ? nil : sizes[sizes.count / 2],
      printsInCurrentZone: spec?.printsInCurrentZone ?? false,
      fresh: configuration.settings.fresh)
  }

  /// Batches go one after the other: while one is on its way the next gathers, so that the flushes
  /// of many days are shared when there are many.
  func sendFilings() {
    guard filesUnderWay == 0, !waitingToFile.isEmpty, health.disk == nil else { return }
    let items = waitingToFile.compactMap { filings[$0]?.item }
    waitingToFile = []
    filesUnderWay = items.count
    out.append(.persist(items))
  }
}

extension Reply {
  var answer: Answer? {
    if case .answered(let answer) = outcome { answer } else { nil }
  }
}
