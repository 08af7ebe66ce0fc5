import DaybookCore

@testable import DaybookEngine

/// A ledger in a folder of its own.
struct LedgerFixture {
  let folder = ScratchFolder(inMemory: true)
  let ledger: Ledger

  static let id = String(repeating: "a", count: 32)

  init() throws { ledger = try Ledger(path: folder.path("ledger.sqlite"), freshID: Self.id) }

  static func grant(
    _ access: String = "a", refresh: String? = "r", generation: Int = 1
  ) -> Grant {
    Grant(
      access: Secret(access), refresh: refresh.map { Secret($0) },
      receivedAt: Instant(seconds: 1_528_000_000), life: .hours(1), scopes: ["steps", "sleep"],
      generation: generation)
  }

  /// Keys of these bytes: the first writes and the others only open; `plain`: none writes.
  static func ring(_ bytes: UInt8..., plain: Bool = false) throws -> TokenKeyring {
    let lines = bytes.map { Base64.standard.encode([UInt8](repeating: $0, count: 32)) }
    let text = ((plain ? ["plain"] : []) + lines).joined(separator: "\n")
    return try TokenKeyring.parse(Array(text.utf8))
  }

  static func day(_ date: String) -> Day { ArchiveFixture.day(date) }

  static func key(_ date: String, account: Int = 1, stream: Int = 1) -> DayKey {
    DayKey(account: account, stream: stream, day: day(date))
  }

  static func digest(_ text: String) -> Digest { SHA256.digest(Array(text.utf8)) }

  static func read(
    _ text: String = "a", at second: Int64 = 1_528_000_000, items: Int = 2, zone: String = "UTC"
  ) -> Read {
    Read(
      at: Instant(seconds: second), size: Int64(text.utf8.count), sha256: digest(text),
      digest: digest("items of " + text), items: items, zone: zone)
  }

  static func row(
    _ date: String, _ state: DayState = .missing, _ workClass: WorkClass? = nil,
    nextAt: Int64? = nil, stored: StoredDay? = nil, stream: Int = 1
  ) -> DayRow {
    var row = DayRow(key: key(date, stream: stream), state: state)
    row.workClass = workClass
    row.nextAt = nextAt.map { Instant(seconds: $0) }
    row.stored = stored
    return row
  }

  func put(_ rows: [DayRow]) throws { for row in rows { try ledger.put(row) } }

  func ready(
    _ classes: ClosedRange<WorkClass> = .forced...(.backfill), streams: [Int] = [1, 2],
    limit: Int = 100
  ) throws -> [String] {
    try ledger.ready(account: 1, streams: streams, classes: classes, limit: limit)
      .map { "\($0.workClass.name) \($0.stream) \($0.day)" }
  }

  func count(_ table: String) throws -> Int? {
    try ledger.database.number("SELECT count(*) FROM \(table)")
  }
}
