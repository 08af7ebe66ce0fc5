import DaybookCore

/// What a lane knows, gathered for ``plan(_:now:)``.
extension Engine {
  func view(_ lane: Lane) throws(DatabaseError) -> LaneView {
    var view = LaneView()
    guard health.lets, isOpen(lane) else {
      view.standing = .closed
      return view
    }
    try warnOfSignInEnd(lane)
    view.refresh = refreshNeed(lane)
    view.refreshInFlight = lane.refreshing
    view.notBefore = lane.waitsUntil
    view.opening = lane.opening(now: now)
    view.inFlight = lane.inFlight
    // A service in trouble is asked by one call at a time until it has answered one.
    if lane.probing != nil || isOver(lane) || lane.failures >= 3 { view.inFlightLimit = 1 }
    refreshFacts(lane)
    if !lane.factInFlight { view.fact = lane.pendingFacts.first }
    view.hasPage = !lane.pagesToAsk.isEmpty
    view.walksBack = walksBack(lane)
    view.knowsDays = lane.record.firstDay != nil && health.clockIsTrusted && !health.isRebuilding
    guard view.knowsDays else {
      view.nextDue = boot(nextOccasion(lane))
      return view
    }
    try makeDays(lane)
    view.index = indexDue(lane)
    view.changes = try changesDue(lane)
    try loadWork(lane)
    view.work = lane.queue.next
    if view.work == nil { try considerVerifying(lane, &view) }
    // The check wakes the lane.
    if let work = view.work, isUnchecked(lane, work) { view.work = nil }
    return view
  }

  func isOpen(_ lane: Lane) -> Bool {
    lane.record.pausedAt == nil && lane.record.sealedAt == nil && lane.stopped == nil
      && !moving.contains(lane.name) && lane.record.signInReason == nil && !lane.identifying
      && (lane.provider.login == .none || lane.grant != nil)
  }

  private func refreshNeed(_ lane: Lane) -> LaneView.Refresh {
    guard lane.provider.login != .none, let grant = lane.grant else { return .notDue }
    let stale = lane.mustRefresh || grant.isExpired(at: now.wall)
    if grant.refresh == nil { return stale ? .impossible : .notDue }
    let soon = grant.refreshAt.map { $0 <= now.wall } ?? false
    guard stale || soon || lane.intentOpen else { return .notDue }
    // While the token still serves, a token endpoint in trouble stops nothing.
    return lane.refreshFailures > 0 && !stale && !tokenRetryIsDue(lane) ? .notDue : .due
  }

  private func tokenRetryIsDue(_ lane: Lane) -> Bool {
    lane.refreshRetryAt.map { $0 <= now.boot } ?? true
  }

  /// A civil moment on the boot clock; steps of the civil clock are healed by waking often.
  func boot(_ moment: Instant) -> BootTime { now.boot + max(.zero, moment - now.wall) }

  /// When facts, a new day or a refresh come due by themselves.
  private func nextOccasion(_ lane: Lane) -> Instant {
    let retry = lane.refreshRetryAt.map { now.wall + ($0 - now.boot) }
    // What should have come already waits for something else: its answer, or the clock's trust.
    let occasions = [
      factsNextAt(lane), lane.grant?.refreshAt, retry,
      lane.grant?.term?.nextWarning,
      lane.today.map { lane.zone.start(of: $0 + 1) },
    ].compactMap { $0 }.filter { $0 > now.wall }
    let latest = now.wall + untilNextRound
    return min(occasions.min() ?? latest, latest)
  }

  // MARK: Days

  /// The lane's today, by its zone.
  func today(_ lane: Lane) -> Day { lane.zone.day(at: now.wall) }

  /// Rows for days that have begun since the lane was last looked at, and for an account's whole
  /// history when its first day has become known.
  func makeDays(_ lane: Lane) throws(DatabaseError) {
    let today = today(lane)
    try forgetDaysToCome(lane, today: today)
    guard let known = lane.record.firstDay, lane.today.map({ $0 < today }) ?? true else { return }
    let first = max(known, lane.settings.since ?? known)
    for i in lane.streams.indices where first <= today {
      let begin = try beginning(lane, lane.streams[i], first, today: today)
      try makeDays(lane, i, first: begin, today: today)
    }
    lane.today = today
    lane.queue.invalidate()
    touch(lane)
  }

