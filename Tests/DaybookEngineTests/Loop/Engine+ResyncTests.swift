import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: resync")
struct EngineResyncTests {
  private func stored(_ firstDay: String = "2018-06-01") throws -> Bench {
    let bench = try Bench { $0.firstDay = Bench.day(firstDay) }
    bench.storeAll()
    return bench
  }

  private func request(
    _ from: String? = nil, _ to: String? = nil, all: Bool = false, stream: String? = nil
  ) -> ResyncRequest {
    var request = ResyncRequest(account: "me")
    request.from = from.map(Bench.day)
    request.to = to.map(Bench.day)
    request.all = all
    request.stream = stream
    return request
  }

  private func begun(_ reply: ControlReply?) throws -> ResyncProgress {
    guard case .resync(let progress)? = reply else {
      throw BenchError("no resync: \(String(describing: reply))")
    }
    return progress
  }

  @Test(
    "a range is what was asked for, cut to the account's days",
    arguments: [
      ("2018-06-03", "2018-06-05", 3), ("2018-06-05", nil, 11), (nil, "2018-06-02", 2),
      ("2001-01-01", "2018-06-01", 1), ("2018-06-15", "2030-01-01", 1),
    ] as [(String?, String?, Int)])
  func ranges(_ from: String?, _ to: String?, _ days: Int) throws {
    let progress = try begun(stored().ask(.resync(request(from, to))))
    #expect(progress.total == days && progress.state == .working)
  }

  @Test("without a range it is the open days and the last seven; everything with all")
  func defaults() throws {
    let bench = try stored()
    for day in 1...7 {
      try bench.change("2018-06-0\(day)") {
        $0.state = .final
        $0.workClass = nil
        $0.nextAt = nil
      }
    }
    #expect(try begun(bench.ask(.resync(request()))).total == 8)
    #expect(try begun(bench.ask(.resync(request(all: true)))).total == 15)
  }

  @Test("its days go first, and it ends when each had one good read")
  func toTheEnd() throws {
    let bench = try stored()
    let id = bench.command(.resync(request("2018-06-03", "2018-06-04")), more: true)
    #expect(bench.asked == ["steps 2018-06-04", "steps 2018-06-03"])
    bench.store(try bench.call("steps 2018-06-04"), 2)
    bench.store(try bench.call("steps 2018-06-03"), 5)
    let told = try (bench.answers[id] ?? []).map { try begun($0) }
    #expect(told.map(\.done) == [0, 1, 2] && told.map(\.changed) == [0, 0, 1])
    #expect(told.map(\.state) == [.working, .working, .done])
    #expect(bench.logged(.resyncDone).count == 1)
    #expect(bench.engine.resyncWatchers.isEmpty)
  }

  @Test("a verdict ends a day too, a failure does not")
  func verdicts() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-12") }
    bench.lane.refreshedAt = bench.boot
    let id = bench.command(.resync(request()), more: true)
    for (date, status) in [("2018-06-15", 403), ("2018-06-14", 410), ("2018-06-13", 500)] {
      bench.answer(try bench.call("steps \(date)"), status)
    }
    let last = try begun(bench.answers[id]?.last)
    #expect(last.done == 2 && last.refused == 2 && last.state == .working)
  }

  @Test("what was refused or out of reach is asked again")
  func forced() throws {
    let bench = try Bench()
    bench.lane.refreshedAt = bench.boot
    bench.answer(try bench.call("steps 2018-06-15"), 403)
    bench.answer(try bench.call("steps 2018-06-14"), 410)
    bench.command(.resync(request()))
    #expect(bench.asked.contains("steps 2018-06-15") && bench.asked.contains("steps 2018-06-14"))
    try bench.checkCounts()
  }

  @Test("it survives a restart")
  func restart() throws {
    let bench = try stored()
    let progress = try begun(bench.ask(.resync(request("2018-06-03", "2018-06-03"))))
    try bench.restart()
    #expect(bench.asked == ["steps 2018-06-03"])
    bench.storeAll()
    #expect(try bench.engine.ledger.resync(progress.id)?.state == .done)
  }

  @Test("who waits is told of a pause and of a sign-in that is needed", arguments: [true, false])
  func interrupted(_ pauses: Bool) throws {
    let bench = try stored()
    let id = bench.command(.resync(request("2018-06-03", "2018-06-04")), more: true)
    if pauses {
      bench.command(.pause(account: "me"))
    } else {
      bench.lane.grant?.refresh = nil
      bench.answer(try bench.call("steps 2018-06-04"), 401)
    }
    let last = try begun(bench.answers[id]?.last)
    #expect(last.state == (pauses ? .paused : .signInNeeded) && last.done == 0)
  }

  @Test("a client that hung up is told nothing more")
  func hungUp() throws {
    let bench = try stored()
    let id = bench.command(.resync(request("2018-06-03", "2018-06-03")), more: true)
    bench.handle(.hungUp(id))
    bench.storeAll()
    #expect(bench.answers[id]?.count == 1)
    #expect(bench.logged(.resyncDone).count == 1)
  }

  @Test("what cannot be done is refused with its reason")
  func refusals() throws {
    let bench = try stored()
    var other = request()
    other.account = "you"
    #expect(bench.ask(.resync(other)) == .failed(.noSuchAccount("you")))
    #expect(
      bench.ask(.resync(request(stream: "sleep")))
        == .failed(.noSuchStream(account: "me", stream: "sleep")))
    for (from, to) in [("2018-06-05", "2018-06-04"), ("2018-06-16", nil), (nil, "2018-05-31")] {
      guard case .failed(.invalidRange)? = bench.ask(.resync(request(from, to))) else {
        Issue.record("\(from ?? "") \(to ?? "")")
        return
      }
    }
    bench.lane.record.signInReason = "signed out"
    #expect(
      bench.ask(.resync(request()))
        == .failed(.signInNeeded(account: "me", command: "daybook login me")))
    bench.lane.record.sealReason = "ended"
    #expect(
      bench.ask(.resync(request())) == .failed(.accountSealed(account: "me", reason: "ended")))
  }

  @Test("an account whose days are not known yet cannot be read again")
  func noDays() throws {
    let bench = try Bench { $0.firstDay = nil }
    guard case .failed(.invalidRange)? = bench.ask(.resync(request())) else {
      Issue.record("begun")
      return
    }
  }
}
