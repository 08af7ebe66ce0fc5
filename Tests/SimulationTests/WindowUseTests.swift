import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// A backfill takes what the provider allows: at least 99 % of it, and not one call too many.
///
/// How use is measured: ``RateGate/use(windows:)``.
@Suite("Use of windows")
struct WindowUseTests {
  static let open = [SimWindow("Minute", length: .minutes(1), limit: 1_000_000)]

  /// A backfill, and the limit that it meets: the gate's, in front of those of the model.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var gate: RateGate
    var windows = 10
    var days: Int
    var change: @Sendable (inout WorldOptions) -> Void

    init(
      _ name: String, _ gate: RateGate, windows: Int = 10, days: Int,
      _ change: @escaping @Sendable (inout WorldOptions) -> Void
    ) {
      testDescription = name
      self.gate = gate
      self.windows = windows
      self.days = days
      self.change = change
    }
  }

  /// However the server counts, and whatever the size of its window.
  static let moves =
    [RateGate.Shape.clock, .first, .rolling].map { shape in
      Case("moves, \(shape)", RateGate(shape, 60, per: .minutes(1)), days: 620) { _ in }
    }
    + [(10.0, 5), (10.0, 40), (900.0, 100)].map { seconds, limit in
      Case(
        "moves, \(limit) in \(seconds) s", RateGate(.rolling, limit, per: .seconds(seconds)),
        days: limit * 10 + 10
      ) {
        $0.ownWindows = [
          WindowSpec(name: "minute", seconds: seconds, limit: limit, per: .app, align: .unknown)
        ]
        // A short window is only as good as the wire is fast.
        $0.latency = seconds < 60 ? .milliseconds(20) : .milliseconds(200)
      }
    }

  /// By the windows of the installed files, behind a server that counts in the strictest way; the
  /// models count in theirs, and tell it in their meters.
  static let wearables = [
    Case("fitbit", RateGate(.rolling, 150, per: .hours(1)), days: 260) {
      $0.fitbits = ["me"]
      $0.changeFitbit = { $0.pointEvery = 3_600 }
      $0.changeAccount = {
        $0.streams = ["steps", "calories", "distance", "floors", "elevation", "heart", "sleep"]
      }
    },
    Case("google-health, a person", RateGate(.rolling, 150, per: .minutes(1)), days: 1_300) {
      $0.googles = ["me"]
      $0.changeGoogle = {
        $0.isVerified = false
        $0.pointEvery = 3_600
        $0.heartRateEvery = 3_600
      }
      $0.changeAccount = { $0.streams = ["heart-rate", "steps"] }
    },
    // Each has 150 for himself, and both together have 200.
    Case("google-health, a project", RateGate(.rolling, 200, per: .minutes(1)), days: 1_020) {
      $0.googles = ["me", "you"]
      $0.changeGoogle = {
        $0.isVerified = false
        $0.projectWindows[0].limit = 200
        $0.pointEvery = 3_600
        $0.heartRateEvery = 3_600
      }
      $0.changeAccount = { account in
        account.streams = ["heart-rate"]
        account.windows = [
          WindowSpec(name: "app-minute", seconds: 60, limit: 200, per: .app, align: .unknown)
        ]
      }
    },
    // A second of rest lasts from an answer to the next call, as that of the site's own client did:
    // what a window of one call wastes is the time of the wire.
    Case("fitbit-site", RateGate(.rolling, 1, per: .seconds(1)), windows: 400, days: 120) {
      $0.sites = ["me"]
      $0.latency = .milliseconds(5)
    },
  ]

  @Test(
    "at least 99 % of what is allowed is used, and no call is refused",
    arguments: moves + wearables)
  func use(of c: Case) throws {
    let world = try World.signedIn(history: c.days) { options in
      options.windows = Self.open
      options.gate = c.gate
      c.change(&options)
      if !(options.fitbits + options.googles + options.sites).isEmpty {
        options.accounts = []
        options.start = Instant(rfc3339: "2025-06-01T12:00:00Z") ?? options.start
      }
    }
    try world.run(for: c.gate.length * (2 * c.windows)) {
      (world.gate?.arrivals.count ?? 0) > c.gate.limit * c.windows
    }
    let gate = try #require(world.gate)
    let use = try gate.use(windows: c.windows)
    #expect(use >= 0.99, "\(use)")
    #expect(gate.refused == 0)
    #expect(world.checks.refusals == 0)
    #expect(world.violations() == [])
  }

  private func backfill(
    _ gate: RateGate, days: Int, seed: UInt64 = 1, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    let world = try World { options in
      options.seed = seed
      options.history = days
      options.windows = Self.open
      options.gate = gate
      change(&options)
    }
    try world.signInAll()
    return world
  }

  @Test("60 a minute and 2,000 an hour together: every hour's budget is used")
  func minuteAndHour() throws {
    let hour = RateGate(.rolling, 2_000, per: .hours(1))
    let world = try backfill(hour, days: 2_100) { $0.windows = WorldOptions().windows }
    try world.run(for: .hours(2)) { (world.gate?.arrivals.count ?? 0) > 2_060 }
    let gate = try #require(world.gate)
    // 60 a minute until the hour's 2,000 are used; the next as soon as the first are an hour old.
    let first = gate.arrivals[1_980] - gate.arrivals[0]
    let second = gate.arrivals[2_000] - gate.arrivals[0]
    #expect(first <= .minutes(33) * 1.01, "1,980 calls took \(first)")
    #expect(second <= .hours(1) * 1.005, "the second hour began after \(second)")
    #expect(gate.refused == 0)
    let model = try #require(world.providers.providers.moves)
    #expect(model.stats.refused == 0)
    #expect(model.stats.meters[0].meter.mostRolling <= 60)
    #expect(world.violations() == [])
  }

  @Test("a server that estimates by a sliding counter refuses a few calls, and then none")
  func sliding() throws {
    let world = try backfill(RateGate(.sliding, 60, per: .minutes(1)), days: 400)
    world.checks.allowsRefusals = true
    try world.run(for: .minutes(4))
    let early = world.gate?.refused ?? 0
    #expect((1...16).contains(early), "\(early) refused in the first minutes")
    try world.run(for: .minutes(20)) { world.isComplete }
    #expect(world.isComplete)
    #expect((world.gate?.refused ?? 0) == early, "refused although the window is paced")
    #expect(world.violations() == [])
  }

  @Test("a limit that is halved without notice costs at most eight refusals a minute, no day")
  func halved() throws {
    var gate = RateGate(.rolling, 60, per: .minutes(1))
    gate.changes = (WorldOptions().start + .minutes(3), 30)
    let world = try backfill(gate, days: 300)
    world.checks.allowsRefusals = true
    try world.run(for: .minutes(60)) { world.isComplete }
    #expect(world.isComplete)
    let refused = world.gate?.refused ?? 0
    #expect((1...30).contains(refused), "\(refused) refused")
    #expect(world.violations() == [])
  }

  @Test("a limit that is halved and told in a meter costs a handful of refusals at most")
  func halvedAndTold() throws {
    var gate = RateGate(.rolling, 60, per: .minutes(1))
    gate.isTold = true
    gate.changes = (WorldOptions().start + .minutes(3), 30)
    let world = try backfill(gate, days: 300)
    world.checks.allowsRefusals = true
    try world.run(for: .minutes(60)) { world.isComplete }
    #expect(world.isComplete)
    #expect((world.gate?.refused ?? 99) <= 8, "\(world.gate?.refused ?? -1) refused")
    #expect(world.violations() == [])
  }

  @Test("a meter that says less room than we count is believed")
  func sharedWithOthers() throws {
    // Somebody else uses the same app: of 60 only 20 are ours, and the meter says so.
    var gate = RateGate(.clock, 20, per: .minutes(1))
    gate.isTold = true
    let world = try backfill(gate, days: 150)
    world.checks.allowsRefusals = true
    try world.run(for: .minutes(30)) { world.isComplete }
    #expect(world.isComplete)
    #expect((world.gate?.refused ?? 99) <= 2, "\(world.gate?.refused ?? -1) refused")
    #expect(world.violations() == [])
  }

  @Test(
    "a refusal is waited out as long as the answer says", arguments: ["90", "date+90", nil])
  func retryAfter(text: String?) throws {
    let world = try backfill(RateGate(.clock, 10_000, per: .minutes(1)), days: 30)
    world.checks.allowsRefusals = true
    let until = world.clock.truth + .seconds(90)
    world.gate?.retryAfter = text.map { $0 == "90" ? $0 : until.httpDate }
    world.gate?.limit = 0
    try world.run(for: .seconds(5))
    let first = try #require(world.gate?.refused)
    world.gate?.limit = 10_000
    let before = world.gate?.arrivals.count ?? 0
    if text != nil {
      try world.run(for: .seconds(80))
      #expect(world.gate?.arrivals.count == before, "a call in a closed window")
    }
    try world.run(for: .minutes(30)) { world.isComplete }
    #expect(world.isComplete)
    // Those in flight when the first came back.
    #expect(first <= Limits.callsInFlightPerLane)
    #expect(world.violations() == [])
  }
}
