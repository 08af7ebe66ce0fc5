import DaybookCore

/// Begin and judge days. Filing what is good is in `Engine+Filing.swift`.
extension Engine {
  // MARK: Begin

  func beginDays(_ lane: Lane, _ work: DayWork) throws(DatabaseError) {
    guard let stream = lane.stream(work.stream) else { return }
    let key = DayKey(account: lane.id, stream: work.stream, day: work.day)
    if work.workClass == .verify {
      noteVerifying(lane, work)
    } else {
      _ = lane.queue.take()
    }
    if work.day > today(lane) { return try postpone(lane, key) }
    if stream.spec.isSnapshot, work.day < today(lane) { return try closeSnapshot(lane, key) }
    let read = try companions(lane, stream, work)
    // Of a call for many days it is not known which of them would make it fail.
    if read.isSingle { try ledger.countAttempt(key) }
    for key in read.keys(account: lane.id) { lane.busy.insert(key) }
    let asksForChange = read.isSingle && !stream.spec.isCut && work.workClass != .forced
    ask(lane, read, etag: asksForChange ? try ledger.etag(key) : nil)
  }

  /// The day, with those around it that are due too and come with the same call.
  private func companions(_ lane: Lane, _ stream: LaneStream, _ work: DayWork)
    throws(DatabaseError) -> DaysRead
  {
    guard stream.span > 1, work.workClass != .verify else { return DaysRead(work) }
    let due = try ledger.ready(
      account: lane.id, stream: work.stream, from: work.day - (stream.span - 1),
      to: min(today(lane), work.day + (stream.span - 1))
    ).filter { day in
      !lane.busy.contains(DayKey(account: lane.id, stream: day.stream, day: day.day))
        || day.day == work.day
    }
    guard let last = due.last?.day else { return DaysRead(work) }
    var works = due.filter { $0.day > last - stream.span && $0.day != work.day }
    works.append(work)
    works.sort { $0.day < $1.day }
    lane.queue.remove(stream: work.stream, from: works[0].day, through: last)
    return DaysRead(stream: work.stream, works: works)
  }

  /// Asks for a page of a read: the first one, or the one its mark names.
  func ask(_ lane: Lane, _ read: DaysRead, etag: String?) {
    guard let spec = lane.stream(read.stream)?.spec else { return giveUp(read, lane) }
    let reading = reading(spec, lane.provider)
    let path = DayPath(
      account: lane.name, stream: spec.name, day: read.last,
      fileExtension: spec.document.fileExtension)
    var call = dayCall(
      lane, spec, from: read.first, through: read.last, mark: read.turner.mark,
      reception: .spool(path, reading.plan))
    if let etag { call.headers.append(.init("If-None-Match", Secret(etag))) }
    send(
      call, lane, .days(read), reading.inquiry(of: read.last, in: lane.zone),
      askedWithETag: etag != nil)
  }

  func dayCall(
    _ lane: Lane, _ spec: StreamSpec, from: Day, through: Day, mark: String?, reception: Reception
  ) -> Call {
    let request = lane.builder.request(
      of: spec, from: from, through: through, zone: lane.zone, mark: mark)
    var call = Call(
      id: nextCallID(), kind: .data, method: spec.request.method, url: request.url,
      headers: [.init("Accept", Secret(spec.request.accept))], reception: reception)
    setBody(request.body, of: &call)
    return call
  }

  func setBody(_ body: JSONValue?, of call: inout Call) {
    guard let body else { return }
    call.headers.append(.init("Content-Type", Secret("application/json")))
    call.body = Secret(String(decoding: body.encoded, as: UTF8.self))
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
      client: lane.client.owner, url: call.url)
    flight.askedWithETag = askedWithETag
    flight.generation = grant?.generation
    if flight.usesWindows {
      lane.take(now: now)
      roster.served(lane)
      if let proof = grant.flatMap({ proof(lane, $0, url: call.url) }) {
        call.headers.append(proof)
      }
    }
    call.headers += lane.provider.fixed.header.map { .init($0.name, Secret($0.value)) }
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

