import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: days")
struct LedgerDaysTests {
  let fixture: LedgerFixture
  var ledger: Ledger { fixture.ledger }

  init() throws { fixture = try LedgerFixture() }

  private func day(_ date: String) -> Day { LedgerFixture.day(date) }

  @Test("a row comes back as it was written, in every state", arguments: DayState.allCases)
  func roundTrip(_ state: DayState) throws {
    let stored = StoredDay(
      read: LedgerFixture.read(zone: "Europe/Berlin"), reads: 3,
      equalSince: Instant(seconds: 1_528_000_001), readAt: Instant(seconds: 1_528_000_002))
    var row = LedgerFixture.row(
      "2018-06-01", state, .urgent, nextAt: 1_529_000_000,
      stored: state == .missing ? nil : stored)
    row.attempts = 4
    row.reason = "status 500"
    try ledger.put(row)
    #expect(try ledger.row(row.key) == row)
    row.workClass = nil
    row.nextAt = nil
    row.reason = nil
    row.stored?.read.zone = "UTC"
    try ledger.put(row)
    #expect(try ledger.row(row.key) == row)
    #expect(try fixture.count("day") == 1)
  }

  @Test("rows come by day, both ends included, of one stream alone")
  func range() throws {
    let dates = ["2018-06-03", "2018-06-01", "2018-06-02", "2018-06-04"]
    try fixture.put(dates.map { LedgerFixture.row($0) })
    try fixture.put([LedgerFixture.row("2018-06-02", stream: 2)])
    let rows = try ledger.rows(
      account: 1, stream: 1, from: day("2018-06-01"), to: day("2018-06-03"))
    #expect(rows.map { "\($0.key.day)" } == ["2018-06-01", "2018-06-02", "2018-06-03"])
    #expect(try ledger.row(LedgerFixture.key("2018-06-05")) == nil)
  }

