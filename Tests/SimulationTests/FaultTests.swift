import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Whatever a provider answers: nothing is settled wrongly, nobody is asked too often, and when the
/// trouble is over everything is complete.
@Suite("Faults of providers")
struct FaultTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 12) { options in
      options.emptyRate = 0
      options.timeout = .seconds(20)
      change(&options)
    }
  }

  /// The bytes that each day has when nothing goes wrong.
  private func undisturbed() throws -> [DayState: Int] {
    let world = try world()
    try world.run(for: .minutes(30)) { world.isComplete }
    return [.open: world.days(.open), .final: world.days(.final)]
  }

  static let all = [
    "data:status=500", "data:status=503", "data:status=503,retry-after=40", "data:status=502",
    "data:stall", "data:stall=200", "data:reset", "data:reset=300", "data:refused",
    "data:cut=0,framing=close", "data:cut=120,framing=close", "data:cut=120,framing=length",
    "data:html", "data:empty", "data:noise", "data:delay=60", "data:malformed=status-line",
    "data:status=429", "data:status=429,retry-after=30", "data:status=429,retry-after=date+30",
    "data:status=429,retry-after=soon", "data:status=302", "data:status=204",
    "account:status=500", "account:html", "token:status=500",
  ]

  @Test(
    "for an hour every call ends in the same trouble; then everything is complete", arguments: all)
  func forAnHour(fault: String) throws {
    let world = try world()
    let stored = world.lane("me")?.stored ?? 0
    world.checks.allowsRefusals = true
    _ = world.providers.faults.add(try FaultRule(fault))
    let calls = world.checks.sends
    try world.run(for: .hours(1))
    let during = world.checks.sends - calls
    if fault.hasPrefix("data:") {
      #expect((world.lane("me")?.stored ?? -1) <= stored + 8, "settled by \(fault)")
      #expect(world.isComplete == false)
      #expect((2...160).contains(during), "\(during) calls in an hour of \(fault)")
    }
    world.providers.faults.clear()
    try world.run(for: .hours(7)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test("trouble of one call in three slows a backfill and breaks nothing")
  func oneInThree() throws {
    let world = try world { $0.history = 40 }
    for fault in [
      "data:status=503@rate=0.1", "data:cut=90,framing=close@rate=0.1", "data:html@rate=0.02",
    ] {
      _ = world.providers.faults.add(try FaultRule(fault))
    }
    try world.run(for: .hours(3)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("waits grow with each attempt at a day that fails alone, and the others are not held up")
  func oneDay() throws {
    let world = try world()
    let day = world.options.firstDay + 5
    let date = CivilText.compact(day)
    var moments: [Instant] = []
    world.tamper = { request, response in
      guard request.path.hasSuffix(date) else { return }
      moments.append(world.clock.truth)
      response = .text(503, "no\n")
    }
    try world.run(for: .minutes(1))
    #expect(world.days(.missing) + world.days(.failing) == 1)
    try world.run(for: .hours(12))
    let waits = zip(moments.dropFirst(), moments).map { $0 - $1 }
    #expect((5...14).contains(waits.count), "\(waits.count) attempts in 12 hours")
    #expect(waits.last ?? .zero > .minutes(60))
    for (wait, next) in zip(waits, waits.dropFirst()) {
      #expect(next > wait * 0.9, "\(wait), then \(next)")
    }
    #expect(world.count(.dayFailed) >= 1)
    let row = try #require(try world.row(day))
    #expect(row.state == .failing)
    #expect(row.reason == "status 503")
    world.tamper = nil
    try world.run(for: .hours(7)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  /// One day is always answered like this.
  private func single(_ answer: SimResponse, hours: Int64 = 30) throws -> (World, Day) {
    let world = try world()
    let day = world.options.firstDay + 5
    let date = CivilText.compact(day)
    world.tamper = { request, response in
      if request.path.hasSuffix(date) { response = answer }
    }
    world.checks.allowsBugs = true
    try world.run(for: .hours(hours))
    return (world, day)
  }

  @Test("a 404, which no row of the provider file explains, is told, parked, and asked once a day")
  func notFound() throws {
    let (world, day) = try single(.text(404, "no such day\n"))
    let row = try #require(try world.row(day))
    #expect(row.state == .failing)
    #expect(row.reason?.contains("404") == true)
    #expect(world.count(.bug) == 2)
    #expect(world.days(.missing) + world.days(.failing) == 1)
    world.tamper = nil
    try world.run(for: .hours(25)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a 403 refuses the day, says so once, and is asked once more; a new sign-in asks again")
  func denied() throws {
    let (world, day) = try single(.text(403, "insufficient_scope\n"))
    #expect(try world.row(day)?.state == .refused)
    #expect(world.count(.dayRefused) == 1)
    #expect(world.checks.works.count { $0.day == day } == 2)
    world.tamper = nil
    try world.signIn("me")
    try world.run(for: .minutes(5)) { world.days(.refused) == 0 && world.isComplete }
    #expect(try world.row(day)?.state.isStored == true)
    #expect(world.violations() == [])
  }

  @Test("a single 410 is beyond for that day alone")
  func gone() throws {
    let (world, day) = try single(.text(410, "gone\n"))
    #expect(try world.row(day)?.state == .beyond)
    #expect(world.status()?.state != .sealed)
    #expect(world.days(.missing) + world.days(.failing) == 0)
    #expect(world.violations() == [])
  }

  @Test("empty lists from an outage never replace days, nor close them")
  func emptyLists() throws {
    let world = try world { $0.history = 40 }
    try world.run(for: .minutes(5)) { world.isComplete }
    let days = try world.rows().map(\.key.day)
    let before = days.map { world.bytes($0) }
    let finals = world.days(.final)
    // For a day and a half the service has lost its data, and says 200.
    world.tamper = { request, response in
      guard let date = request.components.last, date.count == 8, response.status == 200 else {
        return
      }
      response.body = Array("[{\"date\":\"\(date)\",\"segments\":null,\"summary\":null}]".utf8)
      response.headers.removeAll { $0.name == "ETag" }
    }
    try world.run(for: .hours(36))
    #expect(world.count(.dayChanged) > 0)
    #expect(zip(days, before).allSatisfy { $1 == nil || world.bytes($0) == $1 })
    #expect(world.days(.final) >= finals)
    world.tamper = nil
    try world.run(for: .days(40))
    #expect(try world.rows().prefix(50).allSatisfy { $0.state == .final })
    #expect(zip(days, before).dropLast(2).allSatisfy { world.bytes($0) == $1 })
    #expect(try world.rows().prefix(45).allSatisfy { $0.stored?.read.items ?? 0 > 0 })
    #expect(world.violations() == [])
  }

  @Test("an outage during the backfill that answers with empty lists closes no day")
  func emptyBackfill() throws {
    let world = try world { $0.history = 60 }
    world.tamper = { request, response in
      guard let date = request.components.last, date.count == 8, response.status == 200 else {
        return
      }
      response.body = Array("[{\"date\":\"\(date)\",\"segments\":null,\"summary\":null}]".utf8)
      response.headers.removeAll { $0.name == "ETag" }
    }
    try world.run(for: .minutes(30)) { world.isComplete }
    #expect(world.days(.final) == 0, "closed by one empty answer")
    world.tamper = nil
    try world.run(for: .days(34))
    #expect(try world.rows().prefix(60).allSatisfy { $0.state == .final })
    #expect(try world.rows().prefix(60).allSatisfy { $0.stored?.read.items ?? 0 > 0 })
    #expect(world.violations() == [])
  }
}