  /// The answer says that our clock is ahead, and that it is about a day to come: such an answer is
  /// no proof of anything. A refusal is about the call, and its wait holds.
  private func hasNotBegun(_ read: DaysRead, _ lane: Lane, _ reply: Reply) -> Bool {
    guard !now.synchronised, let answer = reply.answer, ![429, 503].contains(answer.status),
      let date = answer.header("date").flatMap({ Instant(httpDate: $0) })
    else { return false }
    return read.last > lane.zone.day(at: date) + 1
  }

  // MARK: Judge

  /// What the answer to a call for days means for them.
  func absorbDays(_ flight: Flight, _ lane: Lane, _ read: DaysRead, _ id: CallID, _ reply: Reply)
    throws(DatabaseError)
  {
    guard let stream = lane.stream(read.stream) else {
      // The settings leave the stream out by now: its rows stay as they were.
      discardBody(of: reply)
      return giveUp(read, lane)
    }
    if hasNotBegun(read, lane, reply) {
      discardBody(of: reply)
      lane.queue.invalidate()
      return giveUp(read, lane)
    }
    var read = read
    var judgement = judge(question(flight, reply))
    if let answer = reply.answer, case .spooled(let spooled) = answer.body, judgement.isGood {
      guard let end = take(spooled, answer, of: &read, lane, flight) else { return }
      judgement = end
      if end.isGood {
        lane.widen(read.stream)
        let spec = stream.spec
        let isWhole = !spec.isCut && spec.each == nil && read.pages.count == 1
        if isWhole { return try file(lane, read.works[0], id, Arrived(answer, spooled, read)) }
        let fault =
          spec.each.map { beginParts(read, lane, spec, $0) } ?? assemble(read, lane, spec)
        guard let fault else { return }
        judgement = fault
      }
    } else {
      discardBody(of: reply)
      if judgement.isGood {
        judgement = Judgement(.later, "an empty status \(reply.answer?.status ?? 0)")
      }
    }
    try absorbFailure(flight, lane, read, judgement, reply)
  }

  func absorbFailure(
    _ flight: Flight, _ lane: Lane, _ read: DaysRead, _ judgement: Judgement, _ reply: Reply
  ) throws(DatabaseError) {
    let keys = read.keys(account: lane.id)
    for spooled in read.spooled { out.append(.discard(spooled)) }
    if judgement.verdict == .unchanged {
      return try settleUnchanged(lane, read.works[0], keys[0], reply.answer)
    }
    for key in keys { lane.busy.remove(key) }
    // Our own disk's trouble is not the day's: it is asked again when there is room.
    if reply.diskTrouble != nil {
      lane.queue.invalidate()
      return roster.wake(lane)
    }
    try absorbTrouble(lane, read, keys, flight, judgement, reply)
  }

  func question(_ flight: Flight, _ reply: Reply) -> Question {
    switch reply.outcome {
    case .failed(let failure):
      var q = Question(kind: flight.inquiry.kind, stream: flight.inquiry.stream, status: nil)
      q.failure = failure.reason.rawValue + (failure.detail.isEmpty ? "" : ": " + failure.detail)
      return q
    case .answered(let answer):
      return flight.inquiry.question(
        status: answer.status, report: answer.scan, askedWithETag: flight.askedWithETag)
    }
  }

  func discardBody(of reply: Reply) {
    if let answer = reply.answer, case .spooled(let spooled) = answer.body {
      out.append(.discard(spooled))
    }
  }
}

extension Reply {
  var answer: Answer? {
    if case .answered(let answer) = outcome { answer } else { nil }
  }
}

extension Judgement {
  /// There is something, or provably nothing.
  var isGood: Bool { verdict == .good || verdict == .empty }
}
