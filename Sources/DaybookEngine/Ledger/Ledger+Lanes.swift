import DaybookCore

/// An account as the ledger numbers it.
struct AccountRow: Hashable {
  var id: Int
  var name: String
  var provider: String
  var removed: Bool
}

/// A stream as the ledger numbers it.
struct StreamRow: Hashable {
  var number: Int
  var name: String
  /// Rows exist for the days from `first` to `last`.
  var first: Day?
  var last: Day?
  var verifyCursor: Day?
  /// What had changed at the provider until then is known.
  var changesAt: Instant?
  var counts = StreamCounts()
}

extension Ledger {
  func accounts() throws(DatabaseError) -> [AccountRow] {
    try database.statement("SELECT id, name, provider, removed FROM account ORDER BY id")
      .all { (row) throws(DatabaseError) in
        AccountRow(id: row.int(0), name: row.text(1), provider: row.text(2), removed: row.bool(3))
      }
  }

  /// The first and the last day of a stream that have a row; nil: it has none.
  func range(account: Int, stream: Int) throws(DatabaseError) -> ClosedRange<Day>? {
    // Each alone is one step in the index; together they would read every row.
    try database.statement(
      """
      SELECT (SELECT min(day) FROM day WHERE account = ?1 AND stream = ?2),
        (SELECT max(day) FROM day WHERE account = ?1 AND stream = ?2)
      """
    ).bind(account, stream).first { (row) throws(DatabaseError) in
      guard let first = row.optionalInt(0), let last = row.optionalInt(1) else { return nil }
      return Day(number: first)...Day(number: last)
    } ?? nil
  }

  func addAccount(name: String, provider: String) throws(DatabaseError) -> AccountRow {
    try database.statement("INSERT INTO account (name, provider) VALUES (?, ?)")
      .bind(name, provider).run()
    return AccountRow(
      id: Int(database.lastInsertID), name: name, provider: provider, removed: false)
  }

  func setAccount(_ account: AccountRow) throws(DatabaseError) {
    try database.statement("UPDATE account SET name = ?, removed = ? WHERE id = ?")
      .bind(account.name, account.removed ? 1 : 0, account.id).run()
  }

  func streams(account: Int) throws(DatabaseError) -> [StreamRow] {
    try database.statement(
      """
      SELECT stream, name, first, last, verify_cursor, n_missing, n_open, n_final, n_refused,
        n_beyond, n_failing, n_damaged, n_confirmed, changes_at
      FROM stream WHERE account = ? ORDER BY stream
      """
    ).bind(account).all { (row) throws(DatabaseError) in
      StreamRow(
        number: row.int(0), name: row.text(1), first: row.optionalInt(2).map(Day.init(number:)),
        last: row.optionalInt(3).map(Day.init(number:)),
        verifyCursor: row.optionalInt(4).map(Day.init(number:)),
        changesAt: row.optionalInt(13).map { Instant(seconds: Int64($0)) },
        counts: StreamCounts(states: (5...11).map { row.int($0) }, confirmed: row.int(12)))
    }
  }

  func putStream(account: Int, _ stream: StreamRow) throws(DatabaseError) {
    let n = stream.counts
    try database.statement(
      """
      INSERT INTO stream (account, stream, name, first, last, verify_cursor, n_missing, n_open,
        n_final, n_refused, n_beyond, n_failing, n_damaged, n_confirmed, changes_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (account, stream) DO UPDATE SET
        first = excluded.first, last = excluded.last, verify_cursor = excluded.verify_cursor,
        n_missing = excluded.n_missing, n_open = excluded.n_open, n_final = excluded.n_final,
        n_refused = excluded.n_refused, n_beyond = excluded.n_beyond,
        n_failing = excluded.n_failing, n_damaged = excluded.n_damaged,
        n_confirmed = excluded.n_confirmed, changes_at = excluded.changes_at
      """
    ).bind(
      account, stream.number, stream.name, stream.first?.number, stream.last?.number,
      stream.verifyCursor?.number, n[.missing], n[.open], n[.final], n[.refused], n[.beyond],
      n[.failing], n[.damaged], n.confirmed, stream.changesAt.map { Int($0.seconds) }
    ).run()
  }

  // MARK: What providers asked for

