import DaybookCore

/// What a verdict other than good does: to the day, the stream, the account.
extension Engine {
  func absorbTrouble(
    _ lane: Lane, _ read: DaysRead, _ keys: [DayKey], _ flight: Flight, _ judgement: Judgement,
    _ reply: Reply
  ) throws(DatabaseError) {
    lane.queue.invalidate()
    roster.wake(lane)
    switch judgement.verdict {
    case .staleToken: try absorbStaleToken(lane, flight)
    case .limited: absorbRefusal(lane, flight, reply)
    case .pastReach, .ended: try absorbEnd(lane, read, keys, flight, judgement, reply)
    case .denied:
      for key in keys { try end(lane, key, try ledger.row(key), .refused, judgement.reason) }
    case .deadGrant:
      try askForSignIn(lane, judgement.telling("the provider no longer accepts the grant"))
    case .pageChanged, .later:
      lane.advice = judgement.advice
      noteTrouble(
        lane, flight, judgement.reason, reply,
        message: judgement.verdict == .later ? .serverTrouble : .pageChanged)
      try absorbDayTrouble(lane, read, keys, flight, judgement)
    case .narrower, .bug:
      lane.advice = judgement.advice
      try absorbDayTrouble(lane, read, keys, flight, judgement)
    case .good, .empty, .unchanged: break
    }
  }

  /// Whose fault it is among many days, fewer of them will show: attempts count on single days.
  private func absorbDayTrouble(
    _ lane: Lane, _ read: DaysRead, _ keys: [DayKey], _ flight: Flight, _ judgement: Judgement
  ) throws(DatabaseError) {
    guard read.isSingle else { return lane.narrow(read.stream, from: read.works.count) }
    let row = try ledger.row(keys[0])
    switch judgement.verdict {
    case .bug:
      log(
        .bug, "\(judgement.reason): the day is parked; report this with the provider file",
        lane: lane, stream: flight.inquiry.stream, day: keys[0].day)
      try park(lane, keys[0], row, judgement.reason)
    default:
      try fail(
        lane, keys[0], row, judgement.reason, quiet: judgement.verdict == .pageChanged)
    }
  }

  // MARK: The day

  /// The day is tried again later: its own wait grows with its attempts.
  func fail(
    _ lane: Lane, _ key: DayKey, _ before: DayRow?, _ reason: String, quiet: Bool = false
  ) throws(DatabaseError) {
    guard let before else { return }
    let wait = Patience.day(attempts: max(1, before.attempts), random: &random)
    try putOff(lane, before, reason, until: now.wall + max(wait, .seconds(1)))
    let tells = before.attempts == 3 || before.attempts % 10 == 0
    if tells, !quiet {
      log(
        .dayFailed, "\(count(before.attempts, "attempt")) failed: \(reason)", lane: lane,
        stream: lane.stream(key.stream)?.spec.name, day: key.day)
    }
  }

  /// An answer that nothing explains: once a day is often enough.
  private func park(_ lane: Lane, _ key: DayKey, _ before: DayRow?, _ reason: String)
    throws(DatabaseError)
  {
    guard let before else { return }
    try putOff(lane, before, reason, until: now.wall + .days(1))
  }

  private func putOff(_ lane: Lane, _ before: DayRow, _ reason: String, until: Instant)
    throws(DatabaseError)
  {
    var row = before
    if !row.state.isStored, row.state != .damaged { row.state = .failing }
    row.reason = reason
    row.nextAt = until
    row.workClass = before.workClass ?? .fresh
    try write(lane, row, before: before)
  }

  /// The provider's verdict ends the work on a day that has no bytes, once it was given twice, a day
  /// apart: a stray answer ends nothing. Stored days stay as they are, and damaged ones are asked for
  /// again every week.
  func end(
    _ lane: Lane, _ key: DayKey, _ before: DayRow?, _ state: DayState, _ reason: String
  ) throws(DatabaseError) {
    guard let before else { return }
    var row = before
    row.workClass = nil
    row.nextAt = nil
    row.reason = reason
    if !row.state.isStored, row.state != .damaged { row.state = state }
    if row.state != .final, row.state != before.state || row.state != state {
      row.workClass = row.state == .open ? .fresh : .backfill
      row.nextAt = now.wall + .days(row.state == .damaged ? 7 : 1)
    }
    try write(lane, row, before: before)
    try advanceResyncs(lane, key, changed: false, refused: true)
    if state == .refused, before.state != .refused {
      log(
        .dayRefused, "the provider refuses it: \(reason)", lane: lane,
        stream: lane.stream(key.stream)?.spec.name, day: key.day)
    }
  }

