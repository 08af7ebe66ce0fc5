import Testing

@testable import DaybookCore
@testable import DaybookEngine

@Suite("Engine: trouble")
struct EngineTroubleTests {
  /// An answer to a day's call, and what becomes of the day.
  struct Case: CustomTestStringConvertible {
    var status: Int
    var body = ""
    var state: DayState
    var workClass: WorkClass?
    /// Seconds until it is tried again, at least and at most; nil: at once, or never.
    var wait: ClosedRange<Int64>?
    var logs: Message?
    var testDescription: String { "\(status) \(body)" }
  }

  @Test(
    "what an answer does to its day",
    arguments: [
      Case(status: 500, state: .failing, workClass: .fresh, wait: 2...5),
      Case(status: 502, state: .failing, workClass: .fresh, wait: 2...5),
      Case(status: 302, state: .failing, workClass: .fresh, wait: 2...5),
      Case(status: 204, state: .failing, workClass: .fresh, wait: 2...5),
      Case(
        status: 200, body: "<html>", state: .failing, workClass: .fresh, wait: 2...5,
        logs: .pageChanged),
      Case(
        status: 403, state: .refused, workClass: .backfill, wait: 86_400...86_400, logs: .dayRefused
      ),
      Case(status: 410, state: .beyond, workClass: .backfill, wait: 86_400...86_400),
      Case(status: 404, state: .failing, workClass: .fresh, wait: 86_400...86_400, logs: .bug),
      Case(status: 400, state: .failing, workClass: .fresh, wait: 86_400...86_400, logs: .bug),
      Case(status: 401, state: .missing, workClass: .fresh),
      Case(status: 429, state: .missing, workClass: .fresh, logs: .paused),
    ])
  func days(_ c: Case) throws {
    let bench = try Bench()
    // So that 410 is said of the day alone.
    bench.lane.refreshedAt = bench.boot
    bench.answer(try bench.call("steps 2018-06-14"), c.status, c.body)
    let row = try bench.row("2018-06-14")
    #expect(row.state == c.state && row.workClass == c.workClass)
    if let wait = c.wait {
      let told = try #require(row.nextAt) - bench.wall
      #expect(told.inSeconds >= wait.lowerBound && told <= .seconds(wait.upperBound), "\(told)")
    } else {
      #expect(row.nextAt == nil)
    }
    if let logs = c.logs { #expect(bench.logged(logs).count == 1) }
    #expect(bench.open.filter { $0.kind == .data }.count == 3, "the other days go on")
    try bench.checkCounts()
  }

  @Test("what is said of a day twice, a day apart, is believed", arguments: [403, 410])
  func saidTwice(status: Int) throws {
    let bench = try Bench()
    for isAgain in [false, true] {
      bench.lane.refreshedAt = bench.boot
      bench.answer(try bench.call("steps 2018-06-14"), status)
      #expect(try bench.row("2018-06-14").workClass == (isAgain ? nil : .backfill))
      bench.storeAll()
      bench.pass(.hours(25))
    }
    #expect(bench.asked.contains("steps 2018-06-14") == false)
    try bench.checkCounts()
  }

  @Test(
    "a stored day keeps its bytes, whatever the provider says later",
    arguments: [403, 410, 404, 500, 429])
  func storedStays(_ status: Int) throws {
    let bench = try Bench()
    bench.storeAll()
    let before = try bench.row("2018-06-15")
    bench.pass(.hours(3))
    bench.answer(try bench.call("steps 2018-06-15"), status)
    let row = try bench.row("2018-06-15")
    #expect(row.state == .open && row.stored == before.stored)
    #expect(row.workClass == .fresh, "it is asked again")
  }

  @Test("waits of a day grow with its attempts, and the third failure in a row is the provider's")
  func patience() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    for (most, waits) in [(5, false), (20, false), (80, true)] as [(Int64, Bool)] {
      bench.answer(try bench.call("steps 2018-06-15"), 500)
      let wait = try #require(try bench.row("2018-06-15").nextAt) - bench.wall
      #expect(wait <= .seconds(most) && wait >= .microseconds(most * 500_000))
      #expect((bench.lane.notBefore != nil) == waits)
      if !waits { bench.pass(.seconds(most)) }
    }
    #expect(bench.logged(.serverTrouble).count == 1 && bench.logged(.dayFailed).count == 1)
    #expect(try bench.status().state == .waiting)
    #expect(try bench.row("2018-06-15").attempts == 3)
    bench.pass(.seconds(80))
    bench.store(try bench.call("steps 2018-06-15"))
    #expect(bench.lane.failures == 0 && bench.lane.waitsUntil == nil)
    #expect(try bench.row("2018-06-15").attempts == 0)
  }

