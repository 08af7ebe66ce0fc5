import DaybookCore

/// What the row of a grant holds.
enum StoredGrant: Hashable {
  /// And when a refresh of it was begun whose end is not known.
  case open(Grant, intentAt: Instant?)
  /// It is encrypted with a key that is not given, or its bytes are damaged.
  case locked(keyID: String)

  var grant: Grant? {
    guard case .open(let grant, _) = self else { return nil }
    return grant
  }
  var intentAt: Instant? {
    guard case .open(_, let moment) = self else { return nil }
    return moment
  }
}

extension AccountBook {
  func grant(_ name: String) throws(DatabaseError) -> StoredGrant? {
    try database.statement(
      """
      SELECT access, refresh, previous_refresh, answer, key, received_at, life, scopes, proven,
        generation, intent_at, begun, ends, ends_told FROM grant_ WHERE account = ?
      """
    ).bind(name).first { (row) throws(DatabaseError) in
      guard let secrets = secrets(row) else { return .locked(keyID: row.text(4)) }
      var grant = Grant(
        access: Secret(secrets.access), refresh: secrets.refresh.map { Secret($0) },
        receivedAt: Instant(seconds: Int64(row.int(5))),
        life: row.optionalInt(6).map { .seconds($0) },
        scopes: row.text(7).split(separator: " ").map(String.init), generation: row.int(9))
      grant.previousRefresh = secrets.previous.map { Secret($0) }
      grant.proven = row.bool(8)
      if let begun = row.optionalInt(11), let ends = row.optionalInt(12) {
        grant.term = GrantTerm(
          begun: Instant(seconds: Int64(begun)), ends: Instant(seconds: Int64(ends)))
        grant.term?.told = row.int(13)
      }
      let intent = row.optionalInt(10).map { Instant(seconds: Int64($0)) }
      return .open(grant, intentAt: intent)
    }
  }

  /// The first five columns of a row, in the clear; nil: its key is not given.
  private func secrets(_ row: Statement) -> GrantSecrets? {
    let stored = GrantSecrets(
      access: row.text(0), refresh: row.optionalText(1), previous: row.optionalText(2),
      answer: row.optionalBlob(3))
    guard let id = row.optionalText(4) else { return stored }
    return keyring.key(id).flatMap { stored.decrypted(with: $0) }
  }

  /// Stores a grant; the intent of the refresh that brought it is over.
  ///
  /// - Parameter answer: the token answer as received, so that no mistake of ours can lose it.
  func put(_ grant: Grant, account: String, answer: [UInt8]?) throws(DatabaseError) {
    let secrets = GrantSecrets(
      access: grant.access.expose(), refresh: grant.refresh?.expose(),
      previous: grant.previousRefresh?.expose(), answer: answer
    ).encrypted(with: keyring.current)
    try database.statement(
      """
      INSERT OR REPLACE INTO grant_ (account, access, refresh, received_at, life, scopes,
        previous_refresh, proven, generation, intent_at, answer, begun, ends, ends_told, key)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)
      """
    ).bind(
      account, secrets.access, secrets.refresh, Int(grant.receivedAt.seconds),
      grant.life.map { Int($0.inSeconds) }, grant.scopes.joined(separator: " "),
      secrets.previous, grant.proven ? 1 : 0, grant.generation, secrets.answer,
      grant.term.map { Int($0.begun.seconds) }, grant.term.map { Int($0.ends.seconds) },
      grant.term?.told ?? 0, keyring.current?.id
    ).run()
  }

  /// Notes, before it is sent, that a refresh is about to be.
  func intend(account: String, at now: Instant?) throws(DatabaseError) {
    try database.statement("UPDATE grant_ SET intent_at = ? WHERE account = ?")
      .bind(now.map { Int($0.seconds) }, account).run()
  }

  /// Notes how many warnings of the sign-in's end were given.
  func noteTold(account: String, _ count: Int) throws(DatabaseError) {
    try database.statement("UPDATE grant_ SET ends_told = ? WHERE account = ?")
      .bind(count, account).run()
  }

  func removeGrant(_ name: String) throws(DatabaseError) {
    try database.statement("DELETE FROM grant_ WHERE account = ?").bind(name).run()
  }

  // MARK: Keys

  /// Ids of the keys that grants are encrypted with.
  func keysInUse() throws(DatabaseError) -> Set<String> {
    Set(
      try database.statement("SELECT DISTINCT key FROM grant_ WHERE key IS NOT NULL")
        .all { row in row.text(0) })
  }

  /// Writes every grant that opens under the current key, or in the clear without one, and leaves
  /// nothing of how it was written before in the file or its log. A kill in between resumes with
  /// the next call.
  ///
  /// - Returns: how many were written anew.
  func encryptAnew() throws(DatabaseError) -> Int {
    let stale = try database.statement("SELECT account FROM grant_ WHERE key IS NOT ?")
      .bind(keyring.current?.id).all { row in row.text(0) }
    var count = 0
    try database.transaction { () throws(DatabaseError) in
      for account in stale where try encryptAnew(account) { count += 1 }
      if count > 0 { try setMeta("scrub", "yes") }
    }
    if try meta("scrub") != nil { try scrub() }
    return count
  }

  private func encryptAnew(_ account: String) throws(DatabaseError) -> Bool {
    let found = try database.statement(
      "SELECT access, refresh, previous_refresh, answer, key FROM grant_ WHERE account = ?"
    ).bind(account).first { (row) throws(DatabaseError) in secrets(row) }
    guard let secrets = found.flatMap({ $0 })?.encrypted(with: keyring.current) else {
      return false
    }
    try database.statement(
      """
      UPDATE grant_ SET access = ?, refresh = ?, previous_refresh = ?, answer = ?, key = ?
      WHERE account = ?
      """
    ).bind(
      secrets.access, secrets.refresh, secrets.previous, secrets.answer, keyring.current?.id,
      account
    ).run()
    return true
  }

  /// Free pages and the log still hold what was overwritten.
  private func scrub() throws(DatabaseError) {
    try database.execute("VACUUM")
    try database.checkpoint()
    try database.statement("DELETE FROM meta WHERE key = 'scrub'").run()
  }
}
