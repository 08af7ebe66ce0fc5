import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: days that have not begun")
struct EngineDaysToComeTests {
  /// The clock was set so many days ahead, and believed.
  private func ahead(_ days: Int64, synchronised: Bool = true) throws -> Bench {
    let bench = try Bench { $0.synchronised = synchronised }
    bench.storeAll()
    bench.wall = bench.wall + .days(days)
    bench.handle(.clockStepped)
    if !synchronised { bench.pass(.minutes(11)) }
    return bench
  }

  /// The clock is right again, and the calls that were under way end.
  private func back(_ bench: Bench, _ days: Int64) {
    bench.wall = bench.wall - .days(days)
    bench.handle(.clockStepped)
    for call in bench.open { bench.answer(call, 500) }
    bench.pass(.minutes(16))
  }

  private func last(_ bench: Bench) -> Day? { bench.lane.streams[0].row.last }

  @Test("rows of days to come go when the clock is right again, held ones stay")
  func forgotten() throws {
    let bench = try ahead(30)
    #expect(last(bench) == Bench.day("2018-07-15"))
    bench.store(try bench.call("steps 2018-07-15"))
    bench.answer(try bench.call("steps 2018-07-14"), 403)
    bench.store(try bench.call("steps 2018-07-13"))
    try bench.change("2018-07-13") { $0.state = .damaged }
    back(bench, 30)
    #expect(last(bench) == Bench.day("2018-06-16"), "tomorrow is not taken back")
    #expect(bench.lane.missing == 1)
    #expect(try bench.row("2018-07-15").state == .open)
    for day in ["2018-07-13", "2018-07-14"] {
      #expect(try bench.engine.ledger.row(bench.key(day)) == nil)
    }
    try bench.checkCounts()
    bench.pass(.days(2))
    #expect(last(bench) == Bench.day("2018-06-17"), "and days begin as before")
    try bench.checkCounts()
  }

  @Test("a held day to come whose file is gone is forgotten, and is no damage")
  func damaged() throws {
    let bench = try ahead(30)
    bench.store(try bench.call("steps 2018-07-15"))
    back(bench, 30)
    try bench.engine.damage(bench.key("2018-07-15"))
    #expect(try bench.engine.ledger.row(bench.key("2018-07-15")) == nil)
    #expect(bench.logged(.dayDamaged).isEmpty)
    try bench.checkCounts()
  }

  @Test("nothing is forgotten by a clock that is only believed, or while a call is under way")
  func doubtful() throws {
    let bench = try ahead(30, synchronised: false)
    back(bench, 30)
    #expect(last(bench) == Bench.day("2018-07-15"))
    bench.synchronised = true
    bench.pass(.minutes(16))
    #expect(last(bench) == Bench.day("2018-06-16"))
  }

  @Test("a resync that waits for days to come ends without them")
  func resynced() throws {
    let bench = try ahead(30)
    var request = ResyncRequest(account: "me")
    request.from = Bench.day("2018-07-10")
    request.to = Bench.day("2018-07-12")
    let command = bench.command(.resync(request), more: true)
    back(bench, 30)
    guard case .resync(let progress)? = bench.answers[command]?.last else {
      throw BenchError("no progress")
    }
    #expect(progress.state == .done)
  }

  @Test("an answer that says that its day has not begun proves nothing")
  func unborn() throws {
    let bench = try ahead(30, synchronised: false)
    let call = try bench.call("steps 2018-07-15")
    let headers = [Field("date", "Fri, 15 Jun 2018 12:20:00 GMT")]
    bench.answer(call, 200, "{\"items\":[]}", headers: headers)
    #expect(bench.filing.isEmpty && bench.discarded.count == 1)
    #expect(try bench.row("2018-07-15").state == .missing)
    #expect(try bench.daemonStatus().state == .clockUntrusted)
  }

  @Test("a wait that such an answer asks for holds all the same")
  func unbornWait() throws {
    let bench = try ahead(30, synchronised: false)
    let call = try bench.call("steps 2018-07-15")
    let headers = [
      Field("date", "Fri, 15 Jun 2018 12:20:00 GMT"), Field("retry-after", "7"),
    ]
    bench.answer(call, 503, headers: headers)
    #expect(bench.lane.toldUntil == bench.boot + .seconds(7))
  }

  @Test("the first day of an account is kept even if it lies in the future")
  func firstDay() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.storeAll()
    bench.wall = bench.wall - .days(365)
    bench.handle(.clockStepped)
    #expect(bench.lane.streams[0].row.first == last(bench))
    #expect(try bench.row("2018-06-15").state == .open)
  }
}
