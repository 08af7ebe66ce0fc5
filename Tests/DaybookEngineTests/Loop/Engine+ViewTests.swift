import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: what a lane does next")
struct EngineViewTests {
  @Test("the last week is fresh, what is older is backfill")
  func classes() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-01") }
    let classes = try (1...15).map { day in
      try bench.row("2018-06-\(day < 10 ? "0" : "")\(day)").workClass
    }
    #expect(classes == Array(repeating: .backfill, count: 8) + Array(repeating: .fresh, count: 7))
  }

  @Test("a new day is there when it begins, in the account's zone")
  func newDay() throws {
    let bench = try Bench { $0.accounts[0].zone = "Asia/Tokyo" }
    bench.storeAll()
    #expect(try bench.status().zone == "Asia/Tokyo")
    bench.pass(.hours(3) - .seconds(1))
    bench.storeAll()
    #expect(bench.lane.stored == 4)
    bench.pass(.seconds(1))
    #expect(bench.asked.contains("steps 2018-06-16"), "midnight there is 15:00 here")
  }

  @Test("a service in trouble is asked by one call at a time until it has answered one")
  func oneAtATime() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-05-01") }
    // Those that were under way together are one failure.
    for _ in 0..<8 where bench.lane.failures < 3 {
      #expect(bench.open.count > 3)
      for call in bench.open { bench.answer(call, 500) }
      bench.pass(.hours(1))
    }
    for _ in 0..<3 {
      #expect(bench.open.count == 1)
      bench.answer(bench.open[0], 500)
      bench.pass(.hours(1))
    }
    bench.store(bench.open[0])
    #expect(bench.open.count > 3)
  }

  @Test("days that were slept through are made up")
  func slept() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.pass(.days(5))
    #expect(bench.asked.contains("steps 2018-06-20") && bench.asked.contains("steps 2018-06-16"))
    bench.storeAll()
    #expect(bench.lane.stored == 9)
    try bench.checkCounts()
  }

  @Test("while the clock is not trusted no day is made; once it is, all of them")
  func untrusted() throws {
    let bench = try Bench {
      $0.synchronised = false
      $0.up = .minutes(1)
    }
    #expect(bench.open.isEmpty && bench.logged(.clockUntrusted).count == 1)
    #expect(try bench.daemonStatus().state == .clockUntrusted)
    bench.synchronised = true
    bench.pass(.seconds(1))
    #expect(bench.open.count == 4 && bench.logged(.clockTrusted).count == 1)
  }

  @Test(
    "an account that may not call asks for nothing",
    arguments: ["paused", "sealed", "stopped", "sign-in-needed", "no grant"])
  func closed(_ why: String) throws {
    let bench = try Bench()
    bench.storeAll()
    switch why {
    case "paused": bench.lane.record.pausedAt = bench.wall
    case "sealed": bench.lane.record.sealedAt = bench.wall
    case "stopped": bench.lane.stopped = "why"
    case "no grant": bench.lane.grant = nil
    default: bench.lane.record.signInReason = "why"
    }
    bench.engine.roster.wakeAll()
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty && !bench.engine.isOpen(bench.lane))
  }

  @Test("the days that are about to pass the provider's reach go first, from the first day on")
  func reach() throws {
    let bench = try Bench {
      $0.provider.streams[0].reach = 60
      $0.firstDay = Bench.day("2018-01-01")
    }
    #expect(
      bench.asked.prefix(3) == ["steps 2018-04-18", "steps 2018-04-17", "steps 2018-04-16"])
  }

  @Test("while days are missing, backfill has a fifth of the calls")
  func backfillShare() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    var order: [Day] = []
    for _ in 0..<10 {
      guard let call = bench.open.first, case .spool(let path, _) = call.reception else { break }
      order.append(path.day)
      bench.store(call)
    }
    let backfill = order.filter { $0 < Bench.day("2018-06-09") }
    #expect(backfill.count >= 2, "\(order)")
  }

  @Test("an account never has more calls in flight than its limit")
  func inFlight() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    #expect(bench.open.count == Limits.callsInFlightPerLane)
    bench.store(bench.open[3])
    #expect(bench.open.count == Limits.callsInFlightPerLane)
  }

  @Test("no call leaves while a window is closed, and the first one when it opens")
  func window() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("m", 60, 5)]
    }
    #expect(bench.open.count == 5)
    bench.storeAll()
    #expect(bench.lane.stored == 5)
    bench.pass(.seconds(60))
    #expect(bench.open.isEmpty, "the guard is not over")
    bench.pass(.milliseconds(50))
    #expect(bench.open.count == 5)
  }

  @Test("with spare time a final day is verified, at the pace of a twentieth of the window")
  func verifies() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("h", 3_600, 720)]
    }
    bench.storeAll()
    #expect(bench.lane.streams[0].row.counts[.final] > 100)
    bench.pass(.days(2))
    bench.storeAll()
    bench.pass(.minutes(10))
    bench.storeAll()
    let calls = bench.lane.calls
    for _ in 0..<20 {
      bench.pass(.seconds(100))
      bench.storeAll()
    }
    #expect(bench.lane.calls - calls == 20, "one in 100 s of one in 5 s")
    #expect(bench.lane.streams[0].row.verifyCursor != nil)
    #expect(bench.lane.streams[0].row.counts.confirmed > 0)
    try bench.checkCounts()
  }

  @Test(
    "verifying is paced by the window that gives least",
    arguments: [
      ([], 60.0), ([.bench("m", 60, 60)], 20),
      ([.bench("m", 60, 60), .bench("d", 86_400, 96)], 18_000),
    ] as [([WindowSpec], Double)])
  func pace(_ windows: [WindowSpec], _ seconds: Double) throws {
    let bench = try Bench { $0.provider.windows = windows }
    #expect(bench.engine.verifyPace(bench.lane) == .seconds(seconds))
  }
}
