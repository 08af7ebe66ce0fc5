import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: batches")
struct EngineBatchTests {
  /// What another reader of the file sees: what was committed.
  private func committed(_ bench: Bench, _ sql: String) throws -> Int {
    try Database(path: bench.folder.path("ledger.sqlite")).number(sql)
  }

  @Test("attempt and slot are committed before the call leaves")
  func beforeLeaving() throws {
    let bench = try Bench { $0.provider.windows = [.bench("m", 60, 100)] }
    #expect(bench.open.count == 4)
    #expect(try committed(bench, "SELECT sum(attempts) FROM day") == 4)
    #expect(try committed(bench, "SELECT count(*) FROM window WHERE owner = 'a:me'") == 1)
    #expect(bench.lane.windows.allSatisfy { $0.reserved >= 4 })
  }

  @Test("what comes before the start is heard, and nothing leaves before it")
  func beforeStart() throws {
    let bench = try Bench()
    let next = try Engine(bench.setup(), now: bench.now)
    let leaves = { (effects: [Effect]) in
      effects.contains { if case .send = $0 { true } else { false } }
    }
    for event in [Event.probed(.writable), .tick, .clockStepped] {
      #expect(!leaves(next.handle([event], now: bench.now)) && next.flights.isEmpty)
    }
    // A process that did not stop in order has a check to make first: nothing leaves with it either.
    #expect(!leaves(next.start(now: bench.now)))
    #expect(next.verification.run?.isAtStart == true)
  }

  @Test("what arrived together is settled together")
  func together() throws {
    let bench = try Bench()
    let calls = bench.open
    let replies = calls.map { call in
      Event.replied(
        call.id, Reply(.answered(bench.makeAnswer(call, 200, Bench.items(1), []))))
    }
    let effects = bench.engine.handle(replies, now: bench.now)
    let batches = effects.compactMap { effect -> [PersistItem]? in
      if case .persist(let items) = effect { items } else { nil }
    }
    #expect(batches.map(\.count) == [4])
  }

  @Test("accounts of a client take turns of four calls, never more in flight than they may")
  func turns() throws {
    let bench = try Bench {
      $0.accounts = ["a", "b"].map { .bench($0) }
      $0.firstDay = Bench.day("2018-01-01")
    }
    let order = bench.open.compactMap { call -> String? in
      if case .spool(let path, _) = call.reception { path.account } else { nil }
    }
    #expect(order == ["a", "b", "a", "b"].flatMap { Array(repeating: $0, count: 4) })
    bench.answer(try #require(bench.open.first), 500)
    #expect(bench.open.count == 16)
  }

  @Test("transfers of all accounts together are bounded")
  func transfers() throws {
    let bench = try Bench {
      $0.accounts = (0..<12).map { .bench("a\($0)") }
      $0.firstDay = Bench.day("2018-01-01")
    }
    #expect(bench.open.count == Limits.transfers)
    bench.store(try #require(bench.open.first))
    #expect(bench.open.count == Limits.transfers)
  }

  @Test("accounts that wait for nothing look around at the same moments")
  func rounds() throws {
    let bench = try Bench()
    bench.storeAll()
    for _ in 0..<8 {
      bench.pass(bench.wake ?? .zero)
      for call in bench.open { bench.answer(call, 500) }
    }
    bench.pass(.seconds(7))
    let wake = try #require(bench.wake)
    let rounds = (bench.boot + wake).microseconds % Limits.longestSleep.inMicroseconds
    #expect(rounds == 0 || wake < .minutes(15))
    #expect(wake <= Limits.longestSleep)
  }
}
