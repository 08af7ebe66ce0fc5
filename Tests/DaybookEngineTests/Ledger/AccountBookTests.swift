import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Account book")
struct AccountBookTests {
  let folder = ScratchFolder(inMemory: true)
  let book: AccountBook
  private let now = Instant(seconds: 1_528_000_000)

  init() throws { book = try AccountBook(path: folder.path("accounts.sqlite")) }

  @Test("every commit is FULL: what was said to be stored survives a loss of power")
  func full() throws {
    #expect(book.database.synchronous == .full)
    #expect(try book.database.number("PRAGMA synchronous") == 2)
  }

  @Test("an account comes back as it was written, with all it knows and with nothing")
  func record() throws {
    var record = AccountRecord(name: "me", provider: "moves")
    #expect(try book.record("me") == nil)
    try book.put(record)
    #expect(try book.record("me") == record)
    record.person = "90071992547409921"
    record.firstDay = LedgerFixture.day("2016-06-18")
    record.zone = "Europe/Berlin"
    record.syncedAt = now
    record.factsAt = now + .seconds(1)
    record.pausedAt = now + .seconds(2)
    record.sealedAt = now + .seconds(3)
    record.sealReason = "ended"
    record.signInReason = "signed out"
    try book.put(record)
    #expect(try book.record("me") == record)
    #expect(try book.record("you") == nil)
  }

  @Test("there is history once a first day is known")
  func history() throws {
    var record = AccountRecord(name: "me", provider: "moves")
    try book.put(record)
    #expect(try !book.hasHistory())
    record.firstDay = LedgerFixture.day("2016-06-18")
    try book.put(record)
    #expect(try book.hasHistory())
  }

  @Test("a file from before there were ends is read, with what it holds")
  func before() throws {
    let path = folder.path("old.sqlite")
    do {
      let old = try Database(path: path, applicationID: Schema.accountsID)
      try old.migrate([Schema.accounts[0]])
      try old.execute(
        """
        INSERT INTO account (name, provider, person) VALUES ('me', 'p', '7');
        INSERT INTO grant_ (account, access, refresh, received_at, life, scopes, proven, generation)
        VALUES ('me', 'a', 'r', \(now.seconds), 3600, 'steps sleep', 0, 1)
        """)
    }
    let book = try AccountBook(path: path)
    #expect(try book.record("me")?.person == "7")
    #expect(try book.grant("me")?.grant == LedgerFixture.grant())
    #expect(try book.database.number("PRAGMA user_version") == Schema.accounts.count)
  }

  @Test("a renamed account keeps grant and history")
  func rename() throws {
    var record = AccountRecord(name: "me", provider: "moves")
    record.person = "7"
    try book.put(record)
    try book.put(LedgerFixture.grant(), account: "me", answer: nil)
    try book.rename("me", to: "jane")
    #expect(try book.record("me") == nil && book.grant("me") == nil)
    #expect(try book.record("jane")?.person == "7")
    #expect(try book.grant("jane")?.grant == LedgerFixture.grant())
    try book.rename("me", to: "jane")
    #expect(try book.record("jane")?.person == "7")
  }

  @Test("notes are written and replaced")
  func meta() throws {
    #expect(try book.meta("k") == nil)
    try book.setMeta("k", "1")
    try book.setMeta("k", "2")
    #expect(try book.meta("k") == "2")
  }

  @Test("no error of the book shows a token")
  func secrets() throws {
    try book.database.execute("PRAGMA query_only = ON")
    let error = #expect(throws: DatabaseError.self) {
      try book.put(LedgerFixture.grant("sesame", refresh: "mucho"), account: "me", answer: nil)
    }
    let text = try #require(error).description
    #expect(!text.contains("sesame") && !text.contains("mucho"))
  }
}
