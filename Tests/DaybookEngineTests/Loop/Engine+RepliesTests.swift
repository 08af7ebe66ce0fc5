import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: replies")
struct EngineRepliesTests {
  @Test("the call's slot is dated when its answer ends, failures too", arguments: [true, false])
  func slots(_ fails: Bool) throws {
    let bench = try Bench { $0.provider.windows = [.bench("m", 60, 100)] }
    let call = try #require(bench.open.first)
    bench.pass(.seconds(50))
    if fails { bench.fail(call) } else { bench.answer(call, 500) }
    #expect(bench.lane.windows[0].inFlight == 3 && bench.lane.inFlight == 3)
    bench.pass(.seconds(59))
    #expect(bench.lane.windows[0].used >= 4)
  }

  @Test("what libcurl put on the wire twice counts twice")
  func twice() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-06-15")
      $0.provider.windows = [.bench("m", 60, 100)]
    }
    let call = try #require(bench.open.first)
    bench.reply(call, Reply(.failed(TransportFailure(.cut)), sends: 2))
    #expect(bench.lane.windows[0].used == 2)
  }

  @Test("meters lower the room, of the account's windows and of the app's")
  func meters() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("m", 60, 100), .bench("d", 86_400, 500, per: .app)]
      $0.provider.meters = [
        Meter(header: "X-Left", says: .left, windows: ["m"]),
        Meter(header: "X-Limit", says: .limit, windows: ["d"]),
      ]
    }
    bench.answer(
      try #require(bench.open.first), 200, Bench.items(1),
      headers: [Field("x-left", "0"), Field("x-limit", "200")])
    #expect(bench.lane.client.windows[0].limit == 200)
    #expect(bench.sent.isEmpty && bench.lane.windows[0].limit == 100)
  }

  @Test("a meter that makes no sense is counted and changes nothing")
  func garbage() throws {
    let bench = try Bench {
      $0.provider.windows = [.bench("m", 60, 100)]
      $0.provider.meters = [Meter(header: "X-Left", says: .left, windows: ["m"])]
    }
    bench.answer(
      try #require(bench.open.first), 200, Bench.items(1), headers: [Field("x-left", "lots")])
    #expect(bench.engine.health.garbageMeters == 1)
  }

  @Test("an answer's date tells whether the clock can be trusted")
  func date() throws {
    let bench = try Bench { $0.synchronised = false }
    bench.answer(
      try #require(bench.open.first), 500,
      headers: [Field("date", "Sun, 15 Jul 2018 12:00:00 GMT")])
    #expect(try bench.daemonStatus().state == .clockUntrusted)
    bench.answer(
      try #require(bench.open.first), 500,
      headers: [Field("date", "Fri, 15 Jun 2018 12:01:00 GMT")])
    #expect(try bench.daemonStatus().state == .ready)
  }

  @Test("calls of tokens take no slot of the windows")
  func tokens() throws {
    let bench = try Bench {
      $0.tokenLife = .hours(1)
      $0.provider.windows = [.bench("h", 3_600, 5)]
    }
    bench.storeAll()
    bench.pass(.minutes(54))
    #expect(bench.open.map(\.kind) == [.token])
    #expect(bench.lane.windows[0].used == 4 && bench.lane.inFlight == 0)
  }
}
