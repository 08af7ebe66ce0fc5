import DaybookCore

/// Calls over the control socket.
extension Engine {
  func absorbCommand(_ command: Command) throws(DatabaseError) {
    if health.isStopping { return answer(command, .failed(.shuttingDown)) }
    switch command.call {
    case .status(let account): try answerStatus(command, account)
    case .watch(let account): beginWatch(command, account)
    case .resync(let request): try beginResync(command, request)
    case .pause(let account): try pause(command, account)
    case .resume(let account, let probe): try resume(command, account, probe: probe)
    case .loginBegin(let account, let redirectURI):
      try with(account, command) { beginLogin($0, redirectURI: redirectURI, command) }
    case .loginComplete(let account, let login):
      try with(account, command) { lane throws(DatabaseError) in
        try completeLogin(lane, login, command)
      }
    case .logout(let account): try logout(command, account)
    case .days(let account, let stream, let year): try answerDays(command, account, stream, year)
    case .plan(let account, let limit): try answerPlan(command, account, limit)
    case .verify(let request): try beginVerify(command, request)
    case .reload:
      reloadCommands.append(command.id)
      out.append(.readSettings)
    }
  }

  func answer(_ command: Command, _ reply: ControlReply, continues: Bool = false) {
    out.append(.answer(command.id, reply, continues: continues))
  }

  func absorbHangUp(_ id: CommandID) {
    watchers.remove(id)
    for resync in resyncWatchers.keys.sorted() { resyncWatchers[resync]?.removeAll { $0 == id } }
    reloadCommands.removeAll { $0 == id }
    verification.forget(id)
  }

  /// Finds the account, or answers that there is none.
  private func with(
    _ name: String, _ command: Command, _ body: (Lane) throws(DatabaseError) -> ControlReply?
  ) throws(DatabaseError) {
    guard let lane = roster.named(name) else {
      return answer(command, .failed(.noSuchAccount(name)))
    }
    touch(lane)
    if let reply = try body(lane) { answer(command, reply) }
  }

  /// The lanes a command is about: one, or all. Nil: there is no such account, and that was said.
  func lanes(_ name: String?, _ command: Command) -> [Lane]? {
    guard let name else { return roster.all }
    if let lane = roster.named(name) { return [lane] }
    answer(command, .failed(.noSuchAccount(name)))
    return nil
  }

  // MARK: Pause and resume

  private func pause(_ command: Command, _ account: String?) throws(DatabaseError) {
    guard let lanes = lanes(account, command) else { return }
    for lane in lanes where lane.record.pausedAt == nil {
      lane.record.pausedAt = now.wall
      try book.put(lane.record)
      touch(lane)
      log(.paused, "paused; run: daybook resume \(lane.name)", lane: lane)
      try tellResyncs(of: lane)
    }
    answer(command, .done)
  }

  private func resume(_ command: Command, _ account: String?, probe: Bool) throws(DatabaseError) {
    guard let lanes = lanes(account, command) else { return }
    for lane in lanes {
      try resume(lane, probe: probe)
      roster.wake(lane)
      touch(lane)
    }
    answer(command, .done)
  }

  private func resume(_ lane: Lane, probe: Bool) throws(DatabaseError) {
    lane.stopped = nil
    if lane.record.pausedAt != nil {
      lane.record.pausedAt = nil
      try book.put(lane.record)
      log(.resumed, "resumed", lane: lane)
    }
    guard probe, lane.record.sealedAt != nil else { return }
    lane.probing = lane.record.sealReason ?? "the provider has ended"
    lane.failures = 0
    lane.refreshFailures = 0
    lane.goneStreams = [:]
    lane.lastSeen = nil
    lane.record.sealedAt = nil
    lane.record.sealReason = nil
    lane.pendingFacts = lane.factPaths
    try book.put(lane.record)
    log(.accountUnsealed, "unsealed: one call will show whether the provider answers", lane: lane)
  }

  // MARK: Logout

  private func logout(_ command: Command, _ account: String) throws(DatabaseError) {
    guard let lane = roster.named(account) else {
      return answer(command, .failed(.noSuchAccount(account)))
    }
    guard lane.provider.login != .none else {
      let reason = "\(lane.provider.title) needs no sign-in"
      return answer(command, .failed(.noLogin(account: account, reason: reason)))
    }
    if lane.record.sealedAt == nil, let grant = lane.grant, let url = lane.builder.revoke {
      revoke(lane, grant, url)
    }
    try book.removeGrant(lane.name)
    lane.grant = nil
    lane.lockedBy = nil
    lane.record.signInReason = "signed out"
    try book.put(lane.record)
    touch(lane)
    log(.signedOut, "signed out; the archive stays", lane: lane)
    try tellResyncs(of: lane)
    answer(command, .done)
  }

  /// RFC 7009. Whatever it answers, the grant is gone here.
  private func revoke(_ lane: Lane, _ grant: Grant, _ url: String) {
    let inquiry = Inquiry(kind: .revoke, rows: lane.provider.answers)
    let fields = [Field("token", (grant.refresh ?? grant.access).expose())]
    send(tokenCall(lane, url, fields, inquiry), lane, .revoke, inquiry)
  }
}
