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

  /// What stands for the account where its archive is concerned; nil when it has no day.
  private func keeper(of row: AccountRow) throws(DatabaseError) -> Lane? {
    let streams = try ledger.streams(account: row.id)
    guard streams.contains(where: { $0.counts.stored + $0.counts[.damaged] > 0 }) else {
      return nil
    }
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
