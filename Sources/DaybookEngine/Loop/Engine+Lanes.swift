import DaybookCore

/// Making lanes from settings, ledger and account book: at the start, at a reload, and after a
/// commit that failed.
extension Engine {
  func loadLanes() throws(DatabaseError) {
    for settings in configuration.settings.accounts { try takeNewName(settings) }
    let known = try accountsByName()
    for settings in configuration.settings.accounts {
      try addLane(settings, row: known[settings.name])
    }
    if health.isRebuilding { try rememberRetired() }
    retired = [:]
    for row in try ledger.accounts() where roster[row.id] == nil { try retire(row) }
  }

  func accountsByName() throws(DatabaseError) -> [String: AccountRow] {
    var out: [String: AccountRow] = [:]
    for row in try ledger.accounts() { out[row.name] = row }
    return out
  }

  /// Makes the lane of an account that the settings name.
  @discardableResult
  func addLane(_ settings: AccountSettings, row known: AccountRow?) throws(DatabaseError) -> Lane? {
    guard let provider = configuration.providers[settings.provider] else {
      log(.bug, "account \(settings.name) has no provider file for \(settings.provider)")
      return nil
    }
    var row: AccountRow
    if let known {
      row = known
    } else {
      row = try ledger.addAccount(name: settings.name, provider: provider.name)
    }
    if row.removed {
      row.removed = false
      try ledger.setAccount(row)
    }
    var record = AccountRecord(name: settings.name, provider: provider.name)
    if let stored = try book.record(settings.name) { record = stored } else { try book.put(record) }
    let client = try client(of: settings, provider)
    let lane = Lane(
      account: row, settings: settings, provider: provider, client: client,
      streams: try streams(of: row, settings, provider), record: record,
      zone: zone(of: settings, record), windows: [])
    lane.windows = try windows(
      specs(settings, provider).filter { $0.per == .user }, owner: "a:" + settings.name,
      longestCall: lane.timeout)
    try loadGrant(lane)
    lane.pendingFacts = lane.factsDue(now: now.wall) ? lane.factPaths : []
    lane.backfillWasComplete = lane.missing == 0 && lane.stored > 0
    try cutWaits(lane)
    if !presses(lane) { try ledger.calm(account: lane.id) }
    try loadHold(lane)
    try learnLastSeen(lane)
    if let old = departed.removeValue(forKey: lane.id) { lane.awaitRefresh(of: old) }
    retired[lane.id] = nil
    roster.add(lane)
    roster.wake(lane)
    return lane
  }

  /// A wait that the provider asked for outlasts the process. After a boot the civil clock measures
  /// it, which may be wrong: never longer than the longest wait that is believed.
  private func loadHold(_ lane: Lane) throws(DatabaseError) {
    guard let hold = try ledger.hold(account: lane.id) else { return }
    let rest = health.sameBoot ? hold.boot - now.boot : hold.wall - now.wall
    guard rest > .zero else { return }
    lane.toldUntil = now.boot + min(rest, .seconds(Limits.toldWait))
    lane.keptUntil = lane.toldUntil
  }

  func loadGrant(_ lane: Lane) throws(DatabaseError) {
    switch try book.grant(lane.name) {
    case nil: lane.grant = nil
    case .open(let grant, let intent):
      lane.grant = grant
      lane.intentOpen = intent != nil
    case .locked(let keyID):
      lane.grant = nil
      lane.lockedBy = keyID
    }
  }

  // MARK: Parts of a lane

  func zone(of settings: AccountSettings, _ record: AccountRecord) -> Zone {
    for name in [settings.zone, record.zone] {
      if let name, let zone = setup.zones.zone(name) { return zone }
    }
    return .utc
  }

  private func streams(of row: AccountRow, _ settings: AccountSettings, _ provider: Provider)
    throws(DatabaseError) -> [LaneStream]
  {
    var known = try ledger.streams(account: row.id)
    var out: [LaneStream] = []
    for spec in provider.streams where settings.streams?.contains(spec.name) ?? true {
      if let old = known.first(where: { $0.name == spec.name }) {
        out.append(LaneStream(spec: spec, row: old))
        continue
      }
      let new = StreamRow(number: (known.map(\.number).max() ?? 0) + 1, name: spec.name)
      try ledger.putStream(account: row.id, new)
      known.append(new)
      out.append(LaneStream(spec: spec, row: new))
    }
    return out
  }

  /// The provider's windows, with the operator's in the place of those of the same name.
  func specs(_ settings: AccountSettings, _ provider: Provider) -> [WindowSpec] {
    var out = provider.windows
    for own in settings.windows {
      if let i = out.firstIndex(where: { $0.name == own.name }) {
        out[i] = own
      } else {
        out.append(own)
      }
    }
    return out
  }

  private func windows(_ specs: [WindowSpec], owner: String, longestCall: Duration)
    throws(DatabaseError) -> [CallWindow]
  {
    var out: [CallWindow] = []
    for spec in specs {
      if let bytes = try ledger.window(owner: owner, name: spec.name) {
        out.append(
          CallWindow(
            spec, stored: bytes, sameBoot: health.sameBoot, now: now, longestCall: longestCall,
            inFlightCap: Limits.callsInFlightPerLane))
      } else if health.isRebuilding {
        out.append(try spent(spec, owner: owner, longestCall))
      } else {
        out.append(CallWindow(spec))
      }
    }
    return out
  }

  /// What was sent before the ledger was lost is not known. A kill does not make it known either, so
  /// it is stored at once.
  private func spent(_ spec: WindowSpec, owner: String, _ longestCall: Duration)
    throws(DatabaseError) -> CallWindow
  {
    var window = CallWindow(spent: spec, now: now, longestCall: longestCall)
    window.settle()
    try ledger.setWindow(owner: owner, name: spec.name, window.stored(now: now))
    return window
  }

  /// The state of an account's client, made when its first lane comes. Accounts of one client that
  /// give it different windows get the strictest.
  private func client(of settings: AccountSettings, _ provider: Provider)
    throws(DatabaseError) -> ClientState
  {
    let owner = settings.client.map { "c:" + $0 } ?? "a:" + settings.name
    if let old = roster.client(owner) { return old }
    let known = settings.client.flatMap { configuration.settings.client($0) }
    let sharing = configuration.settings.accounts.filter {
      $0.client == settings.client && $0.provider == settings.provider
        && (settings.client != nil || $0.name == settings.name)
    }
    let longest = sharing.map { $0.timeout ?? Limits.callTimeout }.max() ?? Limits.callTimeout
    let strictest = strictest(sharing.map { specs($0, provider).filter { $0.per == .app } })
    let client = ClientState(
      owner: owner, id: known?.clientID,
      secret: settings.client.flatMap { configuration.secrets[$0] },
      windows: try windows(strictest, owner: owner, longestCall: longest))
    client.testing = known?.testing ?? false
    return client
  }

  private func strictest(_ sets: [[WindowSpec]]) -> [WindowSpec] {
    var out: [WindowSpec] = []
    for spec in sets.flatMap({ $0 }) {
      guard let i = out.firstIndex(where: { $0.name == spec.name }) else {
        out.append(spec)
        continue
      }
      let slower = Double(spec.limit) / spec.seconds < Double(out[i].limit) / out[i].seconds
      if slower { out[i] = spec }
    }
    return out
  }
}