  /// Until when an account's provider wants to be left alone, by both clocks.
  func hold(account: Int) throws(DatabaseError) -> (wall: Instant, boot: BootTime)? {
    let numbers = try meta("held.\(account)")?.split(separator: " ").compactMap { Int64($0) } ?? []
    guard numbers.count == 2 else { return nil }
    return (Instant(microseconds: numbers[0]), BootTime(microseconds: numbers[1]))
  }

  func setHold(account: Int, wall: Instant, boot: BootTime) throws(DatabaseError) {
    try setMeta("held.\(account)", "\(wall.microseconds) \(boot.microseconds)")
  }

  // MARK: Warnings

  /// When it was last said that an account's provider ends, and on which day that would be.
  func warning(account: Int) throws(DatabaseError) -> (on: Day, sunset: Day)? {
    guard let words = try meta("ending.\(account)")?.split(separator: " "), words.count == 2,
      let on = Day(words[0]), let sunset = Day(words[1])
    else { return nil }
    return (on, sunset)
  }

  func setWarning(account: Int, on: Day, sunset: Day) throws(DatabaseError) {
    try setMeta("ending.\(account)", "\(on) \(sunset)")
  }

  /// Some day was stored once, whatever became of its file.
  func hasStoredDays() throws(DatabaseError) -> Bool {
    try database.statement(
      "SELECT 1 FROM stream WHERE n_open + n_final + n_damaged > 0 LIMIT 1"
    ).first { (row) throws(DatabaseError) in row.bool(0) } ?? false
  }

  // MARK: ETags

  func etag(_ key: DayKey) throws(DatabaseError) -> String? {
    try database.statement(
      "SELECT value FROM etag WHERE account = ? AND stream = ? AND day = ?"
    ).bind(key.account, key.stream, key.day.number)
      .first { (row) throws(DatabaseError) in row.text(0) }
  }

  func setETag(_ key: DayKey, _ value: String?) throws(DatabaseError) {
    if let value {
      try database.statement(
        """
        INSERT INTO etag (account, stream, day, value) VALUES (?, ?, ?, ?)
        ON CONFLICT (account, stream, day) DO UPDATE SET value = excluded.value
        """
      ).bind(key.account, key.stream, key.day.number, value).run()
    } else {
      try database.statement("DELETE FROM etag WHERE account = ? AND stream = ? AND day = ?")
        .bind(key.account, key.stream, key.day.number).run()
    }
  }

  // MARK: Versions and index

  func addVersion(_ key: DayKey, _ read: Read) throws(DatabaseError) {
    try database.statement(
      """
      INSERT OR REPLACE INTO version (account, stream, day, fetched_at, sha256, size)
      VALUES (?, ?, ?, ?, ?, ?)
      """
    ).bind(
      key.account, key.stream, key.day.number, Int(read.at.seconds), read.sha256.bytes,
      Int(read.size)
    ).run()
  }

  /// These very bytes are among the versions of the day.
  func hasVersion(_ key: DayKey, _ sha256: Digest) throws(DatabaseError) -> Bool {
    try database.statement(
      "SELECT 1 FROM version WHERE account = ? AND stream = ? AND day = ? AND sha256 = ? LIMIT 1"
    ).bind(key.account, key.stream, key.day.number, sha256.bytes)
      .first { (row) throws(DatabaseError) in row.bool(0) } ?? false
  }

  /// The earliest day of a stream that has a row.
  func firstRow(account: Int, stream: Int) throws(DatabaseError) -> Day? {
    try database.statement("SELECT min(day) FROM day WHERE account = ? AND stream = ?")
      .bind(account, stream).first { (row) throws(DatabaseError) in row.optionalInt(0) }?
      .map(Day.init(number:))
  }

  /// The time of the oldest fetch of what is stored.
  func oldestFetch(account: Int, stream: Int) throws(DatabaseError) -> Instant? {
    try database.statement(
      "SELECT min(fetched_at) FROM day WHERE account = ? AND stream = ? AND fetched_at IS NOT NULL"
    ).bind(account, stream)
      .first { (row) throws(DatabaseError) in row.optionalInt(0) }?
      .map { Instant(seconds: Int64($0)) }
  }

  /// Notes that an index lists this day or month; true when it did not before.
  func list(account: Int, stream: Int, _ day: Day) throws(DatabaseError) -> Bool {
    try database.statement("INSERT OR IGNORE INTO listed (account, stream, day) VALUES (?, ?, ?)")
      .bind(account, stream, day.number).run()
    return database.changes > 0
  }
}
