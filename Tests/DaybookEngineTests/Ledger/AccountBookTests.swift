import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Account book")
struct AccountBookTests {
  let folder = ScratchFolder(inMemory: true)
  let book: AccountBook
  private let now = Instant(seconds: 1_528_000_000)

  init() throws { book = try AccountBook(path: folder.path("accounts.sqlite")) }

  private func grant(_ access: String = "a", refresh: String? = "r", generation: Int = 1) -> Grant {
    Grant(
      access: Secret(access), refresh: refresh.map { Secret($0) }, receivedAt: now,
      life: .hours(1), scopes: ["steps", "sleep"], generation: generation)
  }

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

  @Test("a grant comes back as it was written, and its answer is kept as received")
  func grants() throws {
    #expect(try book.grant("me") == nil)
    var grant = grant()
    grant.previousRefresh = Secret("before")
    grant.proven = true
    grant.term = GrantTerm(begun: now, ends: now + .days(7))
    try book.put(grant, account: "me", answer: [1, 2])
    let stored = try #require(try book.grant("me"))
    #expect(stored.0 == grant && stored.intentAt == nil)
    let answer = try book.database.statement("SELECT answer FROM grant_").first { row in
      row.blob(0)
    }
    #expect(answer == [1, 2])
    try book.put(self.grant(refresh: nil, generation: 2), account: "me", answer: nil)
    #expect(try book.grant("me")?.0 == self.grant(refresh: nil, generation: 2))
    try book.removeGrant("me")
    #expect(try book.grant("me") == nil)
  }

  @Test("the warnings of a sign-in's end are counted without touching a refresh under way")
  func told() throws {
    var grant = grant()
    grant.term = GrantTerm(begun: now, ends: now + .days(7))
    try book.put(grant, account: "me", answer: [1])
    try book.intend(account: "me", at: now)
    try book.noteTold(account: "me", 2)
    let stored = try #require(try book.grant("me"))
    #expect(stored.0.term?.told == 2 && stored.0.term?.ends == now + .days(7))
    #expect(stored.intentAt == now)
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
    #expect(try book.grant("me")?.0 == grant())
    #expect(try book.database.number("PRAGMA user_version") == Schema.accounts.count)
  }

  @Test("an intent lasts until a grant is stored or it is taken back")
  func intent() throws {
    try book.put(grant(), account: "me", answer: nil)
    try book.intend(account: "me", at: now)
    #expect(try book.grant("me")?.intentAt == now)
    try book.intend(account: "me", at: nil)
    #expect(try book.grant("me")?.intentAt == nil)
    try book.intend(account: "me", at: now)
    try book.put(grant(generation: 2), account: "me", answer: nil)
    #expect(try book.grant("me")?.intentAt == nil)
  }

  @Test("a renamed account keeps grant and history")
  func rename() throws {
    var record = AccountRecord(name: "me", provider: "moves")
    record.person = "7"
    try book.put(record)
    try book.put(grant(), account: "me", answer: nil)
    try book.rename("me", to: "jane")
    #expect(try book.record("me") == nil && book.grant("me") == nil)
    #expect(try book.record("jane")?.person == "7")
    #expect(try book.grant("jane")?.0 == grant())
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
      try book.put(grant("sesame", refresh: "mucho"), account: "me", answer: nil)
    }
    let text = try #require(error).description
    #expect(!text.contains("sesame") && !text.contains("mucho"))
  }
}
