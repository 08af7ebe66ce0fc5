import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: resyncs")
struct LedgerResyncTests {
  let fixture: LedgerFixture
  var ledger: Ledger { fixture.ledger }
  private let first = LedgerFixture.key("2018-06-01")
  private let second = LedgerFixture.key("2018-06-02")
  private let now = Instant(seconds: 1_528_000_000)

  init() throws { fixture = try LedgerFixture() }

  @Test("a resync counts its days to the end")
  func counts() throws {
    let id = try ledger.addResync(account: 1, days: [first, second], now: now)
    #expect(try ledger.resync(id) == ResyncProgress(id: id, total: 2))
    try ledger.advanceResyncs(ledger.resyncs(of: first), first, changed: true, refused: false)
    var progress = try #require(try ledger.resync(id))
    #expect(progress.done == 1 && progress.changed == 1 && progress.state == .working)
    try ledger.advanceResyncs(ledger.resyncs(of: second), second, changed: false, refused: true)
    progress = try #require(try ledger.resync(id))
    #expect(progress.done == 2 && progress.changed == 1 && progress.refused == 1)
    #expect(progress.state == .done)
  }

  @Test("a day counts once in a resync, however often it is read")
  func once() throws {
    let id = try ledger.addResync(account: 1, days: [first, second], now: now)
    for _ in 0..<2 {
      try ledger.advanceResyncs(ledger.resyncs(of: first), first, changed: true, refused: false)
    }
    #expect(try ledger.resync(id)?.done == 1)
  }

  @Test("one read serves every resync that waits for the day")
  func shared() throws {
    let a = try ledger.addResync(account: 1, days: [first], now: now)
    let b = try ledger.addResync(account: 1, days: [first, second], now: now)
    #expect(try ledger.resyncs(of: first) == [a, b])
    #expect(try ledger.resyncs(of: second) == [b])
    try ledger.advanceResyncs([a, b], first, changed: false, refused: false)
    #expect(try ledger.resync(a)?.state == .done)
    #expect(try ledger.resync(b)?.state == .working)
    #expect(try ledger.resyncs(of: first) == [])
  }

  @Test("a resync of no day is done at once")
  func empty() throws {
    let id = try ledger.addResync(account: 1, days: [], now: now)
    #expect(try ledger.resync(id)?.state == .done)
    #expect(try ledger.resync(id + 1) == nil)
  }

  @Test("what ended long ago is forgotten, what has not ended never")
  func forget() throws {
    let done = try ledger.addResync(account: 1, days: [], now: now)
    let working = try ledger.addResync(account: 1, days: [first], now: now)
    let later = try ledger.addResync(account: 1, days: [], now: now + .days(1))
    try ledger.forgetResyncs(before: now)
    #expect(try ledger.resync(done) != nil)
    try ledger.forgetResyncs(before: now + .seconds(1))
    #expect(try ledger.resync(done) == nil)
    #expect(try ledger.resync(working) != nil && ledger.resync(later) != nil)
  }

  @Test("an account that goes takes its own resyncs with it")
  func drop() throws {
    let mine = try ledger.addResync(account: 1, days: [first], now: now)
    let key = LedgerFixture.key("2018-06-01", account: 2)
    let other = try ledger.addResync(account: 2, days: [key], now: now)
    #expect(try ledger.resyncAccount(mine) == 1 && ledger.resyncAccount(other) == 2)
    try ledger.dropResyncs(account: 1)
    #expect(try ledger.resync(mine) == nil && ledger.resyncs(of: first) == [])
    #expect(try ledger.resyncAccount(mine) == nil)
    #expect(try ledger.resyncs(of: key) == [other])
  }
}
