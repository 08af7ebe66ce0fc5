import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: health")
struct EngineHealthTests {
  private func probes(_ bench: Bench) -> Bool {
    bench.effects.contains { if case .probe = $0 { true } else { false } }
  }

  @Test("a full disk is told once, looked at every 30 s, and work goes on when there is room")
  func full() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    let calls = bench.open
    bench.answer(calls[0], 200, Bench.items(1))
    bench.persist(.full("no room"))
    #expect(bench.logged(.diskFull).count == 1)
    bench.answer(calls[1], 200, Bench.items(1))
    #expect(bench.filing.isEmpty, "nothing is written meanwhile")
    for call in bench.open { bench.answer(call, 500) }
    #expect(bench.open.isEmpty)
    bench.pass(Limits.probeInterval - .milliseconds(1))
    #expect(!probes(bench))
    bench.pass(.milliseconds(1))
    #expect(probes(bench))
    bench.handle(.probed(.full("no room")))
    #expect(bench.logged(.diskFull).count == 1)
    bench.handle(.probed(.writable))
    #expect(bench.logged(.diskBack).count == 1)
    #expect(bench.filing.count == 1, "what had arrived goes first")
    #expect(try bench.daemonStatus().reason == nil, "what is over is not told any more")
    #expect(!bench.open.isEmpty)
  }

  @Test("no token is refreshed while nothing can be written")
  func noRefresh() throws {
    let bench = try Bench { $0.tokenLife = .hours(1) }
    bench.storeAll()
    bench.handle(.probed(.full("no room")))
    bench.pass(.hours(2))
    #expect(bench.open.isEmpty)
    bench.handle(.probed(.writable))
    #expect(bench.open.map(\.kind) == [.token])
  }

  @Test("a body that found no room pauses too", arguments: [true, false])
  func bodyWithoutRoom(_ isFull: Bool) throws {
    let bench = try Bench()
    bench.fail(try #require(bench.open.first), isFull ? .diskFull : .disk)
    #expect(try bench.daemonStatus().state == (isFull ? .diskFull : .ready))
  }

  @Test("a disk that fails at the start pauses, is looked at again, and keeps nobody busy")
  func failing() throws {
    let bench = try Bench()
    bench.handle(.probed(.failed("EIO")))
    #expect(bench.logged(.archiveAway).count == 1)
    #expect(try bench.daemonStatus().reason == "EIO")
    for call in bench.open { bench.answer(call, 500) }
    bench.pass(Limits.probeInterval)
    #expect(probes(bench) && (bench.wake ?? .zero) > .seconds(1))
    bench.handle(.probed(.writable))
    #expect(bench.logged(.archiveBack).count == 1)
  }

  @Test("a stop that waits for a refresh sleeps meanwhile")
  func sleepsWhileStopping() throws {
    let bench = try Bench { $0.tokenLife = .hours(1) }
    bench.storeAll()
    bench.pass(.hours(1))
    _ = try bench.call(.token)
    bench.handle(.stopAsked)
    #expect(bench.exit == nil)
    bench.pass(.hours(4))
    #expect((bench.wake ?? .zero) > .seconds(1))
  }

  @Test("an archive that went away is named, with where it should be")
  func away() throws {
    let bench = try Bench()
    bench.handle(.probed(.away("no marker")))
    #expect(bench.logged(.archiveAway)[0].contains(bench.engine.archiveRoot))
    bench.handle(.probed(.failed("EIO")))
    #expect(try bench.daemonStatus().reason == "EIO")
    bench.handle(.probed(.writable))
    #expect(bench.logged(.archiveBack).count == 1)
  }

  @Test("a probe that nobody waits for changes nothing")
  func stray() throws {
    let bench = try Bench()
    bench.handle(.probed(.writable))
    #expect(bench.logged(.diskBack) == [] && bench.open.count == 4)
  }

  @Test("after a step of the clock a due time that cannot be is cut")
  func clockStep() throws {
    let bench = try Bench { $0.up = .minutes(1) }
    bench.storeAll()
    bench.wall = bench.wall - .days(300)
    bench.synchronised = false
    bench.handle(.clockStepped)
    let rows = try bench.engine.ledger.rows(
      account: bench.lane.id, stream: 1, from: Bench.day("2018-06-12"), to: Bench.day("2018-06-14"))
    #expect(rows.map(\.nextAt) == rows.map { _ in bench.wall })
  }

  @Test("what a stop finds gathered is put away before the end")
  func stopGathered() throws {
    let bench = try Bench()
    let calls = bench.open
    bench.answer(calls[0], 200, Bench.items(1))
    bench.answer(calls[1], 200, Bench.items(1))
    bench.handle(.stopAsked)
    bench.persist()
    #expect(bench.exit == nil && bench.filing.count == 1)
    bench.persist()
    #expect(bench.exit == 0 && bench.lane.stored == 2)
  }

  @Test("with a full disk a stop does not wait for what cannot be written")
  func stopFull() throws {
    let bench = try Bench()
    bench.handle(.probed(.full("no room")))
    bench.answer(try #require(bench.open.first), 200, Bench.items(1))
    bench.handle(.stopAsked)
    #expect(bench.exit == 0 && bench.discarded.count == 1)
  }

  @Test(
    "after a clean stop the windows know exactly what was used; after a kill the most there was")
  func windows() throws {
    for isClean in [true, false] {
      let bench = try Bench { $0.provider.windows = [.bench("h", 3_600, 3_000)] }
      bench.storeAll()
      if isClean { bench.handle(.stopAsked) }
      try bench.begin()
      let used = bench.lane.windows[0].used
      #expect(isClean ? used == 4 : (5...8).contains(used), "\(used)")
    }
  }

  @Test("another boot counts what may have been in flight")
  func reboot() throws {
    let bench = try Bench { $0.provider.windows = [.bench("h", 3_600, 3_000)] }
    bench.storeAll()
    bench.handle(.stopAsked)
    bench.boot = BootTime(microseconds: 700_000_000)
    bench.wall = bench.wall + .minutes(1)
    try bench.begin(bootID: "another")
    #expect(bench.lane.windows[0].used == 4 + Limits.callsInFlightPerLane)
  }
}
