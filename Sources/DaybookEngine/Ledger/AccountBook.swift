import DaybookCore

/// What is known of an account that no provider and no file can tell again.
struct AccountRecord: Hashable {
  var name: String
  var provider: String
  /// The provider's own id of the person.
  var person: String?
  var firstDay: Day?
  /// As the provider says; the settings may say otherwise.
  var zone: String?
  var syncedAt: Instant?
  /// When the facts were last learned.
  var factsAt: Instant?
  var pausedAt: Instant?
  var sealedAt: Instant?
  var sealReason: String?
  /// Somebody must sign in, because of this.
  var signInReason: String?
}

/// `accounts.sqlite`: grants, persons, first days, seals, pauses. Every commit is FULL, and it is
/// never rebuilt: losing the ledger costs no sign-in.
final class AccountBook {
  let database: Database

  init(path: String) throws(DatabaseError) {
    database = try Database(path: path, applicationID: Schema.accountsID)
    try database.migrate(Schema.accounts)
    try database.setSynchronous(.full)
  }

  func record(_ name: String) throws(DatabaseError) -> AccountRecord? {
    try database.statement(
      """
      SELECT provider, person, first_day, zone, synced_at, facts_at, paused_at, sealed_at,
        seal_reason, sign_in_reason FROM account WHERE name = ?
      """
    ).bind(name).first { (row) throws(DatabaseError) in
      func moment(_ column: Int) -> Instant? {
        row.optionalInt(column).map { Instant(seconds: Int64($0)) }
      }
      var out = AccountRecord(name: name, provider: row.text(0))
      out.person = row.optionalText(1)
      out.firstDay = row.optionalInt(2).map(Day.init(number:))
      out.zone = row.optionalText(3)
      out.syncedAt = moment(4)
      out.factsAt = moment(5)
      out.pausedAt = moment(6)
      out.sealedAt = moment(7)
      out.sealReason = row.optionalText(8)
      out.signInReason = row.optionalText(9)
      return out
    }
  }

  func put(_ r: AccountRecord) throws(DatabaseError) {
    try database.statement(
      """
      INSERT OR REPLACE INTO account (name, provider, person, first_day, zone, synced_at, facts_at,
        paused_at, sealed_at, seal_reason, sign_in_reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      r.name, r.provider, r.person, r.firstDay?.number, r.zone,
      r.syncedAt.map { Int($0.seconds) }, r.factsAt.map { Int($0.seconds) },
      r.pausedAt.map { Int($0.seconds) }, r.sealedAt.map { Int($0.seconds) }, r.sealReason,
      r.signInReason
    ).run()
  }

  /// Some account's first day was learned once.
  func hasHistory() throws(DatabaseError) -> Bool {
    try database.statement("SELECT 1 FROM account WHERE first_day IS NOT NULL LIMIT 1")
      .first { (row) throws(DatabaseError) in row.bool(0) } ?? false
  }

  func rename(_ old: String, to new: String) throws(DatabaseError) {
    try database.transaction { () throws(DatabaseError) in
      try database.statement("UPDATE account SET name = ? WHERE name = ?").bind(new, old).run()
      try database.statement("UPDATE grant_ SET account = ? WHERE account = ?").bind(new, old)
        .run()
    }
  }

  // MARK: Grants

  /// The grant, and when a refresh of it was begun whose end is not known.
  func grant(_ name: String) throws(DatabaseError) -> (Grant, intentAt: Instant?)? {
    try database.statement(
      """
      SELECT access, refresh, received_at, life, scopes, previous_refresh, proven, generation,
        intent_at, begun, ends, ends_told FROM grant_ WHERE account = ?
      """
    ).bind(name).first { (row) throws(DatabaseError) in
      var grant = Grant(
        access: Secret(row.text(0)), refresh: row.optionalText(1).map { Secret($0) },
        receivedAt: Instant(seconds: Int64(row.int(2))),
        life: row.optionalInt(3).map { .seconds($0) },
        scopes: row.text(4).split(separator: " ").map(String.init), generation: row.int(7))
      grant.previousRefresh = row.optionalText(5).map { Secret($0) }
      grant.proven = row.bool(6)
      if let begun = row.optionalInt(9), let ends = row.optionalInt(10) {
        grant.term = GrantTerm(
          begun: Instant(seconds: Int64(begun)), ends: Instant(seconds: Int64(ends)))
        grant.term?.told = row.int(11)
      }
      return (grant, row.optionalInt(8).map { Instant(seconds: Int64($0)) })
    }
  }

  /// Stores a grant; the intent of the refresh that brought it is over.
  ///
  /// - Parameter answer: the token answer as received, so that no mistake of ours can lose it.
  func put(_ grant: Grant, account: String, answer: [UInt8]?) throws(DatabaseError) {
    try database.statement(
      """
      INSERT OR REPLACE INTO grant_ (account, access, refresh, received_at, life, scopes,
        previous_refresh, proven, generation, intent_at, answer, begun, ends, ends_told)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)
      """
    ).bind(
      account, grant.access.expose(), grant.refresh?.expose(), Int(grant.receivedAt.seconds),
      grant.life.map { Int($0.inSeconds) }, grant.scopes.joined(separator: " "),
      grant.previousRefresh?.expose(), grant.proven ? 1 : 0, grant.generation, answer,
      grant.term.map { Int($0.begun.seconds) }, grant.term.map { Int($0.ends.seconds) },
      grant.term?.told ?? 0
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

  // MARK: Names

  func meta(_ key: String) throws(DatabaseError) -> String? {
    try database.statement("SELECT value FROM meta WHERE key = ?").bind(key)
      .first { (row) throws(DatabaseError) in row.text(0) }
  }

  func setMeta(_ key: String, _ value: String) throws(DatabaseError) {
    try database.statement("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
      .bind(key, value).run()
  }
}
