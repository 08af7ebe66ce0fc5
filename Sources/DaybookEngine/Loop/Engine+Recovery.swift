import DaybookCore

/// A batch whose commit failed. With a full disk, memory is made again from the databases, as at a
/// restart, and work waits for space; anything else ends the process.
extension Engine {
  func recover(from error: DatabaseError, _ events: [Event]) {
    takeBack(events)
    guard error.kind == .full, health.fatal == nil else { return fail(error) }
    do {
      try reloadFromLedger()
      pauseWriting(.full, "the ledger: \(error.message)")
      for event in events { try hearAgain(event) }
    } catch {
      fail(error)
    }
  }

  /// Nothing of the batch was done: what was to leave stays, and who asked or was answered is told
  /// so. Bodies on their way into the archive are not wanted any more.
  private func takeBack(_ events: [Event]) {
    let batch = out
    out = []
    var told: Set<CommandID> = []
    for effect in batch {
      switch effect {
      case .discard, .exit: out.append(effect)
      // Trouble was seen all the same; what was done was not done.
      case .log(let entry) where entry.message.isTrouble: out.append(effect)
      case .send(let call): flights[call.id] = nil
      case .persist(let items): out += items.map { .discard($0.spooled) }
      case .assemble(let job): out += job.sources.map { .discard($0) }
      case .answer(let id, _, _): tellFailure(id, &told)
      default: break
      }
    }
    for case .commanded(let command) in events { tellFailure(command.id, &told) }
  }

  private func tellFailure(_ id: CommandID, _ told: inout Set<CommandID>) {
    absorbHangUp(id)
    guard told.insert(id).inserted else { return }
    let failure = ControlError.busy("the state could not be written; nothing was done")
    out.append(.answer(id, .failed(failure), continues: false))
  }

  /// Forgets what is in memory and reads it again. Calls in flight are forgotten (their slots stay
  /// counted by the reservations), but for token calls, whose answers must not be lost.
  private func reloadFromLedger() throws(DatabaseError) {
    let kept = flights.filter { !$0.value.usesWindows }
    for filing in filings.values.sorted(by: { $0.item.id < $1.item.id }) {
      if waitingToFile.contains(filing.item.id) { out.append(.discard(filing.item.spooled)) }
    }
    for lane in roster.all {
      if let login = lane.toIdentify?.login { fail(login, lane, "the state could not be written") }
      discardPages(of: lane)
      roster.remove(lane)
    }
    // What is being put together is discarded when it comes.
    assemblies = [:]
    flights = kept
    filings = [:]
    waitingToFile = []
    filesUnderWay = 0
    touched = []
    if let command = verification.run?.command ?? verification.remade?.command.id {
      var told: Set<CommandID> = []
      tellFailure(command, &told)
    }
    verification.run = nil
    verification.remade = nil
    coverages = [:]
    health.endingsSeenOn = nil
    health.sameBoot = true
    try ledger.forgetZones()
    try loadLanes()
    for flight in kept.values {
      switch flight.purpose {
      case .refresh, .form(_, nil):
        roster[flight.lane]?.refreshing = true
        roster[flight.lane]?.refreshedGeneration = flight.generation
      case .days, .part, .walk, .facts, .index, .changes, .exchange, .identity, .form, .revoke:
        break
      }
    }
  }

  /// What would not come again: the answer to a token call above all, which commits by itself.
  private func hearAgain(_ event: Event) throws(DatabaseError) {
    switch event {
    case .replied(let id, let reply):
      if flights[id] != nil { return try absorbReply(id, reply) }
      if !isDiscarded(reply) { discardBody(of: reply) }
    case .stopAsked: beginStop()
    case .reloadAsked:
      reloadFromSignal = true
      out.append(.readSettings)
    case .settingsRead, .settingsRefused: out.append(.readSettings)
    case .hungUp(let id): absorbHangUp(id)
    case .assembled(let result): discard(result)
    case .tick, .persisted, .commanded, .probed, .checked, .moved, .clockStepped: break
    }
  }

  private func isDiscarded(_ reply: Reply) -> Bool {
    guard let answer = reply.answer, case .spooled(let body) = answer.body else { return false }
    return out.contains { if case .discard(let gone) = $0 { gone == body } else { false } }
  }
}

extension Message {
  /// It tells of something that was seen, and not of something that was done.
  fileprivate var isTrouble: Bool { priority <= .warning && self != .dayChanged }
}
