import DaybookCore

/// Accounts that left the settings: no call is made for them, their rows and their archive stay,
/// `status` shows them and `verify` looks after them.
extension Engine {
  func retire(_ row: AccountRow) throws(DatabaseError) {
    var row = row
    if !row.removed {
      row.removed = true
      try ledger.setAccount(row)
      try ledger.dropResyncs(account: row.id)
    }
    retired[row.id] = try keeper(of: row)
  }

  /// A ledger that was lost knew of accounts that the settings do not name any more. The account book
  /// still does; what they have in the tree will show.
  func rememberRetired() throws(DatabaseError) {
    let known = try accountsByName()
    for record in try book.records() where known[record.name] == nil {
      var row = try ledger.addAccount(name: record.name, provider: record.provider)
      row.removed = true
      try ledger.setAccount(row)
      for (k, spec) in (configuration.providers[record.provider]?.streams ?? []).enumerated() {
        try ledger.putStream(account: row.id, StreamRow(number: k + 1, name: spec.name))
      }
    }
  }

  /// Those of which the tree holds nothing are shown no more.
  func forgetEmptyRetired() {
    retired = retired.filter { $0.value.streams.contains { $0.row.holdsDays } }
  }

  /// What stands for the account where its archive is concerned; nil when it has no day, as far as is
  /// known.
  private func keeper(of row: AccountRow) throws(DatabaseError) -> Lane? {
    let streams = try ledger.streams(account: row.id)
    guard health.isRebuilding || streams.contains(where: \.holdsDays) else { return nil }
    let settings = AccountSettings(name: row.name, provider: row.provider)
    let provider = configuration.providers[row.provider] ?? .unknown(row.provider)
    let record =
      try book.record(row.name) ?? AccountRecord(name: row.name, provider: row.provider)
    return Lane(
      account: row, settings: settings, provider: provider,
      client: ClientState(owner: "a:" + row.name, id: nil, secret: nil, windows: []),
      streams: streams.map {
        LaneStream(spec: provider.stream($0.name) ?? .unknown($0.name), row: $0)
      },
      record: record, zone: zone(of: settings, record), windows: [])
  }

  /// Every account with days: those of the settings, then those that left them.
  var everyLane: [Lane] { roster.all + retired.values.sorted { $0.id < $1.id } }

  func archived(_ id: Int) -> Lane? { roster[id] ?? retired[id] }

  /// The accounts that a question about the archive is about. Nil: there is no such account, and
  /// that was said.
  func archived(_ name: String?, _ command: Command) -> [Lane]? {
    guard let name else { return everyLane }
    if roster.named(name) == nil, let lane = retired.values.first(where: { $0.name == name }) {
      return [lane]
    }
    return lanes(name, command)
  }
}

extension StreamRow {
  fileprivate var holdsDays: Bool { counts.stored + counts[.damaged] > 0 }
}

extension Provider {
  /// Stands for one whose file is gone.
  fileprivate static func unknown(_ name: String) -> Provider {
    Provider(name: name, title: name, login: .none, urls: URLs(api: ""), streams: [])
  }
}

extension StreamSpec {
  fileprivate static func unknown(_ name: String) -> StreamSpec {
    StreamSpec(
      name: name, request: Request(path: "/"), window: DayWindow(form: .ymd, ends: .both))
  }
}
