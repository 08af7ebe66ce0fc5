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
  /// What grants are encrypted with from now on, and what opens those that are stored.
  var keyring: TokenKeyring

  init(path: String, keyring: TokenKeyring = TokenKeyring()) throws(DatabaseError) {
    self.keyring = keyring
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

  /// Every account that there was, by name.
  func records() throws(DatabaseError) -> [AccountRecord] {
    let names = try database.statement("SELECT name FROM account ORDER BY name")
      .all { row in row.text(0) }
    var out: [AccountRecord] = []
    for name in names {
      if let record = try record(name) { out.append(record) }
    }
    return out
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
