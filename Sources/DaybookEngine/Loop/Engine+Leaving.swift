import DaybookCore

/// Accounts that are renamed or leave the settings, with what is under way for them.
extension Engine {
  // MARK: Renaming

  /// Why settings cannot go with the accounts that the ledger knows; nil: they can.
  func conflict(_ settings: Settings, _ known: [String: AccountRow]) -> String? {
    for account in settings.accounts {
      let row = known[account.name]
      let former = account.was.flatMap { known[$0] }
      if row != nil, let former {
        return
          "account \(account.name): \(former.name) cannot get this name, since there is such an "
          + "account in the ledger; give it another name"
      }
      if let old = row ?? former, old.provider != account.provider {
        return "account \(old.name) is at \(old.provider) and cannot become one at "
          + "\(account.provider); give it another name"
      }
    }
    return nil
  }

  /// An account of this name is not known, and the one that it `was` is: the rows take the new
  /// name. Ledger and account book are asked apart: a kill may have come between their commits.
  func takeNewName(_ settings: AccountSettings) throws(DatabaseError) {
    guard let was = settings.was else { return }
    let known = try ledger.accounts()
    if !known.contains(where: { $0.name == settings.name }),
      var row = known.first(where: { $0.name == was })
    {
      row.name = settings.name
      try ledger.setAccount(row)
      try ledger.renameWindows(from: "a:" + was, to: "a:" + settings.name)
    }
    if try book.record(settings.name) == nil, try book.record(was) != nil {
      try book.rename(was, to: settings.name)
    }
  }

  /// At the start: whether the folders have their new names yet, nobody knows.
  func moveRenamed() {
    for lane in roster.all {
      if let was = lane.settings.was { move(lane, from: was) }
    }
  }

  func move(_ lane: Lane, from was: String) {
    lane.stopped = "its folder is being renamed"
    moving.insert(lane.name)
    out.append(.move(from: was, to: lane.name))
  }

  func rename(_ lane: Lane, _ settings: AccountSettings) throws(DatabaseError) {
    let old = lane.name
    giveUpCalls(of: lane)
    roster.remove(lane)
    for window in lane.windows {
      try ledger.setWindow(owner: "a:" + old, name: window.spec.name, window.stored(now: now))
    }
    try takeNewName(settings)
    var row = lane.account
    row.name = settings.name
    guard let new = try addLane(settings, row: row) else { return }
    new.takeOver(lane)
    touch(new)
    log(.accountRenamed, "was \(old)", lane: new)
    move(new, from: old)
  }

  func absorbMove(from: String, to: String, ok: Bool) throws(DatabaseError) {
    moving.remove(to)
    if let lane = roster.named(to) {
      lane.stopped =
        ok
        ? nil : "its folder \(from) could not be renamed to \(to): rename it by hand, then reload"
      if let reason = lane.stopped { log(.bug, reason, lane: lane) }
      roster.wake(lane)
      touch(lane)
    }
    if moving.isEmpty { try checkAtStart() }
  }

  // MARK: Leaving

  func remove(_ lane: Lane) throws(DatabaseError) {
    giveUpCalls(of: lane)
    roster.remove(lane)
    health.forgetDate(of: lane.id)
    if lane.refreshing { departed[lane.id] = lane }
    if let login = lane.loginToFinish { finish(login, .failed(.noSuchAccount(lane.name))) }
    try endResyncs(of: lane, .noSuchAccount(lane.name))
    try retire(lane.account)
    if let kept = retired[lane.id] { touch(kept) }
    log(.accountRemoved, "removed from the settings; its archive stays", lane: lane)
  }

  /// Calls under way end here; the provider may still count them until they would time out. Days
  /// that were read and wait for the archive are asked again.
  private func giveUpCalls(of lane: Lane) {
    touch(lane)
    for id in flights.keys.sorted() {
      guard let flight = flights[id], flight.lane == lane.id, flight.usesWindows else { continue }
      flights[id] = nil
      out.append(.cancel(id))
      endSlots(flight, lane, sends: 1, arrivingBy: flight.sentAt + lane.timeout)
      if case .days(let read) = flight.purpose { giveUp(read, lane) }
      if case .identity(let login, _, _) = flight.purpose {
        finish(login, .failed(.noSuchAccount(lane.name)))
      }
    }
    if let login = lane.toIdentify?.login { finish(login, .failed(.noSuchAccount(lane.name))) }
    lane.toIdentify = nil
    lane.factInFlight = false
    discardPages(of: lane)
    for id in assemblies.keys.sorted() where assemblies[id]?.lane == lane.id {
      for key in assemblies.removeValue(forKey: id)?.read.keys(account: lane.id) ?? [] {
        lane.busy.remove(key)
      }
    }
    for id in waitingToFile where filings[id]?.lane == lane.id {
      guard let filing = filings.removeValue(forKey: id) else { continue }
      out.append(.discard(filing.item.spooled))
      lane.busy.remove(filing.key)
    }
    waitingToFile.removeAll { filings[$0] == nil }
  }

  /// The answer to a call of an account that has left.
  func absorbDeparted(_ flight: Flight, _ reply: Reply) throws(DatabaseError) {
    discardBody(of: reply)
    switch flight.purpose {
    case .refresh:
      guard let lane = departed.removeValue(forKey: flight.lane) else { return }
      try absorbRefresh(flight, lane, reply)
    case .exchange(let login):
      let name = try ledger.accounts().first { $0.id == flight.lane }?.name
      finish(login, .failed(.noSuchAccount(name ?? "")))
    case .days(let read), .part(let read):
      for spooled in read.spooled { out.append(.discard(spooled)) }
    case .form(_, nil): departed[flight.lane] = nil
    case .form(_, let login?):
      let name = try ledger.accounts().first { $0.id == flight.lane }?.name
      finish(login, .failed(.noSuchAccount(name ?? "")))
    case .walk, .facts, .index, .changes, .identity, .revoke: break
    }
  }
}