  @Test("calls that were under way when trouble was noticed say nothing new")
  func oneTrouble() throws {
    let bench = try Bench()
    for call in bench.open { bench.answer(call, 500) }
    #expect(bench.lane.failures == 1)
  }

  @Test(
    "who asks to be left alone is left alone, from the first time on",
    arguments: [(503, "600", 600), (429, "7", 7), (429, "Fri, 15 Jun 2018 12:05:00 GMT", 300)])
  func retryAfter(_ status: Int, _ told: String, _ seconds: Int64) throws {
    let bench = try Bench()
    let calls = bench.open
    bench.answer(calls[0], status, headers: [Field("retry-after", told)])
    bench.store(calls[1])
    bench.store(calls[2])
    bench.store(calls[3])
    #expect(bench.logged(.paused).count == 1)
    bench.pass(.seconds(seconds) - .milliseconds(1))
    #expect(bench.asked.isEmpty, "a good answer to an earlier call does not change it")
    #expect(try bench.status().state == .waiting)
    bench.pass(.seconds(1))
    #expect(bench.asked.contains("steps 2018-06-15"))
  }

  @Test("Retry-After of another status says nothing")
  func retryAfterElsewhere() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.answer(try bench.call("steps 2018-06-15"), 500, headers: [Field("retry-after", "600")])
    bench.pass(.seconds(5))
    #expect(bench.asked == ["steps 2018-06-15"])
  }

  @Test("a refusal closes the exhausted window to its boundary, and paces it for a day")
  func windowClosed() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-06-15")
      $0.provider.windows = [
        .bench("m", 60, 60, align: .clock), .bench("h", 3_600, 1_000, align: .clock),
      ]
    }
    bench.answer(try bench.call("steps 2018-06-15"), 429)
    bench.pass(.seconds(60))
    #expect(bench.asked.isEmpty)
    bench.pass(.seconds(1))
    #expect(bench.asked == ["steps 2018-06-15"])
    #expect(bench.lane.windows.map { $0.pacedUntil != nil } == [true, false])
  }

  @Test("refusals without a word wait longer each time")
  func refusalsGrow() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    var waits: [Duration] = []
    for _ in 0..<3 {
      bench.answer(try bench.call("steps 2018-06-15"), 429)
      let until = try #require(bench.lane.waitsUntil)
      waits.append(until - bench.boot)
      bench.pass(until - bench.boot)
    }
    #expect(waits[1] > waits[0] * 1.5 && waits[2] > waits[1] * 1.5, "\(waits)")
  }

  @Test("calls that had left when a refusal came do not make the wait grow, nor are they told of")
  func oneRefusal() throws {
    let bench = try Bench()
    #expect(bench.open.count > 1)
    for call in bench.open { bench.answer(call, 429) }
    #expect(bench.lane.refusals == 1 && bench.logged(.paused).count == 1)
    #expect(try #require(bench.lane.waitsUntil) - bench.boot <= .seconds(65))
  }

  @Test("a page instead of data waits five minutes at least")
  func page() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.answer(try bench.call("steps 2018-06-15"), 200, "<!DOCTYPE html>")
    bench.pass(.seconds(299))
    #expect(bench.asked.isEmpty)
    bench.pass(.seconds(2))
    #expect(bench.asked == ["steps 2018-06-15"])
  }

  @Test("a provider without a sign-in that wants one is our trouble, until a reload")
  func noLogin() throws {
    let bench = try Bench {
      $0.provider = .bench(login: .none)
      $0.accounts = [.bench("me", client: nil)]
    }
    for call in bench.open { bench.answer(call, 401) }
    #expect(try bench.status().state == .stopped)
    bench.pass(.hours(1))
    #expect(bench.open.isEmpty)
    bench.handle(.settingsRead(bench.configuration))
    #expect(!bench.open.isEmpty)
  }

  @Test("no answer is a failure like another, in its own words")
  func noAnswer() throws {
    let bench = try Bench()
    bench.fail(try bench.call("steps 2018-06-14"), .connect)
    #expect(try bench.row("2018-06-14").reason == "cannot connect: detail")
  }
}
