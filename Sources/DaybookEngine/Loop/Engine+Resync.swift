import DaybookCore

/// Reading days again because somebody asked.
extension Engine {
  func beginResync(_ command: Command, _ request: ResyncRequest) throws(DatabaseError) {
    guard let lane = roster.named(request.account) else {
      return answer(command, .failed(.noSuchAccount(request.account)))
    }
    if let problem = try refusal(of: request, lane) { return answer(command, .failed(problem)) }
    let keys = try days(of: request, lane)
    guard keys.count <= Limits.resyncDays * max(1, lane.streams.count) else {
      return answer(command, .failed(.invalidRange("too many days at once")))
    }
    try ledger.forgetResyncs(before: now.wall - .days(30))
    let id = try ledger.addResync(account: lane.id, days: keys, now: now.wall)
    for key in keys { try force(lane, key) }
    lane.queue.invalidate()
    touch(lane)
    roster.wake(lane)
    var progress = ResyncProgress(id: id, total: keys.count)
    progress.state = resyncState(lane, progress)
    let ends = !command.more || progress.state == .done
    answer(command, .resync(progress), continues: !ends)
    if !ends { resyncWatchers[id, default: []].append(command.id) }
  }

  /// What is wrong with a request; nil: nothing.
  private func refusal(of request: ResyncRequest, _ lane: Lane) throws(DatabaseError)
    -> ControlError?
  {
    if let stream = request.stream, !lane.streams.contains(where: { $0.spec.name == stream }) {
      return .noSuchStream(account: lane.name, stream: stream)
    }
    if let reason = lane.record.sealReason {
      return .accountSealed(account: lane.name, reason: reason)
    }
    if lane.signInReason != nil || (lane.provider.login != .none && lane.grant == nil) {
      return .signInNeeded(account: lane.name, command: "daybook login \(lane.name)")
    }
    guard let first = lane.streams.compactMap(\.row.first).min(),
      let last = lane.streams.compactMap(\.row.last).max()
    else { return .invalidRange("the account's days are not known yet") }
    if let from = request.from, let to = request.to, from > to {
      return .invalidRange("\(from) is after \(to)")
    }
    if (request.from ?? first) > last || (request.to ?? last) < first {
      return .invalidRange("\(lane.name) has days from \(first) to \(last)")
    }
    if let stream = lane.streams.first(where: { $0.spec.name == request.stream }),
      stream.spec.isSnapshot, try days(of: request, lane).isEmpty
    {
      return .invalidRange("\(stream.spec.name) is a snapshot: it can be asked for today only")
    }
    return nil
  }

  /// The days asked for. Without a range: the open ones and the last 7; with `all`, every one.
  private func days(of request: ResyncRequest, _ lane: Lane) throws(DatabaseError) -> [DayKey] {
    var keys: [DayKey] = []
    for stream in lane.streams where request.stream ?? stream.spec.name == stream.spec.name {
      guard let first = stream.row.first, let last = stream.row.last else { continue }
      let isOpenRange = request.from == nil && request.to == nil && !request.all
      let earliest = stream.spec.isSnapshot ? today(lane) : first
      let from = max(earliest, request.from ?? first)
      let to = min(last, request.to ?? last)
      guard from <= to else { continue }
      let rows = try ledger.rows(
        account: lane.id, stream: stream.row.number, from: from, to: to)
      keys += rows.filter { !isOpenRange || $0.state == .open || $0.key.day > last - 7 }
        .map(\.key)
    }
    return keys
  }

  private func force(_ lane: Lane, _ key: DayKey) throws(DatabaseError) {
    guard let before = try ledger.row(key) else { return }
    var row = before
    row.workClass = .forced
    row.nextAt = nil
    if row.state == .refused || row.state == .beyond { row.state = .missing }
    try write(lane, row, before: before)
  }

  /// A day had its good read or its verdict.
  func advanceResyncs(_ lane: Lane, _ key: DayKey, changed: Bool, refused: Bool = false)
    throws(DatabaseError)
  {
    let ids = try ledger.resyncs(of: key)
    guard !ids.isEmpty else { return }
    try ledger.advanceResyncs(ids, key, changed: changed, refused: refused)
    for id in ids {
      guard var progress = try ledger.resync(id) else { continue }
      progress.state = resyncState(lane, progress)
      tell(id, progress)
      if progress.state == .done {
        log(
          .resyncDone,
          "resync \(id) is done: \(count(progress.total, "day")), \(progress.changed) changed",
          lane: lane)
      }
    }
  }

  private func resyncState(_ lane: Lane, _ progress: ResyncProgress) -> ResyncProgress.State {
    if progress.done >= progress.total { return .done }
    if lane.signInReason != nil { return .signInNeeded }
    return lane.record.pausedAt == nil ? .working : .paused
  }

  private func tell(_ id: Int, _ progress: ResyncProgress) {
    guard let commands = resyncWatchers[id] else { return }
    let ends = progress.state == .done || progress.state == .signInNeeded
    for command in commands {
      out.append(.answer(command, .resync(progress), continues: !ends))
    }
    if ends { resyncWatchers[id] = nil }
  }

  /// The account was paused, or needs a sign-in: who waits for its resyncs is told.
  func tellResyncs(of lane: Lane) throws(DatabaseError) {
    for id in resyncWatchers.keys.sorted() {
      guard try ledger.resyncAccount(id) == lane.id, var progress = try ledger.resync(id) else {
        continue
      }
      progress.state = resyncState(lane, progress)
      if progress.state != .working { tell(id, progress) }
    }
  }

  /// The account is gone or sealed: nobody waits for its resyncs any longer.
  func endResyncs(of lane: Lane, _ error: ControlError) throws(DatabaseError) {
    for id in resyncWatchers.keys.sorted() {
      guard try ledger.resyncAccount(id) == lane.id else { continue }
      for command in resyncWatchers.removeValue(forKey: id) ?? [] {
        out.append(.answer(command, .failed(error), continues: false))
      }
    }
  }
}