  @Test("missing days are added once, and never over what is there")
  func addMissing() throws {
    try ledger.put(LedgerFixture.row("2018-06-02", .final))
    func add(_ from: String, _ to: String) throws -> Int {
      try ledger.addMissing(account: 1, stream: 1, from: day(from), to: day(to), .backfill)
    }
    #expect(try add("2018-06-01", "2018-06-03") == 2)
    #expect(try add("2018-06-01", "2018-06-03") == 0)
    #expect(try add("2018-06-04", "2018-06-01") == 0)
    #expect(try add("2018-06-04", "2018-06-04") == 1)
    #expect(try ledger.row(LedgerFixture.key("2018-06-02"))?.state == .final)
    #expect(
      try fixture.ready() == [
        "backfill 1 2018-06-04", "backfill 1 2018-06-03", "backfill 1 2018-06-01",
      ])
  }

  @Test("work comes by class, newest first, then by stream, and what waits is not there")
  func order() throws {
    try fixture.put([
      LedgerFixture.row("2018-06-01", .missing, .backfill),
      LedgerFixture.row("2018-06-02", .missing, .backfill, stream: 2),
      LedgerFixture.row("2018-06-02", .missing, .backfill),
      LedgerFixture.row("2018-06-03", .open, .fresh),
      LedgerFixture.row("2018-01-01", .final, .forced),
      LedgerFixture.row("2017-01-01", .damaged, .urgent),
      LedgerFixture.row("2018-06-05", .open, .fresh, nextAt: 9),
      LedgerFixture.row("2018-06-06", .final),
    ])
    let all = [
      "forced 1 2018-01-01", "urgent 1 2017-01-01", "fresh 1 2018-06-03", "backfill 1 2018-06-02",
      "backfill 2 2018-06-02", "backfill 1 2018-06-01",
    ]
    #expect(try fixture.ready() == all)
    #expect(try fixture.ready(.forced...(.fresh)) == Array(all[..<3]))
    #expect(try fixture.ready(.backfill...(.backfill), limit: 2) == Array(all[3..<5]))
    #expect(try fixture.ready(streams: [2], limit: 1) == [all[4]])
    #expect(try fixture.ready(streams: []) == [])
  }

  @Test("what waited long enough becomes ready, to the second")
  func promote() throws {
    try fixture.put([
      LedgerFixture.row("2018-06-01", .open, .fresh, nextAt: 100),
      LedgerFixture.row("2018-06-02", .open, .fresh, nextAt: 200),
    ])
    #expect(try ledger.nextDue(account: 1) == Instant(seconds: 100))
    #expect(try ledger.promote(account: 1, now: Instant(seconds: 99)) == 0)
    #expect(try ledger.promote(account: 1, now: Instant(seconds: 100)) == 1)
    #expect(try fixture.ready() == ["fresh 1 2018-06-01"])
    #expect(try ledger.nextDue(account: 1) == Instant(seconds: 200))
    #expect(try ledger.nextDue(account: 2) == nil)
  }

  @Test("a due time that a wrong clock has set is cut, one that can be stays")
  func cutWaits() throws {
    let now = Instant(seconds: 1_528_000_000)
    let waits: [(day: String, DayState, longest: Duration)] = [
      ("2018-05-01", .open, .days(33)), ("2018-05-02", .failing, .days(1)),
      ("2018-05-03", .missing, .days(1)), ("2018-06-01", .open, .hours(3)),
      ("2018-06-02", .final, .days(33)), ("2018-05-04", .beyond, .days(1)),
      ("2018-05-05", .refused, .days(1)), ("2018-05-06", .damaged, .days(1)),
    ]
    for isTooLong in [false, true] {
      for (day, state, longest) in waits {
        let next = (now + longest).seconds + (isTooLong ? 2 : 0)
        try fixture.put([LedgerFixture.row(day, state, .fresh, nextAt: next)])
      }
      try ledger.cutWaits(account: 1, now: now, recent: day("2018-06-01"), fresh: .hours(3))
      for (day, _, longest) in waits {
        let next = try ledger.row(LedgerFixture.key(day))?.nextAt
        #expect(next == (isTooLong ? now : now + longest), "\(day), too long: \(isTooLong)")
      }
    }
  }

  @Test("neighbours are the three stored days on each side, by size")
  func neighbours() throws {
    for (i, length) in [1, 50, 30, 40, 99, 20, 60, 10, 1].enumerated() {
      let text = String(repeating: "x", count: length)
      try ledger.put(
        LedgerFixture.row(
          "\(day("2018-06-01") + i)", .open,
          stored: StoredDay(read: LedgerFixture.read(text))))
    }
    let key = LedgerFixture.key("2018-06-05")
    #expect(try ledger.neighbourSizes(key) == [10, 20, 30, 40, 50, 60])
    #expect(try ledger.neighbourSizes(LedgerFixture.key("2018-06-05", stream: 2)) == [])
  }

  @Test("only what waits in the backlog is hurried")
  func hurry() throws {
    try fixture.put([
      LedgerFixture.row("2018-06-01", .missing, .backfill),
      LedgerFixture.row("2018-06-02", .missing, .backfill),
      LedgerFixture.row("2018-06-02", .missing, .backfill, stream: 2),
      LedgerFixture.row("2018-06-03", .missing, .forced),
      LedgerFixture.row("2018-06-04", .final),
    ])
    try ledger.hurry(account: 1, stream: 1, from: day("2018-06-02"), to: day("2018-06-04"))
    #expect(
      try fixture.ready() == [
        "forced 1 2018-06-03", "urgent 1 2018-06-02", "backfill 2 2018-06-02",
        "backfill 1 2018-06-01",
      ])
  }

  @Test("attempts are counted on the day alone")
  func attempts() throws {
    try fixture.put(["2018-06-01", "2018-06-02"].map { LedgerFixture.row($0) })
    for _ in 0..<3 { try ledger.countAttempt(LedgerFixture.key("2018-06-01")) }
    #expect(try ledger.row(LedgerFixture.key("2018-06-01"))?.attempts == 3)
    #expect(try ledger.row(LedgerFixture.key("2018-06-02"))?.attempts == 0)
  }

  @Test("before an end what is missing hurries, ready ones only; called off, it takes its turn")
  func ending() throws {
    let rows: [(DayState, WorkClass?, Int64?)] = [
      (.missing, .backfill, nil), (.missing, .fresh, nil), (.failing, .fresh, 1_529_000_000),
      (.failing, .backfill, nil), (.open, .fresh, nil), (.missing, .forced, nil),
      (.damaged, .urgent, nil), (.beyond, nil, nil),
    ]
    try fixture.put(
      rows.enumerated().map {
        LedgerFixture.row("2018-06-0\($0 + 1)", $1.0, $1.1, nextAt: $1.2)
      })
    func classes() throws -> [WorkClass?] {
      try ledger.rows(account: 1, stream: 1, from: day("2018-06-01"), to: day("2018-06-09"))
        .map(\.workClass)
    }
    try ledger.hurry(account: 2)
    #expect(try classes() == rows.map(\.1), "another account's")
    try ledger.hurry(account: 1)
    let hurried: [WorkClass?] = [.urgent, .urgent, .fresh, .urgent, .fresh, .forced, .urgent, nil]
    #expect(try classes() == hurried)
    try ledger.calm(account: 1)
    let calm: [WorkClass?] = [
      .backfill, .backfill, .fresh, .backfill, .fresh, .forced, .urgent, nil,
    ]
    #expect(try classes() == calm)
  }

  @Test("states come one by one, and the open days tell when they were last read")
  func states() throws {
    let read = Instant(seconds: 1_528_000_002)
    let stored = { (later: Int64) in
      StoredDay(
        read: LedgerFixture.read(), reads: 1, equalSince: read,
        readAt: Instant(seconds: read.seconds + later))
    }
    #expect(try ledger.lastSeen(account: 1, stream: 1) == nil)
    try fixture.put([
      LedgerFixture.row("2018-06-01", .open, .fresh, stored: stored(5)),
      LedgerFixture.row("2018-06-02", .open, .fresh, stored: stored(9)),
      LedgerFixture.row("2018-06-03", .final, nil, stored: stored(70)),
      LedgerFixture.row("2018-06-05", .missing, .backfill),
    ])
    var seen: [String] = []
    try ledger.states(account: 1, stream: 1, from: day("2018-06-02"), to: day("2018-06-09")) {
      seen.append("\($0) \($1) \($2)")
    }
    #expect(
      seen == ["2018-06-02 open false", "2018-06-03 final false", "2018-06-05 missing false"])
    #expect(
      try ledger.lastSeen(account: 1, stream: 1) == Instant(seconds: read.seconds + 9))
  }
}
