import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: settling days")
struct EngineSettleTests {
  @Test(
    "a stored day that may change waits for its next read",
    arguments: [
      ("2018-06-15", "2018-06-15T15:00:00Z"), ("2018-06-14", "2018-06-16T00:00:00Z"),
      ("2018-06-13", "2018-06-16T00:00:00Z"), ("2018-06-12", "2018-06-17T00:00:00Z"),
    ])
  func nextRead(_ date: String, _ next: String) throws {
    let bench = try Bench()
    bench.store(try bench.call("steps \(date)"))
    let row = try bench.row(date)
    #expect(row.state == .open && row.workClass == .fresh)
    #expect(row.nextAt == Bench.moment(next))
  }

  @Test("a day closes by two equal reads, and is then final and confirmed")
  func closes() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.storeAll()
    for _ in 0..<40 {
      bench.pass(.hours(2))
      bench.storeAll()
    }
    let row = try bench.row("2018-06-15")
    #expect(row.state == .final && row.isConfirmed && row.workClass == nil && row.nextAt == nil)
    #expect(bench.lane.streams[0].row.counts.confirmed >= 1)
    try bench.checkCounts()
  }

  @Test("the journal says once that every day is here")
  func complete() throws {
    let bench = try Bench()
    bench.storeAll()
    #expect(bench.logged(.backfillComplete) == ["every day is here: 4 days"])
    bench.pass(.days(1))
    bench.storeAll()
    #expect(bench.logged(.backfillComplete).count == 1)
  }

  @Test("progress is told at most every 30 s")
  func progress() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-05-01") }
    for _ in 0..<12 {
      bench.store(try #require(bench.open.first))
      bench.pass(.seconds(10))
    }
    let told = bench.logged(.progress)
    #expect((3...4).contains(told.count), "\(told)")
    #expect(told.allSatisfy { $0.contains("of 46 days") })
  }

  @Test("not modified is a read; of something we do not have it is none")
  func notModified() throws {
    let bench = try Bench()
    bench.store(try bench.call("steps 2018-06-15"), headers: [Field("etag", "\"e\"")])
    bench.pass(.hours(3))
    try bench.change("2018-06-15") {
      $0.state = .failing
      $0.stored = nil
    }
    bench.answer(try bench.call("steps 2018-06-15"), 304)
    #expect(try bench.engine.ledger.etag(bench.key("2018-06-15")) == nil)
    #expect(try bench.call("steps 2018-06-15").header("If-None-Match") == nil)
    #expect(try bench.row("2018-06-15").state == .failing)
  }

  @Test("when a final day turns out different, the week on each side is looked at again")
  func changedFinal() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-05-20") }
    bench.storeAll()
    for number in Bench.day("2018-05-20").number...Bench.day("2018-06-10").number {
      try bench.change("\(Day(number: number))") {
        $0.state = .final
        $0.workClass = nil
        $0.nextAt = nil
      }
    }
    var request = ResyncRequest(account: "me")
    request.from = Bench.day("2018-06-01")
    request.to = request.from
    bench.command(.resync(request))
    bench.answer(try bench.call("steps 2018-06-01"), 200, Bench.items(9))
    bench.persist()
    let classes = try ["2018-05-24", "2018-05-25", "2018-06-02", "2018-06-08", "2018-06-09"].map {
      try bench.row($0).workClass
    }
    #expect(classes == [nil, .fresh, .fresh, .fresh, nil])
    #expect(try bench.row("2018-06-02").state == .final, "what it was is kept if it changed too")
    #expect(try bench.row("2018-06-01").state == .open, "its new bytes are not proved yet")
    #expect(bench.asked.count == Limits.callsInFlightPerLane, "\(bench.asked)")
    #expect(bench.logged(.dayChanged).count == 1)
    bench.answer(try bench.call("steps 2018-06-08"), 200, Bench.items(9))
    #expect(bench.filing.first?.keepOldFetchedAt != nil)
    bench.persist()
    #expect(
      try bench.row("2018-06-09").workClass == nil, "one change does not wander through the years")
    try bench.checkCounts()
  }

  /// What the archive says, and what becomes of the day and the process.
  struct Refusal: CustomTestStringConvertible {
    var failure: ArchiveFailure
    var state = DayState.missing
    var daemon = DaemonState.ready
    var logs: Message
    var testDescription: String { failure.kind }
  }

  @Test(
    "when the archive refuses, the trouble has its own radius",
    arguments: [
      Refusal(failure: .full("no room"), daemon: .diskFull, logs: .diskFull),
      Refusal(failure: .away("no marker"), daemon: .archiveAway, logs: .archiveAway),
      Refusal(failure: .syncFailed("EIO"), logs: .dayFailed),
    ])
  func refused(_ c: Refusal) throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(1))
    bench.persist(c.failure)
    #expect(try bench.row("2018-06-15").state == c.state)
    #expect(try bench.daemonStatus().state == c.daemon)
    #expect(bench.logged(c.logs).count == 1)
    if c.daemon != .ready {
      #expect(bench.asked.isEmpty)
      bench.handle(.probed(.writable))
    }
    #expect(bench.asked == ["steps 2018-06-15"], "the day is asked again")
  }

  @Test(
    "what stands in a day's way is that day's trouble",
    arguments: [ArchiveFailure.obstructed("a link"), .failed("EACCES")])
  func obstructed(_ failure: ArchiveFailure) throws {
    let bench = try Bench()
    bench.answer(try bench.call("steps 2018-06-14"), 200, Bench.items(1))
    bench.persist(failure)
    let row = try bench.row("2018-06-14")
    #expect(row.state == .failing && row.nextAt != nil)
    #expect(row.reason == "the archive: \(failure)")
    #expect(try bench.daemonStatus().state == .ready)
    try bench.checkCounts()
  }

  @Test("a second failed sync in a row stops the process; a day between them forgives")
  func syncFailures() throws {
    for between in [false, true] {
      let bench = try Bench()
      let calls = bench.open
      bench.answer(calls[0], 200, Bench.items(1))
      bench.persist(.syncFailed("EIO"))
      #expect(bench.exit == nil)
      if between { bench.store(calls[1]) }
      bench.answer(calls[2], 200, Bench.items(1))
      bench.persist(.syncFailed("EIO"))
      #expect(bench.exit == (between ? nil : 74))
      #expect(bench.logged(.fatal).count == (between ? 0 : 1))
    }
  }

  @Test(
    "lengths are spoken as people do",
    arguments: [
      (0, "0 s"), (99, "99 s"), (100, "2 min"), (5_999, "100 min"), (6_000, "1 h 40 min"),
      (172_799, "47 h 59 min"), (172_800, "2 days"), (864_000, "10 days"),
    ])
  func spoken(_ seconds: Int, _ text: String) {
    #expect(DaybookEngine.spoken(seconds: seconds) == text)
  }

  @Test(
    "a plural is one only where it is", arguments: [(0, "0 days"), (1, "1 day"), (2, "2 days")])
  func plural(_ n: Int, _ text: String) { #expect(count(n, "day") == text) }
}
