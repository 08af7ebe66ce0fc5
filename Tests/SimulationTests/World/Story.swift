import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// A life left to chance: each kind of trouble is on in half of the seeds.
struct Story {
  let seed: UInt64
  let world: World
  private var dice: SeededRandom

  init(seed: UInt64) throws {
    self.seed = seed
    var dice = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 17)
    var options = WorldOptions()
    options.seed = seed
    options.history = Int.random(in: 12...30, using: &dice)
    options.accounts = Bool.random(using: &dice) ? ["me"] : ["me", "you"]
    options.trackers = Bool.random(using: &dice) ? [] : ["jane"]
    // Anything less may lose a grant to a kill, and then somebody must sign in.
    options.grace = .untilUsed
    if Bool.random(using: &dice) { options.tokenLife = .hours(3) }
    if Bool.random(using: &dice) { options.windows[0].limit = 20 }
    if options.windows[0].limit == 20 {
      options.ownWindows = [
        WindowSpec(name: "minute", seconds: 60, limit: 20, per: .app, align: .clock)
      ]
    }
    if Bool.random(using: &dice) { options.timeout = .seconds(20) }
    world = try World(options)
    world.trace.keepsLines = Seeds.isReplay
    self.dice = dice
  }

  private static let faults = [
    "data:status=503@rate=0.1", "data:status=500@every=9", "any:reset,processed@rate=0.03",
    "data:cut=100,framing=close@rate=0.1", "data:html@rate=0.02", "data:stall@rate=0.01",
    "data:wrong-day@rate=0.05", "token:status=503,processed@rate=0.3",
    "token:reset,processed@first=2",
    "account:status=502@rate=0.3", "data:noise@rate=0.05",
    "data:status=503,retry-after=7@rate=0.05",
    "data:delay=30@rate=0.02", "data:empty@rate=0.05",
  ]

  /// Signs in, is killed again and again while much goes wrong, and is left alone in the end.
  mutating func play() throws {
    try world.signInAll()
    for text in Self.faults where Int.random(in: 0..<4, using: &dice) == 0 {
      // The day before the first is a status that no provider file explains.
      if text.contains("wrong-day") { world.checks.allowsBugs = true }
      _ = world.providers.faults.add(try FaultRule(text))
    }
    world.kills.oneIn = Int.random(in: 8...60, using: &dice)
    for _ in 0..<Int.random(in: 3...6, using: &dice) {
      try world.run(for: .seconds(Int64.random(in: 5...6_000, using: &dice)))
      try trouble()
    }
    world.kills.oneIn = 0
    world.providers.faults.clear()
    world.disk.isFull = false
    try world.run(for: .minutes(3))
    _ = world.command(.resume(account: nil, probe: false))
    try world.run(for: .days(2)) { world.isComplete }
    try world.run(for: .hours(1))
  }

  private mutating func trouble() throws {
    switch Int.random(in: 0..<8, using: &dice) {
    case 0:
      world.kill()
      world.clock.reboot()
      try world.begin()
    case 1: try world.stopAndStart()
    case 2: world.suspend(.minutes(Int64.random(in: 1...3_000, using: &dice)))
    case 3: world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    case 4: world.disk.isFull.toggle()
    case 5: _ = world.command(.pause(account: nil))
    default: _ = world.command(.resume(account: nil, probe: false))
    }
    if Bool.random(using: &dice) { _ = world.command(.resume(account: nil, probe: false)) }
  }
}

extension World {
  /// A clean stop and another process, whatever a kill does in between.
  func stopAndStart() throws {
    guard engine != nil else { return }
    handle([.stopAsked])
    try run(for: .minutes(5)) { self.exit != nil }
    guard exit != nil else { return }
    try restart()
  }
}
