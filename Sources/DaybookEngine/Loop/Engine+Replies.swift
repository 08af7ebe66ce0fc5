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
    case .day(let work): try absorbDay(flight, lane, work, id, reply)
    case .facts(let path): try absorbFacts(flight, lane, path, reply)
    case .index(let stream): try absorbIndex(flight, lane, stream, reply)
    case .refresh: try absorbRefresh(flight, lane, reply)
    case .exchange(let login): try absorbExchange(flight, lane, login, reply)
    case .identity(let login, let grant, let answer):
      try absorbIdentity(flight, lane, login, grant, answer, reply)
    case .revoke: break
    }
  }

  /// The call's slots become ends of calls; meters, `Date` and the token's proof are read.
  private func end(_ flight: Flight, _ lane: Lane, _ reply: Reply) {
    lane.end(sends: reply.sends, now: now)
    roster.wake(lane.client)
    guard let answer = reply.answer else { return }
    health.noteDate(answer.header("date").flatMap { Instant(httpDate: $0) }, now: now)
    var garbage = MeterReader.apply(
      lane.provider.meters, headers: answer.headers, windows: &lane.windows, now: now)
    garbage += MeterReader.apply(
      lane.provider.meters, headers: answer.headers, windows: &lane.client.windows, now: now)
    health.garbageMeters += garbage
    if (200..<400).contains(answer.status) { prove(lane, flight) }
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
