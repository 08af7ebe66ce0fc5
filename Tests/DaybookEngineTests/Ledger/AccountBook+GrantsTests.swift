import DaybookCore
import Foundation
import Testing

@testable import DaybookEngine

@Suite("Account book: grants")
struct AccountBookGrantsTests {
  private let folder = ScratchFolder(inMemory: true)
  private let book: AccountBook
  private let now = Instant(seconds: 1_528_000_000)

  init() throws { book = try AccountBook(path: folder.path("accounts.sqlite")) }

  @Test("a grant comes back as it was written, and its answer is kept as received")
  func grants() throws {
    #expect(try book.grant("me") == nil)
    var grant = LedgerFixture.grant()
    grant.previousRefresh = Secret("before")
    grant.proven = true
    grant.term = GrantTerm(begun: now, ends: now + .days(7))
    try book.put(grant, account: "me", answer: [1, 2])
    let stored = try #require(try book.grant("me"))
    #expect(stored.grant == grant && stored.intentAt == nil)
    let answer = try book.database.statement("SELECT answer FROM grant_").first { row in
      row.blob(0)
    }
    #expect(answer == [1, 2])
    try book.put(LedgerFixture.grant(refresh: nil, generation: 2), account: "me", answer: nil)
    #expect(try book.grant("me")?.grant == LedgerFixture.grant(refresh: nil, generation: 2))
    try book.removeGrant("me")
    #expect(try book.grant("me") == nil)
  }

  @Test("the warnings of a sign-in's end are counted without touching a refresh under way")
  func told() throws {
    var grant = LedgerFixture.grant()
    grant.term = GrantTerm(begun: now, ends: now + .days(7))
    try book.put(grant, account: "me", answer: [1])
    try book.intend(account: "me", at: now)
    try book.noteTold(account: "me", 2)
    let stored = try #require(try book.grant("me"))
    #expect(stored.grant?.term?.told == 2 && stored.grant?.term?.ends == now + .days(7))
    #expect(stored.intentAt == now)
  }

  @Test("an intent lasts until a grant is stored or it is taken back")
  func intent() throws {
    try book.put(LedgerFixture.grant(), account: "me", answer: nil)
    try book.intend(account: "me", at: now)
    #expect(try book.grant("me")?.intentAt == now)
    try book.intend(account: "me", at: nil)
    #expect(try book.grant("me")?.intentAt == nil)
    try book.intend(account: "me", at: now)
    try book.put(LedgerFixture.grant(generation: 2), account: "me", answer: nil)
    #expect(try book.grant("me")?.intentAt == nil)
  }

  // MARK: Keys

  /// A grant with every secret that a row can hold, each told apart from any other text.
  private func storeCanaries() throws {
    var grant = LedgerFixture.grant("canary-access", refresh: "canary-refresh")
    grant.previousRefresh = Secret("canary-previous")
    try book.put(grant, account: "me", answer: Array("{canary-answer}".utf8))
  }

  /// Whether the database, its log, or anything beside them holds the word.
  private func isOnDisk(_ word: String) throws -> Bool {
    try folder.names("").contains { name in
      try Data(contentsOf: URL(fileURLWithPath: folder.path(name))).range(of: Data(word.utf8))
        != nil
    }
  }

  @Test("a ring encrypts every secret of a row, and only the ring opens it")
  func encrypted() throws {
    book.keyring = try LedgerFixture.ring(1)
    try storeCanaries()
    #expect(try !isOnDisk("canary"))
    let stored = try #require(try book.grant("me")?.grant)
    #expect(stored.access == Secret("canary-access"))
    #expect(stored.previousRefresh == Secret("canary-previous"))
    let id = try #require(book.keyring.current?.id)
    #expect(try book.keysInUse() == [id])
    for ring in [TokenKeyring(), try LedgerFixture.ring(2)] {
      book.keyring = ring
      #expect(try book.grant("me") == .locked(keyID: id))
      #expect(try book.encryptAnew() == 0)
    }
    book.keyring = try LedgerFixture.ring(2, 1)
    #expect(try book.grant("me")?.grant == stored)
  }

  @Test("what was in the clear is encrypted, and nothing of it stays in the file or its log")
  func encryptsAnew() throws {
    try storeCanaries()
    let before = try #require(try book.grant("me"))
    #expect(try isOnDisk("canary-refresh"))
    book.keyring = try LedgerFixture.ring(1)
    #expect(try book.encryptAnew() == 1 && book.encryptAnew() == 0)
    #expect(try !isOnDisk("canary"))
    #expect(try book.grant("me") == before)
  }

  @Test("a new first key takes over everything that opens, and 'plain' takes it all back")
  func rotation() throws {
    try storeCanaries()
    try book.intend(account: "me", at: now)
    try book.put(LedgerFixture.grant(), account: "you", answer: nil)
    let before = try book.grant("me")
    for ring in [
      try LedgerFixture.ring(1), try LedgerFixture.ring(2, 1), try LedgerFixture.ring(3, 2),
    ] {
      book.keyring = ring
      #expect(try book.encryptAnew() == 2)
      #expect(try book.keysInUse() == [ring.current?.id])
      #expect(try book.grant("me") == before)
    }
    book.keyring = try LedgerFixture.ring(3, plain: true)
    #expect(try book.encryptAnew() == 2 && book.keysInUse().isEmpty)
    book.keyring = TokenKeyring()
    #expect(try book.grant("me") == before)
  }

  @Test("a locked row stays as it is while the others are written anew")
  func locked() throws {
    book.keyring = try LedgerFixture.ring(1)
    try storeCanaries()
    let before = try book.grant("me")
    book.keyring = try LedgerFixture.ring(2)
    try book.put(LedgerFixture.grant(), account: "you", answer: nil)
    book.keyring = try LedgerFixture.ring(3, 2)
    #expect(try book.encryptAnew() == 1 && book.keysInUse().count == 2)
    book.keyring = try LedgerFixture.ring(3, 1)
    #expect(try book.grant("me") == before && book.encryptAnew() == 1)
  }

  @Test("a kill before the file was cleaned is made good by the next start")
  func scrub() throws {
    book.keyring = try LedgerFixture.ring(1)
    try book.setMeta("scrub", "yes")
    #expect(try book.encryptAnew() == 0)
    #expect(try book.meta("scrub") == nil)
  }

  @Test("a renamed account's grant opens under its new name, a locked one once its key is back")
  func renamed() throws {
    book.keyring = try LedgerFixture.ring(1)
    try book.put(AccountRecord(name: "me", provider: "p"))
    try storeCanaries()
    let before = try book.grant("me")
    book.keyring = TokenKeyring()
    try book.rename("me", to: "jane")
    book.keyring = try LedgerFixture.ring(1)
    #expect(try book.grant("jane") == before && book.grant("me") == nil)
  }
}