  // MARK: The account

  /// Waits that grow while a provider has trouble. Calls that were already on their way when the
  /// trouble was noticed say nothing new.
  func noteTrouble(
    _ lane: Lane, _ flight: Flight, _ reason: String, _ reply: Reply, message: Message
  ) {
    if let answer = reply.answer,
      let told = Refusal.retryAfter(status: answer.status, headers: answer.headers, now: now)
    {
      hold(lane, for: told, reason)
    }
    if let since = lane.troubleSince, flight.sentAt <= since { return }
    lane.failures += 1
    lane.troubleSince = now.boot
    var wait = patience(lane, failures: lane.failures)
    if message == .pageChanged { wait = max(wait, .minutes(5)) }
    // One bad answer is the day's trouble; more in a row are the provider's.
    guard lane.failures >= 3 || message == .pageChanged else { return }
    lane.notBefore = now.boot + wait
    if lane.failures == 3 || message == .pageChanged {
      let most = isOver(lane) ? "6 h" : "15 min"
      log(
        message, "\(reason); calls wait, up to \(most) between attempts", lane: lane,
        stream: flight.inquiry.stream)
    }
  }

  /// The provider asks to be left alone for a while: said once for each such time.
  private func hold(_ lane: Lane, for told: Duration, _ reason: String) {
    let isNews = lane.toldUntil.map { $0 <= now.boot } ?? true
    lane.toldUntil = max(lane.toldUntil ?? now.boot, now.boot + told)
    guard isNews else { return }
    let wait = spoken(seconds: Int(told.inSeconds))
    log(.paused, "\(reason), and the provider asks to wait; next call in \(wait)", lane: lane)
  }

  /// 429: waits as told, or as the windows say, and paces the exhausted one for a day. Calls that had
  /// left when the last refusal came do not make the wait grow.
  func absorbRefusal(_ lane: Lane, _ flight: Flight, _ reply: Reply) {
    let isNews = lane.refusedAt.map { $0 < flight.sentAt } ?? true
    if isNews {
      lane.refusals += 1
      lane.refusedAt = now.boot
    }
    let windows = lane.allWindows
    let index = CallWindow.exhausted(of: windows)
    var until =
      now.boot
      + Patience.refusal(
        window: .seconds(60), refusals: lane.refusals, random: &random)
    if let index {
      let smallest = windows.map(\.spec.seconds).min() ?? 60
      let doubled = Patience.refusal(
        window: .microseconds(Int64(smallest * 1_000_000)), refusals: lane.refusals,
        random: &random)
      until = windows[index].waitAfterRefusal(now: now) ?? now.boot + doubled
    }
    if let answer = reply.answer,
      let told = Refusal.retryAfter(status: answer.status, headers: answer.headers, now: now)
    {
      until = now.boot + told + .milliseconds(50)
    }
    close(lane, index, until: until)
    guard isNews else { return }
    let wait = spoken(seconds: Int((until - now.boot).inSeconds))
    log(.paused, "the provider refused a call (429); next one in \(wait)", lane: lane)
  }

  private func close(_ lane: Lane, _ index: Int?, until: BootTime) {
    guard let index else {
      lane.toldUntil = max(lane.toldUntil ?? until, until)
      return
    }
    if index < lane.windows.count {
      lane.windows[index].refused(until: until, now: now)
    } else {
      lane.client.windows[index - lane.windows.count].refused(until: until, now: now)
    }
  }
}

extension Lane {
  /// A good answer came: whatever trouble there was is over.
  func succeeded() {
    failures = 0
    notBefore = nil
    refusals = 0
    advice = nil
    goneStreams = [:]
    probing = nil
  }
}
