import DaybookCore

/// Where answers go, by what they were asked for.
extension Engine {
  func absorbReply(_ id: CallID, _ reply: Reply) throws(DatabaseError) {
    // Given up, or forgotten when a commit failed: the slot is still counted.
    guard let flight = flights.removeValue(forKey: id) else { return discardBody(of: reply) }
    guard let lane = roster[flight.lane] else { return try absorbDeparted(flight, reply) }
    touch(lane)
    if flight.usesWindows { end(flight, lane, reply) }
    if let (disk, text) = reply.diskTrouble { pauseWriting(disk, text) }
    switch flight.purpose {
    case .days(let read): try absorbDays(flight, lane, read, id, reply)
    case .part(let read): try absorbPart(flight, lane, read, reply)
    case .walk(let part): try absorbWalk(flight, lane, part, reply)
    case .facts(let path): try absorbFacts(flight, lane, path, reply)
    case .index(let stream): try absorbIndex(flight, lane, stream, reply)
    case .changes(let stream, let read): try absorbChanges(flight, lane, stream, read, reply)
    case .refresh: try absorbRefresh(flight, lane, reply)
    case .exchange(let login): try absorbExchange(flight, lane, login, reply)
    case .identity(let login, let grant, let answer):
      try absorbIdentity(flight, lane, login, grant, answer, reply)
    case .form(let machine, let login): try absorbForm(lane, machine, login, reply)
    case .revoke: break
    }
    try judgeProbe(lane)
  }

  /// The one call for a sealed account was in vain: it is sealed again, for the reason it was.
  private func judgeProbe(_ lane: Lane) throws(DatabaseError) {
    guard let reason = lane.probing, lane.failures + lane.refreshFailures > 0 else { return }
    try seal(lane, reason)
  }

  /// The call's slots become ends of calls: of its account's windows, and of the windows of the
  /// client under which it left, which may be another one by now.
  func endSlots(
    _ flight: Flight, _ lane: Lane, sends: Int, arrivingBy latest: BootTime? = nil
  ) {
    lane.end(sends: sends, now: now, arrivingBy: latest)
    roster.wake(lane)
    let isOwn = !lane.client.isShared && flight.client.hasPrefix("a:")
    guard let client = isOwn ? lane.client : roster.client(flight.client) else { return }
    client.end(sends: sends, now: now, arrivingBy: latest)
    roster.wake(client)
  }

  /// Its slots end; meters, `Date` and the token's proof are read.
  private func end(_ flight: Flight, _ lane: Lane, _ reply: Reply) {
    endSlots(flight, lane, sends: reply.sends)
    guard let answer = reply.answer else { return }
    health.noteDate(
      answer.header("date").flatMap { Instant(httpDate: $0) }, of: lane.id, now: now)
    readMeters(lane, answer)
    // A redirect proves nothing: it may lead to the sign-in.
    if (200..<300).contains(answer.status) || answer.status == 304 { prove(lane, flight) }
    takeCookies(lane, flight, answer)
  }

  /// All windows together: a meter may speak of the app's and of the account's.
  private func readMeters(_ lane: Lane, _ answer: Answer) {
    guard !lane.provider.meters.isEmpty else { return }
    var all = lane.allWindows
    health.garbageMeters += MeterReader.apply(
      lane.provider.meters, headers: answer.headers, windows: &all, now: now)
    let own = lane.windows.count
    lane.windows = Array(all[..<own])
    lane.client.windows = Array(all[own...])
  }

  /// A call with this token has succeeded: the pair before it may go.
  private func prove(_ lane: Lane, _ flight: Flight) {
    guard var grant = lane.grant, !grant.proven, flight.generation == grant.generation else {
      return
    }
    grant.proven = true
    grant.previousRefresh = nil
    lane.grant = grant
    lane.triedPrevious = false
    lane.newTokensRefused = 0
    store(grant, lane, answer: nil)
  }

  /// Commits a grant. A failure here stops the process: tokens are the one thing that cannot be
  /// asked for again.
  func store(_ grant: Grant, _ lane: Lane, answer: [UInt8]?) {
    do {
      try book.put(grant, account: lane.name, answer: answer)
    } catch {
      fail(error)
    }
  }
}

extension Reply {
  /// The disk had no room for the answer, or the archive was away.
  var diskTrouble: (Health.Disk, String)? {
    guard case .failed(let failure) = outcome else { return nil }
    return switch failure.reason {
    case .diskFull: (.full, failure.detail)
    case .archiveAway: (.away, failure.detail)
    case .resolve, .connect, .tls, .timeout, .cut, .tooLarge, .malformed, .forbidden, .cancelled,
      .disk:
      nil
    }
  }
}