  private func makeDays(_ lane: Lane, _ i: Int, first: Day, today: Day) throws(DatabaseError) {
    let row = lane.streams[i].row
    // Without rows all days are behind the last one.
    let oldFirst = row.first ?? first
    let oldLast = row.last ?? first - 1
    if first < oldFirst { try add(lane, i, from: first, to: oldFirst - 1) }
    if today > oldLast { try add(lane, i, from: oldLast + 1, to: today) }
    lane.streams[i].row.first = min(first, oldFirst)
    lane.streams[i].row.last = max(today, oldLast)
    if let reach = lane.streams[i].spec.reach {
      try ledger.hurry(
        account: lane.id, stream: row.number, from: today - reach, to: today - reach + 2)
    }
  }

  /// The last week is fresh, what is older is backfill.
  private func add(_ lane: Lane, _ i: Int, from: Day, to: Day) throws(DatabaseError) {
    let number = lane.streams[i].row.number
    let week = max(from, today(lane) - 6)
    let old = try ledger.addMissing(
      account: lane.id, stream: number, from: from, to: min(to, week - 1), .backfill)
    let new = try ledger.addMissing(
      account: lane.id, stream: number, from: week, to: to, .fresh)
    lane.streams[i].row.counts.addMissing(old + new)
    lane.streams[i].isDirty = true
    lane.backfillWasComplete = lane.backfillWasComplete && to == from
  }

  private func loadWork(_ lane: Lane) throws(DatabaseError) {
    if let due = lane.nextDue, due <= now.wall {
      if try ledger.promote(account: lane.id, now: now.wall) > 0 { lane.queue.invalidate() }
      lane.nextDue = try ledger.nextDue(account: lane.id)
    }
    guard !lane.queue.isLoaded else { return }
    _ = try ledger.promote(account: lane.id, now: now.wall)
    lane.nextDue = try ledger.nextDue(account: lane.id)
    let limit = Limits.daysInQuery + lane.busy.count
    let isFree = { (work: DayWork) in
      !lane.busy.contains(DayKey(account: lane.id, stream: work.stream, day: work.day))
    }
    let streams = lane.streams.map(\.row.number)
    func ready(_ classes: ClosedRange<WorkClass>) throws(DatabaseError) -> [DayWork] {
      try ledger.ready(account: lane.id, streams: streams, classes: classes, limit: limit)
        .filter(isFree)
    }
    if presses(lane) {
      try ledger.hurry(account: lane.id)
      // The queue's smaller share is for days that are only read again, so that none starves.
      let again = try ready(.fresh...(.backfill)).prefix(Limits.daysInQuery / 4)
      lane.queue.load(pressing: try ready(.forced...(.urgent)), backfill: Array(again))
    } else {
      lane.queue.load(
        pressing: try ready(.forced...(.fresh)), backfill: try ready(.backfill...(.backfill)))
    }
  }

  // MARK: When nothing is due

  private func considerVerifying(_ lane: Lane, _ view: inout LaneView) throws(DatabaseError) {
    var next = nextOccasion(lane)
    if let due = lane.nextDue { next = min(next, max(due, now.wall + .milliseconds(1))) }
    view.nextDue = boot(next)
    if lane.missing > 0, presses(lane) { return }
    if let at = lane.verifyAt, at > now.boot {
      view.nextDue = min(boot(next), at)
    } else if lane.inFlight == 0, let work = try nextToVerify(lane) {
      view.work = work
    } else {
      lane.verifyAt = now.boot + .minutes(10)
    }
  }

  /// Final days are read again with spare budget: a random sample first, then each that was read
  /// once only, then each whose age has doubled since, at least yearly.
  private func nextToVerify(_ lane: Lane) throws(DatabaseError) -> DayWork? {
    for i in lane.streams.indices where !lane.streams[i].spec.isSnapshot {
      let row = lane.streams[i].row
      guard let first = row.first, let last = row.last else { continue }
      var start = row.verifyCursor ?? first - 1
      if row.counts.confirmed < Engine.verifySample {
        start = Day(number: Int.random(in: first.number...last.number, using: &random)) - 1
      }
      for from in [start, first - 1] {
        if let day = try ledger.nextToVerify(
          account: lane.id, stream: row.number, after: from, now: now.wall)
        {
          return DayWork(stream: row.number, day: day, workClass: .verify)
        }
      }
    }
    return nil
  }

  /// 300 unchanged days say that less than 1 % differ, at 95 % confidence.
  static let verifySample = 300

  /// Re-verification takes at most a twentieth of each window, and one call a minute where there
  /// is none.
  func verifyPace(_ lane: Lane) -> Duration {
    let windows = lane.allWindows
    guard !windows.isEmpty else { return .minutes(1) }
    return windows.map { window in
      .microseconds(Int64(window.spec.seconds * 20_000_000 / Double(max(1, window.limit))))
    }.max() ?? .minutes(1)
  }
}
