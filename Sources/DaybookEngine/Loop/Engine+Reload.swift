import DaybookCore

/// A reload is a difference: what stays goes on untouched, calls in flight end under the old
/// settings.
extension Engine {
  func absorbSettings(_ new: Configuration) throws(DatabaseError) {
    if let problem = try unchangeable(new) { return absorbRefusal([problem]) }
    let old = configuration
    configuration = new
    try change(to: new.keyring)
    var changes: [String] = []
    for settings in new.settings.accounts {
      changes += try apply(settings, old)
    }
    let names = Set(new.settings.accounts.map(\.name))
    for lane in roster.all where !names.contains(lane.name) {
      try remove(lane)
      changes.append("removed \(lane.name)")
    }
    health.endingsSeenOn = nil
    coverages = [:]
    endReload(changes)
  }

  /// What a reload must not do: another provider under an old name, another archive.
  private func unchangeable(_ new: Configuration) throws(DatabaseError) -> String? {
    if new.settings.archive != configuration.settings.archive {
      return "archive: the place of the archive changes with a restart only"
    }
    if let problem = try refusal(of: new.keyring) { return problem }
    return conflict(new.settings, try accountsByName())
  }

  private func apply(_ settings: AccountSettings, _ old: Configuration) throws(DatabaseError)
    -> [String]
  {
    if let was = settings.was, roster.named(settings.name) == nil, let lane = roster.named(was) {
      try rename(lane, settings)
      return ["renamed \(was) to \(settings.name)"]
    }
    guard let lane = roster.named(settings.name) else {
      try takeNewName(settings)
      let known = try accountsByName()[settings.name]
      guard let lane = try addLane(settings, row: known) else { return [] }
      // It may have been removed before it was renamed.
      if known != nil, let was = settings.was { move(lane, from: was) }
      touch(lane)
      log(.accountAdded, "added", lane: lane)
      return ["added \(settings.name)"]
    }
    if lane.stopped != nil, !moving.contains(lane.name) {
      lane.stopped = nil
      // What stood in the way of its folder may have been mended.
      if let was = settings.was { move(lane, from: was) }
      roster.wake(lane)
      touch(lane)
    }
    guard differs(lane, settings, old) else { return [] }
    try replace(lane, settings)
    return ["changed \(settings.name)"]
  }

  private func differs(_ lane: Lane, _ settings: AccountSettings, _ old: Configuration) -> Bool {
    let client = settings.client
    return lane.settings != settings
      || lane.provider != configuration.providers[settings.provider]
      || client.flatMap { old.settings.client($0) }
        != client.flatMap { configuration.settings.client($0) }
      || client.flatMap { old.secrets[$0] } != client.flatMap { configuration.secrets[$0] }
  }

  /// The lane is made anew from the same rows; what is in flight comes back to it, and its windows
  /// go on counting.
  private func replace(_ lane: Lane, _ settings: AccountSettings) throws(DatabaseError) {
    let others = roster.all.filter { $0.client === lane.client && $0.id != lane.id }
    for other in others + [lane] { roster.remove(other) }
    guard let new = try addLane(settings, row: lane.account) else { return }
    new.takeOver(lane)
    for other in others {
      let current = configuration.settings.account(other.name) ?? other.settings
      guard let lane = try addLane(current, row: other.account) else { continue }
      lane.takeOver(other)
      touch(lane)
    }
    touch(new)
  }

  // MARK: Telling

  private func endReload(_ changes: [String]) {
    log(
      .reloaded,
      changes.isEmpty ? "reloaded, nothing changed" : "reloaded: " + changes.joined(separator: ", ")
    )
    for command in reloadCommands {
      out.append(.answer(command, .reloaded(changes: changes), continues: false))
    }
    finishReload()
  }

  /// The old settings stay.
  func absorbRefusal(_ problems: [String]) {
    for problem in problems.prefix(Limits.toldProblems) { log(.reloadRefused, problem) }
    log(.reloadRefused, "the settings have \(count(problems.count, "problem")); the old ones stay")
    for command in reloadCommands {
      out.append(.answer(command, .failed(.invalidSettings(problems)), continues: false))
    }
    finishReload()
  }

  private func finishReload() {
    reloadCommands = []
    if reloadFromSignal {
      reloadFromSignal = false
      out.append(.reloaded)
    }
  }

  // MARK: Waits

  /// A lane waits: said once for each reason and each long wait, with the time it goes on.
  func noteWait(_ lane: Lane, _ view: LaneView, until moment: BootTime) {
    guard case .at = view.opening, lane.missing > 0, moment - now.boot > .milliseconds(500) else {
      return
    }
    let name = closedWindow(lane) ?? "window"
    let wait = moment - now.boot
    let isLonger = lane.pausedUntil.map { moment - $0 > .seconds(90) } ?? true
    guard lane.pausedReason != name || (wait > .seconds(90) && isLonger) else { return }
    lane.pausedReason = name
    lane.pausedUntil = moment
    let length = spoken(seconds: Int((wait.inMicroseconds + 999_999) / 1_000_000))
    let end = (now.wall + wait).clockText
    log(
      .paused,
      "the \(name) window is used up; going on at \(end), in \(length)", lane: lane)
  }
}

extension Lane {
  /// Goes on where another left off that is replaced by this one.
  func takeOver(_ old: Lane) {
    inFlight = old.inFlight
    busy = old.busy
    pagesToAsk = old.pagesToAsk
    probing = old.probing
    factInFlight = old.factInFlight
    awaitRefresh(of: old)
    mustRefresh = old.mustRefresh
    dataIsGone = old.dataIsGone
    tokensGoneSince = old.tokensGoneSince
    newTokensRefused = old.newTokensRefused
    toIdentify = old.toIdentify
    identifying = old.identifying
    loginToFinish = old.loginToFinish
    calls = old.calls
    storedTimes = old.storedTimes
    lastStored = old.lastStored
    lastProgress = old.lastProgress
    toldUntil = old.toldUntil
    refusals = old.refusals
    refusedAt = old.refusedAt
    triedPrevious = old.triedPrevious
    refreshFailures = old.refreshFailures
    refreshRetryAt = old.refreshRetryAt
    verifyAt = old.verifyAt
    pausedReason = old.pausedReason
    pausedUntil = old.pausedUntil
    inheritWindows(of: old)
  }

  private func inheritWindows(of old: Lane) {
    for i in windows.indices {
      guard let same = old.windows.first(where: { $0.spec.name == windows[i].spec.name }) else {
        continue
      }
      windows[i].inherit(same)
    }
    // The windows of another app say nothing about this one's.
    let isSame = client.owner == old.client.owner || !(client.isShared || old.client.isShared)
    guard client !== old.client, isSame else { return }
    for i in client.windows.indices {
      let name = client.windows[i].spec.name
      if let same = old.client.windows.first(where: { $0.spec.name == name }) {
        client.windows[i].inherit(same)
      }
    }
  }
}
