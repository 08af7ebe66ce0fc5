import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: accounts and streams")
struct LedgerLanesTests {
  let fixture: LedgerFixture
  var ledger: Ledger { fixture.ledger }

  init() throws { fixture = try LedgerFixture() }

  @Test("accounts are numbered in the order they came, and a name is there once")
  func accounts() throws {
    let me = try ledger.addAccount(name: "me", provider: "moves")
    let you = try ledger.addAccount(name: "you", provider: "fitbit")
    #expect(me.id < you.id && !me.removed)
    #expect(try ledger.accounts() == [me, you])
    let error = #expect(throws: DatabaseError.self) {
      try ledger.addAccount(name: "me", provider: "moves")
    }
    #expect(error?.kind == .constraint)
  }

  @Test("an account is renamed and removed by its number; its provider stays")
  func setAccount() throws {
    var row = try ledger.addAccount(name: "me", provider: "moves")
    row.name = "jane"
    row.removed = true
    row.provider = "another"
    try ledger.setAccount(row)
    row.provider = "moves"
    #expect(try ledger.accounts() == [row])
    let other = try ledger.addAccount(name: "you", provider: "moves")
    let taken = AccountRow(id: other.id, name: "jane", provider: "moves", removed: false)
    #expect(throws: DatabaseError.self) { try ledger.setAccount(taken) }
  }

  @Test("a stream comes back with its days, cursor and every count")
  func streams() throws {
    var row = StreamRow(number: 2, name: "steps")
    try ledger.putStream(account: 1, row)
    #expect(try ledger.streams(account: 1) == [row])
    row.first = LedgerFixture.day("2016-01-01")
    row.last = LedgerFixture.day("2018-06-01")
    row.verifyCursor = LedgerFixture.day("2017-03-03")
    row.changesAt = Instant(seconds: 1_528_000_000)
    row.counts = StreamCounts(states: [1, 2, 3, 4, 5, 6, 7], confirmed: 8)
    try ledger.putStream(account: 1, row)
    try ledger.putStream(account: 1, StreamRow(number: 1, name: "sleep"))
    #expect(try ledger.streams(account: 1).map(\.name) == ["sleep", "steps"])
    let again = try #require(try ledger.streams(account: 1).last)
    #expect(again == row)
    #expect(DayState.allCases.map { again.counts[$0] } == [1, 2, 3, 4, 5, 6, 7])
    #expect(try ledger.streams(account: 2) == [])
  }

  @Test("the earliest row and the oldest fetch of a stream, where there are any")
  func oldest() throws {
    #expect(try ledger.firstRow(account: 1, stream: 1) == nil)
    #expect(try ledger.oldestFetch(account: 1, stream: 1) == nil)
    try ledger.put(LedgerFixture.row("2018-06-01", .missing))
    let key = LedgerFixture.row("2018-06-01", .missing).key
    #expect(try ledger.firstRow(account: key.account, stream: key.stream) == key.day)
    #expect(try ledger.oldestFetch(account: key.account, stream: key.stream) == nil)
    var stored = LedgerFixture.row("2018-06-03", .open)
    stored.stored = StoredDay(
      read: Read(
        at: Instant(seconds: 1_528_000_000), size: 1, sha256: SHA256.digest([]),
        digest: SHA256.digest([]), items: 1, zone: "UTC"))
    try ledger.put(stored)
    #expect(
      try ledger.oldestFetch(account: key.account, stream: key.stream)
        == Instant(seconds: 1_528_000_000))
  }

  @Test(
    "a stored day is remembered, whatever became of its file",
    arguments: [
      (DayState.missing, false), (.open, true), (.final, true), (.refused, false),
      (.beyond, false), (.failing, false), (.damaged, true),
    ])
  func hasStoredDays(_ state: DayState, _ expected: Bool) throws {
    #expect(try !ledger.hasStoredDays())
    var row = StreamRow(number: 1, name: "steps")
    row.counts.add(LedgerFixture.row("2018-06-01", state))
    try ledger.putStream(account: 1, row)
    #expect(try ledger.hasStoredDays() == expected)
  }

  @Test("a day has one ETag or none")
  func etags() throws {
    let key = LedgerFixture.key("2018-06-01")
    #expect(try ledger.etag(key) == nil)
    for tag in ["\"a\"", "W/\"b\"", nil, nil, "\"c\""] {
      try ledger.setETag(key, tag)
      #expect(try ledger.etag(key) == tag)
    }
    #expect(try ledger.etag(LedgerFixture.key("2018-06-01", stream: 2)) == nil)
    #expect(try fixture.count("etag") == 1)
  }

  @Test("versions of a day are one for each time of fetch")
  func versions() throws {
    let key = LedgerFixture.key("2018-06-01")
    for (text, second) in [("a", 1), ("b", 2), ("c", 2)] {
      try ledger.addVersion(key, LedgerFixture.read(text, at: Int64(second)))
    }
    #expect(try fixture.count("version") == 2)
  }

  @Test("an index lists a day for the first time once")
  func listed() throws {
    let day = LedgerFixture.day("2018-06-01")
    #expect(try ledger.list(account: 1, stream: 1, day))
    #expect(try !ledger.list(account: 1, stream: 1, day))
    #expect(try ledger.list(account: 1, stream: 2, day))
    #expect(try ledger.list(account: 2, stream: 1, day))
    #expect(try ledger.list(account: 1, stream: 1, day + 1))
  }

  @Test("a warning is remembered for its account, with the day it was about")
  func warnings() throws {
    let (on, sunset) = (LedgerFixture.day("2018-06-01"), LedgerFixture.day("2018-07-31"))
    #expect(try fixture.ledger.warning(account: 1) == nil)
    try fixture.ledger.setWarning(account: 1, on: on, sunset: sunset)
    let known = try #require(try fixture.ledger.warning(account: 1))
    #expect(known.on == on && known.sunset == sunset)
    #expect(try fixture.ledger.warning(account: 2) == nil)
    try fixture.ledger.setMeta("ending.1", "whatever")
    #expect(try fixture.ledger.warning(account: 1) == nil)
  }
}
