import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Years in seconds: a backfill, and then day after day.
@Suite("Living")
struct LivingTests {
  @Test(
    "a backfill of several accounts, and day after day of living, end with every day settled",
    arguments: Seeds.isLong ? [(730, 365)] : [(240, 75)])
  func days(history: Int, living: Int64) throws {
    let world = try World { options in
      options.history = history
      options.accounts = ["me", "you"]
      options.trackers = ["jane"]
      options.trackerZone = "Europe/Helsinki"
      options.fresh = .hours(12)
      options.lateRate = 0.05
      options.pointEvery = 28_800
    }
    try world.signInAll()
    try world.run(for: .hours(2)) { world.isComplete }
    #expect(world.isComplete)
    try world.run(for: .days(living))
    let horizon = Zone.utc.day(at: world.clock.truth) - 33
    for account in ["me", "you", "jane"] {
      let old = try world.rows(account).filter { $0.key.day < horizon }
      #expect(old.count >= history)
      let open = old.filter { $0.state != .final }.map(\.key.day)
      // One that changed lately, and its neighbours, are believed after another read.
      #expect(open.count <= 20, "\(account): \(open)")
      #expect(try world.rows(account).allSatisfy { $0.state.isStored || $0.key.day > horizon + 32 })
    }
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test("fresh days go first while a backfill goes on, and the backfill is not starved")
  func freshFirst() throws {
    let world = try World { $0.history = 500 }
    try world.signInAll()
    try world.run(for: .minutes(2))
    let order = world.checks.works
    let week = Set((0..<7).map { Zone.utc.day(at: world.clock.truth) - $0 })
    let firstTwelve = order.prefix(12).filter { week.contains($0.day) }
    #expect(firstTwelve.count >= 7, "the last week first")
    let backfill = order.filter { $0.workClass == .backfill }.map(\.day)
    #expect(zip(backfill, backfill.dropFirst()).allSatisfy { $0 > $1 }, "newest first")
    #expect(Double(backfill.count) >= 0.2 * Double(order.count))
    #expect(world.violations() == [])
  }

  @Test("today is read every three hours during a backfill that takes days")
  func freshDuringBackfill() throws {
    let world = try World { options in
      options.history = 200
      options.windows = [SimWindow("Minute", length: .hours(1), limit: 20)]
      options.ownWindows = [
        WindowSpec(name: "minute", seconds: 3_600, limit: 20, per: .app, align: .clock),
        WindowSpec(name: "hour", seconds: 3_600, limit: 20, per: .app, align: .clock),
      ]
    }
    try world.signInAll()
    try world.run(for: .hours(9))
    #expect(!world.isComplete)
    let today = Zone.utc.day(at: world.clock.truth)
    #expect((3...5).contains(world.checks.works.count { $0.day == today }))
    #expect(world.violations() == [])
  }

  @Test("accounts of one client take fair turns: Jain's index is at least 0.99", arguments: [2, 5])
  func fair(accounts: Int) throws {
    let world = try World { options in
      options.history = 100
      options.accounts = (1...accounts).map { "person\($0)" }
    }
    world.command(.pause(account: nil))
    try world.signInAllPaused()
    let before = world.checks.daySends
    world.command(.resume(account: nil, probe: false))
    try world.run(for: .minutes(3))
    let calls = world.options.accounts.map {
      Double((world.checks.daySends[$0] ?? 0) - (before[$0] ?? 0))
    }
    let sum = calls.reduce(0, +)
    let squares = calls.reduce(0) { $0 + $1 * $1 }
    #expect(sum >= 100)
    #expect(sum * sum / (Double(accounts) * squares) >= 0.99, "\(calls)")
    #expect((calls.max() ?? 99) - (calls.min() ?? 0) <= 8, "more than two turns apart: \(calls)")
    #expect(world.violations() == [])
  }

  @Test("an account in trouble changes nothing for another of the same client")
  func isolated() throws {
    let world = try World { options in
      options.history = 60
      options.accounts = ["me", "you"]
    }
    try world.signInAll()
    world.tamper = { request, response in
      if world.person(of: request) == "me", request.path.contains("/daily/") {
        response = .text(503, "no\n")
      }
    }
    try world.run(for: .minutes(10))
    #expect(world.lane("you")?.missing == 0)
    #expect((world.lane("me")?.missing ?? 0) > 0)
    world.tamper = nil
    try world.run(for: .hours(7)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test(
    "whatever happens to an account, no other's calls move by more than one",
    arguments: Seeds.chosen(1...6))
  func neighbours(seed: UInt64) throws {
    #expect(try Neighbours(seed: seed).violations() == [], Seeds.replay(seed, "LivingTests"))
  }

  @Test("when nothing is due nothing is sent, and the daemon wakes four times an hour")
  func quiet() throws {
    let world = try World { options in
      options.history = 3
      options.lateRate = 0
    }
    try world.signInAll()
    try world.run(for: .minutes(10))
    let calls = world.checks.sends
    let wakes = world.wakeCount
    try world.run(for: .minutes(120))
    #expect(world.checks.sends == calls)
    #expect(world.wakeCount - wakes <= 10, "\(world.wakeCount - wakes) wakes in two hours")
    #expect(world.violations() == [])
  }
}

extension World {
  /// Signs in while paused: nothing but the sign-in itself is asked.
  func signInAllPaused() throws {
    for account in options.accounts {
      command(.resume(account: account, probe: false))
      try signIn(account)
      command(.pause(account: account))
    }
  }
}
