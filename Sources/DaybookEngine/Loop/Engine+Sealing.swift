import DaybookCore

/// Providers end: what an answer that says so does, and the seal.
extension Engine {
  // MARK: An answer that speaks of an end

  func absorbEnd(
    _ lane: Lane, _ read: DaysRead, _ keys: [DayKey], _ flight: Flight, _ judgement: Judgement,
    _ reply: Reply
  ) throws(DatabaseError) {
    guard let step = endStep(lane, flight, judgement, reply) else { return }
    switch step {
    case .askTokens: askTokens(lane)
    case .beyond, .beyondCounted:
      // Which of many days it speaks of, fewer of them will show.
      guard read.isSingle else { return lane.narrow(read.stream, from: read.works.count) }
      let row = try ledger.row(keys[0])
      try end(lane, keys[0], row, .beyond, "the provider can no longer give it")
      if step == .beyondCounted { try countGone(lane, [read.stream]) }
    case .seal:
      try seal(lane, lane.probing ?? judgement.telling("the provider says that it has ended"))
    case .later:
      lane.dataIsGone = true
      noteTrouble(lane, flight, Engine.onlyHalf, reply, message: .serverTrouble)
      if read.isSingle { try fail(lane, keys[0], try ledger.row(keys[0]), Engine.onlyHalf) }
    }
  }

  /// The same of an answer about the account, or of an index; true: there is nothing more to do.
  func absorbEnd(
    _ lane: Lane, _ flight: Flight, _ judgement: Judgement, _ reply: Reply
  ) throws(DatabaseError) -> Bool {
    guard let step = endStep(lane, flight, judgement, reply) else { return false }
    switch step {
    case .askTokens: askTokens(lane)
    case .seal:
      try seal(lane, lane.probing ?? judgement.telling("the provider says that it has ended"))
    case .beyondCounted:
      // Nothing else is asked before this is answered: it stands for every stream.
      try countGone(lane, lane.streams.map(\.row.number))
      return lane.record.sealedAt != nil
    case .beyond, .later: return false
    }
    return true
  }

  private static let onlyHalf = "the provider says that it has ended, but its tokens still work"

  private func endStep(
    _ lane: Lane, _ flight: Flight, _ judgement: Judgement, _ reply: Reply
  ) -> EndStep? {
    let isExplained = question(flight, reply).isExplained
    guard let claim = EndClaim(judgement.verdict, isExplained: isExplained) else { return nil }
    // The one call for a sealed account: that it had ended was known.
    if lane.probing != nil, claim != .day { return .seal }
    // Both have said it, in whatever order.
    if lane.tokensGoneSince != nil, claim != .day { return .seal }
    // Half of the word, until a refresh works: with a fresh token the other half comes later.
    if claim == .bare { lane.dataIsGone = true }
    return claim.step(tokenWord(lane))
  }

  private func askTokens(_ lane: Lane) {
    lane.mustRefresh = true
    lane.dataIsGone = true
  }

  /// The token endpoint says that the service has ended: believed where the data or the calendar
  /// say so too, or when it has said so for a day. One stray answer seals nothing.
  func absorbTokensGone(_ lane: Lane, _ judgement: Judgement, _ reply: Reply)
    throws(DatabaseError)
  {
    let since = lane.tokensGoneSince ?? now.boot
    lane.tokensGoneSince = since
    let isSure = lane.dataIsGone || isOver(lane) || lane.probing != nil
    guard isSure || now.boot - since >= .days(1)
    else { return retryRefresh(lane, judgement.reason, reply) }
    try seal(lane, judgement.telling("the token endpoint says that the provider has ended"))
  }

  /// A refresh that worked speaks for the service for a while, so that a long history that is past
  /// reach costs few of them.
  private func tokenWord(_ lane: Lane) -> TokenWord {
    guard lane.provider.login == .code, lane.grant?.refresh != nil, lane.builder.token != nil
    else { return .none }
    guard let at = lane.refreshedAt, now.boot - at < Limits.tokenWord else { return .unasked }
    return .alive
  }

  /// For three streams over a day it is the provider that is gone, or for every stream where there
  /// are fewer.
  private func countGone(_ lane: Lane, _ streams: [Int]) throws(DatabaseError) {
    for stream in streams { lane.goneStreams[stream] = lane.goneStreams[stream] ?? now.wall }
    let old = lane.goneStreams.values.filter { now.wall - $0 >= .days(1) }.count
    guard old > 0, old >= min(3, lane.streams.count) else { return }
    try seal(lane, "410 for \(count(old, "stream")) over a day")
  }

  // MARK: The seal

  /// No more calls: the provider has ended. The archive stays whole and readable.
  func seal(_ lane: Lane, _ reason: String) throws(DatabaseError) {
    guard lane.record.sealedAt == nil else { return }
    lane.record.sealedAt = now.wall
    lane.record.sealReason = reason
    lane.probing = nil
    try book.put(lane.record)
    try learnLastSeen(lane)
    touch(lane)
    log(
      .accountSealed,
      "\(reason): no more calls. \(count(lane.stored, "day")) are kept; nothing needs to be done",
      lane: lane)
    logins[lane.id] = nil
    failLogin(lane, reason)
    try endResyncs(of: lane, .accountSealed(account: lane.name, reason: reason))
  }

  /// Open days of a sealed account stay open for ever: as they were last seen.
  func learnLastSeen(_ lane: Lane) throws(DatabaseError) {
    lane.lastSeen = nil
    guard lane.record.sealedAt != nil else { return }
    for stream in lane.streams where stream.row.counts[.open] > 0 {
      let seen = try lastSeen(lane, stream)
      lane.lastSeen = [lane.lastSeen, seen].compactMap { $0 }.max()
    }
  }

  func lastSeen(_ lane: Lane, _ stream: LaneStream) throws(DatabaseError) -> Day? {
    guard lane.record.sealedAt != nil else { return nil }
    return try ledger.lastSeen(account: lane.id, stream: stream.row.number)
      .map { lane.zone.day(at: $0) }
  }

  /// Why nobody can sign in to a sealed account, and where its history goes on.
  func sealedAdvice(_ lane: Lane, _ reason: String) -> String {
    guard let next = lane.provider.successor else { return reason }
    // It may have ended before the day that it had announced.
    let sealed = lane.record.sealedAt.map { lane.zone.day(at: $0) }
    let day = [lane.ending?.sunset, sealed].compactMap { $0 }.min()
    let when = day.map { " on \($0)" } ?? ""
    let timeline =
      lane.settings.timeline.map { " and timeline: \($0)" }
      ?? ", and give both accounts the same timeline:"
    return "\(lane.provider.title) ended\(when); its successor here is \(next): "
      + "add an account with provider: \(next)\(timeline)"
  }
}
