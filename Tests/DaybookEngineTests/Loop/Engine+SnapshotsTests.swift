import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: snapshots")
struct EngineSnapshotsTests {
  /// A stream of days from 12 June on, and one that says only what is now: 15 June.
  private func bench() throws -> Bench {
    try Bench {
      $0.provider = .bench(["steps", "devices"]) {
        $0.streams[1].isSnapshot = true
        $0.streams[1].request.path = "/devices"
      }
    }
  }

  private func states(_ bench: Bench, _ days: String...) throws -> [DayState?] {
    try days.map { try bench.engine.ledger.row(bench.key("2018-06-\($0)", stream: 2))?.state }
  }

  private func resync(_ bench: Bench, _ from: String?, _ stream: String? = "devices")
    -> ControlReply?
  {
    var request = ResyncRequest(account: "me")
    request.stream = stream
    request.from = from.map { Bench.day($0) }
    request.to = request.from
    return bench.ask(.resync(request))
  }

  @Test("it is asked for today only; the days before the first one do not exist")
  func today() throws {
    let bench = try bench()
    #expect(bench.asked.filter { $0.hasPrefix("devices") } == ["devices 2018-06-15"])
    #expect(try bench.call("devices 2018-06-15").url == "https://api.p.test/v1/devices")
    bench.storeAll()
    #expect(try states(bench, "12", "14", "15") == [nil, nil, .open])
    #expect(bench.lane.streams[1].row.first == Bench.day("2018-06-15"))
    try bench.checkCounts()
  }

  @Test("what was read of a day is final once the day is over, and never asked for again")
  func over() throws {
    let bench = try bench()
    bench.storeAll()
    for _ in 0..<30 {
      bench.pass(.hours(3))
      #expect(
        !bench.asked.contains("devices 2018-06-15")
          || bench.wall < Bench.moment("2018-06-16T00:00:00Z"))
      bench.storeAll()
    }
    #expect(try states(bench, "15", "16", "17", "18") == [.final, .final, .final, .final])
    bench.pass(.days(40))
    bench.storeAll()
    bench.pass(.hours(2))
    #expect(!bench.asked.contains { $0.hasPrefix("devices 2018-06") }, "no verify either")
    try bench.checkCounts()
  }

  @Test("days on which nobody asked are beyond reach, and said to be")
  func gap() throws {
    let bench = try bench()
    bench.storeAll()
    bench.pass(.days(3))
    bench.storeAll()
    #expect(try states(bench, "15", "16", "17", "18") == [.final, .beyond, .beyond, .open])
    let row = try bench.row("2018-06-16", stream: 2)
    #expect(row.reason?.contains("cannot be any more") == true && row.workClass == nil)
    #expect(bench.lane.missing == 0)
    try bench.checkCounts()
  }

  @Test("an answer that comes after midnight is of the day on which it was asked for")
  func midnight() throws {
    let bench = try bench()
    let call = try bench.call("devices 2018-06-15")
    bench.pass(.hours(13))
    bench.store(call)
    #expect(try states(bench, "15") == [.open])
    bench.storeAll()
    bench.pass(.hours(6))
    bench.storeAll()
    #expect(try states(bench, "15", "16") == [.final, .open])
  }

  @Test("a resync takes today's again, and says that it can have no other")
  func resync() throws {
    let bench = try bench()
    bench.storeAll()
    bench.pass(.days(1))
    bench.storeAll()
    guard case .failed(.invalidRange(let why))? = resync(bench, "2018-06-15") else {
      Issue.record("a day that is over was taken")
      return
    }
    #expect(why.contains("today only"))
    guard case .resync(let progress)? = resync(bench, nil, nil) else {
      Issue.record("no resync")
      return
    }
    #expect(progress.total == 6, "five days of steps and one of devices")
    bench.storeAll()
    #expect(try bench.engine.ledger.resync(progress.id)?.refused == 0)
  }

  @Test("a lost ledger finds the first day in the tree")
  func rebuilt() throws {
    let bench = try bench()
    bench.storeAll()
    let ledger = bench.engine.ledger
    var early = DayRow(key: bench.key("2018-06-13", stream: 2), state: .final)
    early.stored = try bench.row("2018-06-15", stream: 2).stored
    try ledger.put(early)
    #expect(try ledger.firstRow(account: bench.lane.id, stream: 2) == Bench.day("2018-06-13"))
    #expect(try ledger.firstRow(account: bench.lane.id, stream: 9) == nil)
    var stream = bench.lane.streams[1]
    stream.row.first = nil
    let begin = try bench.engine.beginning(
      bench.lane, stream, Bench.day("2018-06-01"), today: Bench.day("2018-06-15"))
    #expect(begin == Bench.day("2018-06-13"))
  }
}
