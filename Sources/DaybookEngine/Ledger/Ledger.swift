import DaybookCore

/// `ledger.sqlite`: one connection, which alone writes and checkpoints, on the engine's queue.
///
/// Every change belongs to the commit of one ``Engine/handle(_:now:)``: FULL where days settle,
/// NORMAL where only calls begin (a kill loses nothing; after a power cut the windows count what
/// may have been in flight).
final class Ledger {
  let database: Database
  /// 32 hexadecimal digits; also in the archive's marker.
  private(set) var id: String
  /// The file was made just now.
  let isNew: Bool

  private var zoneNames: [Int: String] = [:]
  private var zoneNumbers: [String: Int] = [:]

  /// - Parameter freshID: becomes the id of a ledger that is made now.
  init(path: String, freshID: String) throws(DatabaseError) {
    database = try Database(path: path, applicationID: Schema.ledgerID)
    try database.migrate(Schema.ledger)
    let known = try database.statement("SELECT value FROM meta WHERE key = 'id'")
      .first { (row) throws(DatabaseError) in row.text(0) }
    isNew = known == nil
    id = known ?? freshID
    if known == nil { try setMeta("id", freshID) }
    try loadZones()
  }

  /// A malformed ledger is put aside, never deleted, and begun anew: all of it can be made again
  /// from the archive. After an end that was not in order it is looked through.
  static func openOrPutAside(path: String, freshID: String) throws(DatabaseError)
    -> (Ledger, aside: String?)
  {
    do throws(DatabaseError) {
      let ledger = try Ledger(path: path, freshID: freshID)
      if try ledger.meta("clean") == nil, let found = try ledger.database.quickCheck().first {
        throw DatabaseError(.corrupt, found, path: path)
      }
      return (ledger, nil)
    } catch {
      guard error.kind == .corrupt else { throw error }
    }
    // Its connection is closed here.
    let aside = try DatabaseFile.putAside(path)
    return (try Ledger(path: path, freshID: freshID), aside)
  }

  func meta(_ key: String) throws(DatabaseError) -> String? {
    try database.statement("SELECT value FROM meta WHERE key = ?").bind(key)
      .first { (row) throws(DatabaseError) in row.text(0) }
  }

  func setMeta(_ key: String, _ value: String?) throws(DatabaseError) {
    if let value {
      try database.statement(
        """
        INSERT INTO meta (key, value) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """
      ).bind(key, value).run()
    } else {
      try database.statement("DELETE FROM meta WHERE key = ?").bind(key).run()
    }
  }

  // MARK: Zones

  private func loadZones() throws(DatabaseError) {
    try database.statement("SELECT id, name FROM zone").query { (row) throws(DatabaseError) in
      zoneNames[row.int(0)] = row.text(1)
      zoneNumbers[row.text(1)] = row.int(0)
    }
  }

  /// After a rollback the numbers given in it are not there.
  func forgetZones() throws(DatabaseError) {
    zoneNames = [:]
    zoneNumbers = [:]
    try loadZones()
  }

  func zoneName(_ number: Int) -> String { zoneNames[number] ?? "UTC" }

  func zoneNumber(_ name: String) throws(DatabaseError) -> Int {
    if let number = zoneNumbers[name] { return number }
    try database.statement("INSERT INTO zone (name) VALUES (?)").bind(name).run()
    let number = Int(database.lastInsertID)
    zoneNames[number] = name
    zoneNumbers[name] = number
    return number
  }

  // MARK: Windows

  func window(owner: String, name: String) throws(DatabaseError) -> [UInt8]? {
    try database.statement("SELECT state FROM window WHERE owner = ? AND name = ?")
      .bind(owner, name).first { (row) throws(DatabaseError) in row.blob(0) }
  }

  func renameWindows(from old: String, to new: String) throws(DatabaseError) {
    try database.statement("UPDATE OR REPLACE window SET owner = ? WHERE owner = ?")
      .bind(new, old).run()
  }

  func setWindow(owner: String, name: String, _ state: [UInt8]) throws(DatabaseError) {
    try database.statement(
      """
      INSERT INTO window (owner, name, state) VALUES (?, ?, ?)
      ON CONFLICT (owner, name) DO UPDATE SET state = excluded.state
      """
    ).bind(owner, name, state).run()
  }
}
