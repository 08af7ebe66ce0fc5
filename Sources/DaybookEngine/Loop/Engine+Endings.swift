import DaybookCore

/// Providers announce their end: warnings, and what is different before and after it.
extension Engine {
  // MARK: Before the end

  /// The last day that the lane's provider has announced, if that is near or over: what is missing
  /// is urgent.
  func presses(_ lane: Lane) -> Bool { lane.ending?.presses(on: today(lane)) ?? false }

  /// The provider should no longer be there. Until it says so itself a few calls are made.
  func isOver(_ lane: Lane) -> Bool { lane.ending?.isOver(on: today(lane)) ?? false }

  /// Between calls after so many failures in a row.
  func patience(_ lane: Lane, failures: Int) -> Duration {
    let wait = Patience.lane(failures: max(1, failures), random: &random)
    return failures >= 3 && isOver(lane) ? max(wait, Patience.over(random: &random)) : wait
  }

  /// Looks once a day, and after a start or a reload. What was said when is in the ledger, so that
  /// restarts neither repeat it on the same day nor forget it.
  func warnOfEndings() throws(DatabaseError) {
    let today = Zone.utc.day(at: now.wall)
    guard health.clockIsTrusted, health.endingsSeenOn != today else { return }
    let atStart = health.endingsSeenOn == nil
    health.endingsSeenOn = today
    for lane in roster.all where lane.record.sealedAt == nil {
      guard let ending = lane.ending else { continue }
      let said = try ledger.warning(account: lane.id)
      let last = said?.sunset == ending.sunset ? said?.on : nil
      guard ending.warns(on: today, last: last, atStart: atStart) else { continue }
      try ledger.setWarning(account: lane.id, on: today, sunset: ending.sunset)
      log(.providerEnding, warning(lane, ending, today), lane: lane)
    }
  }

  private func warning(_ lane: Lane, _ ending: Ending, _ today: Day) -> String {
    var text = "\(lane.provider.title) \(ending.text(on: today))"
    if lane.missing > 0 { text += "; \(count(lane.missing, "day")) still to read" }
    if let next = lane.provider.successor { text += "; its successor here is \(next)" }
    return text
  }

  /// For `systemctl status`: `p ends in 34 days`, each provider once.
  func endings(_ lanes: [Lane]) -> [String] {
    var out: [String] = []
    for lane in lanes where lane.record.sealedAt == nil && presses(lane) {
      guard let ending = lane.ending else { continue }
      let text = "\(lane.provider.name) \(ending.brief(on: Zone.utc.day(at: now.wall)))"
      if !out.contains(text) { out.append(text) }
    }
    return out
  }
}

extension Lane {
  /// What its provider has announced; a server of one's own ends when its owner says so.
  var ending: Ending? {
    guard settings.origin == nil, !account.removed else { return nil }
    return provider.sunset.map { Ending($0) }
  }

  /// Days that are missing and may still come: none of a sealed account's.
  var stillToRead: Int { record.sealedAt == nil ? missing : 0 }
}
