import Testing

@testable import DaybookEngine

@Suite("Schema")
struct SchemaTests {
  let folder = ScratchFolder(inMemory: true)

  /// One of the two databases.
  enum Kind: CaseIterable {
    case ledger, accounts
    var steps: [String] { self == .ledger ? Schema.ledger : Schema.accounts }
    var applicationID: Int32 { self == .ledger ? Schema.ledgerID : Schema.accountsID }

    func open(_ path: String) throws -> Database {
      switch self {
      case .ledger: try Ledger(path: path, freshID: LedgerFixture.id).database
      case .accounts: try AccountBook(path: path).database
      }
    }
  }

  private var file: String { folder.path("t.sqlite") }

  @Test("the ids are the letters that file(1) can show")
  func ids() {
    func letters(_ id: Int32) -> String {
      String(decoding: withUnsafeBytes(of: id.bigEndian, Array.init), as: UTF8.self)
    }
    #expect(letters(Schema.ledgerID) == "DBLG")
    #expect(letters(Schema.accountsID) == "DBAC")
  }

  @Test("a new database has the newest version and its id", arguments: Kind.allCases)
  func made(_ kind: Kind) throws {
    let database = try kind.open(file)
    #expect(try database.number("PRAGMA user_version") == kind.steps.count)
    #expect(try database.number("PRAGMA application_id") == Int(kind.applicationID))
    #expect(try database.text("PRAGMA integrity_check") == "ok")
  }

  @Test("a database killed before its schema was made gets it", arguments: Kind.allCases)
  func resumed(_ kind: Kind) throws {
    do { _ = try Database(path: file, applicationID: kind.applicationID) }
    #expect(try kind.open(file).number("PRAGMA user_version") == kind.steps.count)
  }

  @Test("a newer program's database is refused and left alone", arguments: Kind.allCases)
  func newer(_ kind: Kind) throws {
    let newer = kind.steps.count + 1
    do { try kind.open(file).execute("PRAGMA user_version = \(newer)") }
    let error = #expect(throws: DatabaseError.self) { try kind.open(file) }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("version \(newer)") == true)
    #expect(try Database(path: file).number("PRAGMA user_version") == newer)
  }

  @Test("one of the two in the place of the other is refused", arguments: Kind.allCases)
  func mixedUp(_ kind: Kind) throws {
    do { _ = try kind.open(file) }
    let other = kind == .ledger ? Kind.accounts : .ledger
    let error = #expect(throws: DatabaseError.self) { try other.open(file) }
    #expect(error?.kind == .refused)
  }

  @Test("another program's database is refused", arguments: Kind.allCases)
  func foreign(_ kind: Kind) throws {
    do { try Database(path: file).execute("CREATE TABLE t(a)") }
    let error = #expect(throws: DatabaseError.self) { try kind.open(file) }
    #expect(error?.kind == .refused)
  }

  @Test(
    "rows that cannot be are refused by the tables",
    arguments: [
      (Kind.ledger, "INSERT INTO account (name, provider) VALUES ('me', 'p'), ('me', 'q')"),
      (.ledger, "INSERT INTO account (name) VALUES ('me')"),
      (.ledger, "INSERT INTO day (account, stream, day) VALUES (1, 1, 1)"),
      (.ledger, "INSERT INTO day (account, stream, day, state) VALUES (1, 1, 'today', 0)"),
      (.ledger, "INSERT INTO day (account, stream, day, state) VALUES (1,1,1,0), (1,1,1,0)"),
      (.ledger, "INSERT INTO window (owner, name, state) VALUES ('a', 'b', 'text')"),
      (.ledger, "INSERT INTO version VALUES (1, 1, 1, 1, NULL, 1)"),
      (.ledger, "INSERT INTO zone (name) VALUES ('UTC'), ('UTC')"),
      (.ledger, "INSERT INTO resync_day VALUES (1, 1, 1, 1), (1, 1, 1, 1)"),
      (.ledger, "INSERT INTO meta VALUES ('k', NULL)"),
      (.accounts, "INSERT INTO account (name) VALUES ('me')"),
      (.accounts, "INSERT INTO account (name, provider) VALUES ('me', 'p'), ('me', 'p')"),
      (.accounts, "INSERT INTO account (name, provider, first_day) VALUES ('me', 'p', 'x')"),
      (.accounts, "INSERT INTO grant_ (account, access) VALUES ('me', 't')"),
    ])
  func constraints(_ kind: Kind, _ sql: String) throws {
    let database = try kind.open(file)
    let error = #expect(throws: DatabaseError.self) { try database.execute(sql) }
    #expect(error?.kind == .constraint, "\(sql)")
  }

  @Test("the next work comes off an index, sorted already")
  func readyIsIndexed() throws {
    let database = try Kind.ledger.open(file)
    let plan = try database.statement(
      """
      EXPLAIN QUERY PLAN SELECT stream, day, class FROM day
      WHERE account = 1 AND class BETWEEN 0 AND 2 AND class IS NOT NULL AND next_at IS NULL
        AND +stream IN (SELECT value FROM json_each('[1]'))
      ORDER BY class, day DESC, stream LIMIT 32
      """
    ).all { row in row.text(3) }
    #expect(plan.first?.contains("INDEX ready") == true, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
  }
}
