import DaybookCore

/// Rows of days.
extension Ledger {
  private static let columns = """
    day, state, class, next_at, attempts, reason, reads, equal_since, read_at,
    fetched_at, size, items, zone, sha256, digest
    """

  // Texts that are often asked for are put together once.
  private static let selectDay =
    "SELECT \(columns) FROM day WHERE account = ? AND stream = ? AND day = ?"
  private static let putDay = """
    INSERT INTO day (account, stream, \(columns))
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, stream, day) DO UPDATE SET
      state = excluded.state, class = excluded.class, next_at = excluded.next_at,
      attempts = excluded.attempts, reason = excluded.reason, reads = excluded.reads,
      equal_since = excluded.equal_since, read_at = excluded.read_at,
      fetched_at = excluded.fetched_at, size = excluded.size, items = excluded.items,
      zone = excluded.zone, sha256 = excluded.sha256, digest = excluded.digest
    """

  func row(_ key: DayKey) throws(DatabaseError) -> DayRow? {
    try database.statement(Self.selectDay).bind(key.account, key.stream, key.day.number)
      .first { (row) throws(DatabaseError) in read(row, key.account, key.stream) }
  }

  /// Rows of a stream between two days, both included, by day.
  func rows(account: Int, stream: Int, from: Day, to: Day) throws(DatabaseError) -> [DayRow] {
    try database.statement(
      """
      SELECT \(Self.columns) FROM day
      WHERE account = ? AND stream = ? AND day BETWEEN ? AND ? ORDER BY day
      """
    ).bind(account, stream, from.number, to.number)
      .all { (row) throws(DatabaseError) in read(row, account, stream) }
  }

  /// What the days of a stream between two days are, both included, one after the other.
  func states(
    account: Int, stream: Int, from: Day, to: Day,
    _ body: (Day, _ state: DayState, _ isEmpty: Bool) -> Void
  ) throws(DatabaseError) {
    try database.statement(
      """
      SELECT day, state, items FROM day
      WHERE account = ? AND stream = ? AND day BETWEEN ? AND ? ORDER BY day
      """
    ).bind(account, stream, from.number, to.number).query { (row) throws(DatabaseError) in
      guard let state = DayState(rawValue: row.int(1)) else { fatalError("a day in no state") }
      body(Day(number: row.int(0)), state, row.optionalInt(2) == 0)
    }
  }

  private func read(_ row: Statement, _ account: Int, _ stream: Int) -> DayRow {
    let key = DayKey(account: account, stream: stream, day: Day(number: row.int(0)))
    guard let state = DayState(rawValue: row.int(1)) else { fatalError("a day in no state") }
    var out = DayRow(key: key, state: state)
    out.workClass = row.optionalInt(2).flatMap(WorkClass.init(rawValue:))
    out.nextAt = row.optionalInt(3).map { Instant(seconds: Int64($0)) }
    out.attempts = row.int(4)
    out.reason = row.optionalText(5)
    out.stored = storedDay(row)
    return out
  }

  private func storedDay(_ row: Statement) -> StoredDay? {
    guard let fetchedAt = row.optionalInt(9), let sha256 = Digest(row.blob(13)),
      let digest = Digest(row.blob(14))
    else { return nil }
    let read = Read(
      at: Instant(seconds: Int64(fetchedAt)), size: Int64(row.int(10)), sha256: sha256,
      digest: digest, items: row.int(11), zone: zoneName(row.int(12)))
    return StoredDay(
      read: read, reads: row.int(6), equalSince: Instant(seconds: Int64(row.int(7))),
      readAt: Instant(seconds: Int64(row.int(8))))
  }

  /// Writes a row whole.
  func put(_ row: DayRow) throws(DatabaseError) {
    let s = row.stored
    let zone: Int? = if let s { try zoneNumber(s.read.zone) } else { nil }
    try database.statement(Self.putDay).bind(
      row.key.account, row.key.stream, row.key.day.number, row.state.rawValue,
      row.workClass?.rawValue, row.nextAt.map { Int($0.seconds) }, row.attempts, row.reason,
      s?.reads ?? 0, s.map { Int($0.equalSince.seconds) }, s.map { Int($0.readAt.seconds) },
      s.map { Int($0.read.at.seconds) }, s.map { Int($0.read.size) }, s?.read.items, zone,
      s?.read.sha256.bytes, s?.read.digest.bytes
    ).run()
  }

  /// Adds missing days that are to be read. Returns how many were new.
  func addMissing(account: Int, stream: Int, from: Day, to: Day, _ workClass: WorkClass)
    throws(DatabaseError) -> Int
  {
    guard from <= to else { return 0 }
    try database.statement(
      """
      WITH RECURSIVE d(day) AS (SELECT ? UNION ALL SELECT day + 1 FROM d WHERE day < ?)
      INSERT OR IGNORE INTO day (account, stream, day, state, class)
      SELECT ?, ?, day, 0, ? FROM d
      """
    ).bind(from.number, to.number, account, stream, workClass.rawValue).run()
    return database.changes
  }

  // MARK: What is next

  /// The next days of a lane, in the order of the work: of the streams and classes given, at most
  /// `limit`.
  func ready(account: Int, streams: [Int], classes: ClosedRange<WorkClass>, limit: Int)
    throws(DatabaseError) -> [DayWork]
  {
    // Days of streams that the settings leave out must not stand in the way of the others.
    let wanted = "[\(streams.map(String.init).joined(separator: ","))]"
    return try database.statement(
      """
      SELECT stream, day, class FROM day
      WHERE account = ? AND class BETWEEN ? AND ? AND class IS NOT NULL AND next_at IS NULL
        AND +stream IN (SELECT value FROM json_each(?))
      ORDER BY class, day DESC, stream LIMIT ?
      """
    ).bind(account, classes.lowerBound.rawValue, classes.upperBound.rawValue, wanted, limit)
      .all { (row) throws(DatabaseError) in
        DayWork(
          stream: row.int(0), day: Day(number: row.int(1)),
          workClass: WorkClass(rawValue: row.int(2)) ?? .backfill)
      }
  }

