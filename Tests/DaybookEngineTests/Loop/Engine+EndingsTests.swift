import Testing

@testable import DaybookCore
@testable import DaybookEngine

@Suite("Engine: providers that end")
struct EngineEndingsTests {
  // MARK: Warnings

  @Test(
    "an announced end is told at the start, with what is still to read and what comes after",
    arguments: [
      ("2018-07-31", "Plain ends on 2018-07-31, in 46 days; 4 days still to read"),
      ("2018-06-15", "Plain ends on 2018-06-15, which is today; 4 days still to read"),
      ("2018-06-01", "Plain ended on 2018-06-01; 4 days still to read"),
    ])
  func told(_ date: String, _ text: String) throws {
    let bench = try Bench { $0.provider.sunset = Bench.day(date) }
    #expect(bench.logged(.providerEnding) == [text])
    let next = try Bench {
      $0.provider.sunset = Bench.day(date)
      $0.provider.successor = "plainer"
    }
    #expect(next.logged(.providerEnding) == [text + "; its successor here is plainer"])
  }

  @Test("a server of one's own does not end with the service")
  func hosted() throws {
    let bench = try Bench {
      $0.provider.sunset = Bench.day("2018-07-31")
      $0.accounts[0].origin = "https://mine.test"
    }
    #expect(bench.logged(.providerEnding) == [])
    #expect(try bench.status().sunset == nil && bench.status().daysLeft == nil)
  }

  @Test("restarts and reloads on the same day say nothing twice, on another day they do")
  func restarts() throws {
    let bench = try Bench { $0.provider.sunset = Bench.day("2018-12-31") }
    for _ in 0..<3 { try bench.begin() }
    bench.handle(.settingsRead(bench.configuration))
    bench.pass(.hours(1))
    #expect(bench.logged(.providerEnding).count == 1)
    bench.pass(.days(1))
    #expect(bench.logged(.providerEnding).count == 1)
    try bench.begin()
    #expect(bench.logged(.providerEnding).count == 2)
  }

  @Test("another date is told at once")
  func postponed() throws {
    let bench = try Bench { $0.provider.sunset = Bench.day("2018-07-31") }
    bench.configuration.providers["p"]?.sunset = Bench.day("2018-08-31")
    bench.handle(.settingsRead(bench.configuration))
    #expect(bench.logged(.providerEnding).last?.contains("2018-08-31") == true)
    #expect(bench.logged(.providerEnding).count == 2)
  }

  @Test("nothing is said by a clock that cannot be trusted")
  func clock() throws {
    let bench = try Bench {
      $0.provider.sunset = Bench.day("2018-07-31")
      $0.synchronised = false
      $0.up = .seconds(10)
    }
    #expect(bench.logged(.providerEnding) == [])
    bench.pass(.minutes(11))
    #expect(bench.logged(.providerEnding).count == 1)
  }

  @Test("status and systemd say how long there is")
  func shown() throws {
    let bench = try Bench {
      $0.provider.sunset = Bench.day("2018-07-19")
      $0.provider.successor = "plainer"
    }
    bench.storeAll()
    let status = try bench.status()
    #expect(status.sunset == Bench.day("2018-07-19") && status.daysLeft == 34)
    #expect(status.successor == "plainer")
    #expect(bench.engine.health.statusLine == "1 account, 4 days; p ends in 34 days")
    bench.pass(.days(34))
    bench.storeAll()
    #expect(bench.engine.health.statusLine.hasSuffix("p ends today"))
    #expect(try bench.status().daysLeft == 0)
  }

  @Test("an end that is far away is no matter of the status line")
  func far() throws {
    let bench = try Bench { $0.provider.sunset = Bench.day("2018-12-31") }
    #expect(!bench.engine.health.statusLine.contains("ends"))
  }

  // MARK: The order of the work

  @Test("within half a year of the end missing days go first, and open ones have a fifth")
  func order() throws {
    let bench = try Bench {
      $0.provider.sunset = Bench.day("2018-09-30")
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("h", 3_600, 7)]
    }
    // Seven days are open by now; three hours later all of them are due again.
    bench.storeAll()
    bench.pass(.days(1))
    var order: [DayWork] = []
    for hour in 0..<6 {
      while let call = bench.open.first {
        let flight = try #require(bench.engine.flights[call.id])
        if case .days(let read) = flight.purpose, hour > 0 { order += read.works }
        bench.store(call)
      }
      bench.pass(.seconds(3_601))
    }
    #expect(order.contains { $0.workClass == .urgent } && order.count > 30)
    let again = order.count { $0.workClass == .fresh }
    #expect(again >= order.count / 10 && again <= order.count / 4, "\(again) of \(order.count)")
    #expect(!order.contains { $0.workClass == .backfill })
    try bench.checkCounts()
  }

  @Test("what fails is urgent too, once its time has come")
  func failing() throws {
    let bench = try Bench { $0.provider.sunset = Bench.day("2018-07-31") }
    bench.answer(try bench.call("steps 2018-06-12"), 500)
    #expect(try bench.row("2018-06-12").state == .failing)
    bench.pass(.seconds(6))
    #expect(try bench.row("2018-06-12").workClass == .urgent)
  }

  @Test("no final day is read again while one is missing")
  func verifying() throws {
    for (missing, verifies) in [(true, false), (false, true)] {
      let bench = try Bench {
        $0.provider.sunset = Bench.day("2018-09-30")
        $0.firstDay = Bench.day("2018-01-01")
      }
      bench.storeAll()
      bench.pass(.days(3))
      bench.storeAll()
      if missing {
        try bench.change("2018-01-01") {
          $0.state = .failing
          $0.nextAt = bench.wall + .days(1)
          $0.workClass = .urgent
          $0.stored = nil
        }
      }
      bench.pass(.hours(1))
      let works = bench.engine.flights.values.filter {
        if case .days(let read) = $0.purpose { read.works[0].workClass == .verify } else { false }
      }
      #expect(!works.isEmpty == verifies)
    }
  }

  @Test("an end that was called off makes nothing urgent any more")
  func calledOff() throws {
    let bench = try Bench {
      $0.provider.sunset = Bench.day("2018-07-31")
      $0.firstDay = Bench.day("2018-01-01")
    }
    #expect(try bench.row("2018-01-01").workClass == .urgent)
    bench.configuration.providers["p"]?.sunset = nil
    bench.handle(.settingsRead(bench.configuration))
    #expect(try bench.row("2018-01-01").workClass == .backfill)
  }

  @Test("after the end one call at a time is made, and after three failures a few a day")
  func over() throws {
    let bench = try Bench { $0.provider.sunset = Bench.day("2018-06-14") }
    #expect(bench.open.count == 1)
    var failed = 0
    for _ in 0..<(2 * 96) {
      for call in bench.open {
        failed += 1
        bench.fail(call, .connect)
      }
      bench.pass(.minutes(15))
    }
    #expect((6...20).contains(failed), "\(failed) in two days")
    #expect(bench.lane.record.sealedAt == nil, "nothing is inferred from silence")
  }
}