  /// The days of one stream that are due, between two days, by day.
  func ready(account: Int, stream: Int, from: Day, to: Day) throws(DatabaseError) -> [DayWork] {
    try database.statement(
      """
      SELECT day, class FROM day WHERE account = ? AND stream = ? AND day BETWEEN ? AND ?
        AND class IS NOT NULL AND next_at IS NULL ORDER BY day
      """
    ).bind(account, stream, from.number, to.number)
      .all { (row) throws(DatabaseError) in
        DayWork(
          stream: stream, day: Day(number: row.int(0)),
          workClass: WorkClass(rawValue: row.int(1)) ?? .backfill)
      }
  }

  /// Days that waited long enough become ready. Returns how many.
  func promote(account: Int, now: Instant) throws(DatabaseError) -> Int {
    try database.statement("UPDATE day SET next_at = NULL WHERE account = ? AND next_at <= ?")
      .bind(account, Int(now.seconds)).run()
    return database.changes
  }

  /// When the first waiting day of a lane becomes due.
  func nextDue(account: Int) throws(DatabaseError) -> Instant? {
    try database.statement(
      "SELECT min(next_at) FROM day WHERE account = ? AND next_at IS NOT NULL"
    ).bind(account).first { (row) throws(DatabaseError) in row.optionalInt(0) }
      .flatMap { $0 }.map { Instant(seconds: Int64($0)) }
  }

  /// A due time further away than it can be is cut: somebody had set the clock wrong. Open days
  /// wait at most 33 days, those from `recent` on as long as `fresh`, and those that failed, are damaged
  /// or were said to be gone a day.
  func cutWaits(account: Int, now: Instant, recent: Day, fresh: Duration) throws(DatabaseError) {
    try database.statement(
      """
      UPDATE day SET next_at = ? WHERE account = ? AND (next_at > ?
        OR state = 1 AND day >= ? AND next_at > ? OR state NOT IN (1, 2) AND next_at > ?)
      """
    ).bind(
      Int(now.seconds), account, Int((now + .days(33)).seconds), recent.number,
      Int((now + fresh).seconds) + 1, Int((now + .days(1)).seconds) + 1
    ).run()
  }

  /// Stored days of the neighbourhood, for the median of their sizes.
  func neighbourSizes(_ key: DayKey) throws(DatabaseError) -> [Int64] {
    try database.statement(
      """
      SELECT size FROM day WHERE account = ? AND stream = ? AND day BETWEEN ? AND ?
        AND day <> ? AND size IS NOT NULL ORDER BY size
      """
    ).bind(key.account, key.stream, key.day.number - 3, key.day.number + 3, key.day.number)
      .all { (row) throws(DatabaseError) in Int64(row.int(0)) }
  }

  /// The next final day after `day` that deserves another look: read once only, or its age has
  /// doubled since it was read, or that was a year ago; and not read within the last day.
  func nextToVerify(account: Int, stream: Int, after day: Day, now: Instant)
    throws(DatabaseError) -> Day?
  {
    let seconds = Int(now.seconds)
    return try database.statement(
      """
      SELECT day FROM day WHERE account = ? AND stream = ? AND day > ?
        AND state = 2 AND class IS NULL AND read_at < ?
        AND (reads < 2 OR read_at < ? OR 2 * read_at - (day + 1) * 86400 <= ?)
      ORDER BY day LIMIT 1
      """
    ).bind(
      account, stream, day.number, seconds - 86_400, seconds - 365 * 86_400, seconds
    ).first { (row) throws(DatabaseError) in Day(number: row.int(0)) }
  }

  /// Days about to pass the provider's reach go first.
  func hurry(account: Int, stream: Int, from: Day, to: Day) throws(DatabaseError) {
    try database.statement(
      """
      UPDATE day SET class = 1 WHERE account = ? AND stream = ? AND day BETWEEN ? AND ?
        AND class = 3
      """
    ).bind(account, stream, from.number, to.number).run()
  }

  /// The provider is about to end: whatever is missing goes first.
  func hurry(account: Int) throws(DatabaseError) {
    try database.statement(
      """
      UPDATE day SET class = 1 WHERE account = ? AND class IN (2, 3) AND next_at IS NULL
        AND state IN (0, 5, 6)
      """
    ).bind(account).run()
  }

  /// It is not, any more: what is missing takes its turn.
  func calm(account: Int) throws(DatabaseError) {
    try database.statement(
      "UPDATE day SET class = 3 WHERE account = ? AND class = 1 AND state IN (0, 5)"
    ).bind(account).run()
  }

  /// When the open days of a stream were last read.
  func lastSeen(account: Int, stream: Int) throws(DatabaseError) -> Instant? {
    try database.statement(
      "SELECT max(read_at) FROM day WHERE account = ? AND stream = ? AND state = 1"
    ).bind(account, stream).first { (row) throws(DatabaseError) in row.optionalInt(0) }
      .flatMap { $0 }.map { Instant(seconds: Int64($0)) }
  }

  /// Counts an attempt before the call leaves.
  func countAttempt(_ key: DayKey) throws(DatabaseError) {
    try database.statement(
      "UPDATE day SET attempts = attempts + 1 WHERE account = ? AND stream = ? AND day = ?"
    ).bind(key.account, key.stream, key.day.number).run()
  }
}
