import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// Who lives in a life, where and when: drawn from its seed.
enum Cast {
  /// Ordinary days, and those around which calendars are odd.
  private static let starts = [
    "2018-06-01T12:00:00Z", "2024-02-28T20:00:00Z", "2024-03-30T23:00:00Z",
    "2024-10-26T22:00:00Z", "2023-12-31T18:00:00Z", "2025-06-10T06:00:00Z",
  ]
  private static let zones = ["UTC", "Europe/Helsinki", "America/New_York", "Pacific/Apia"]

  static func draw(_ seed: UInt64, _ troubles: Set<Trouble>, _ dice: inout SeededRandom)
    -> WorldOptions
  {
    var options = WorldOptions()
    options.seed = seed
    let start = starts[Int.random(in: 0..<starts.count, using: &dice)]
    options.start = Instant(rfc3339: start) ?? options.start
    options.history = Int.random(in: 8...30, using: &dice)
    options.synchronised = !troubles.contains(.clockStep)
    // Anything less may lose a grant to a kill, and then somebody must sign in.
    options.grace = .untilUsed
    people(&options, &dice)
    if troubles.contains(.halvedLimit) { options.livesAtMoves() }
    limits(&options, troubles, &dice)
    wearables(&options, &dice)
    if Bool.random(using: &dice) { options.tokenLife = .hours(3) }
    if Bool.random(using: &dice) { options.timeout = .seconds(20) }
    options.lateRate = Bool.random(using: &dice) ? 0.08 : 0
    return options
  }

  private static func people(_ options: inout WorldOptions, _ dice: inout SeededRandom) {
    options.accounts = [["me"], ["me", "you"], []][Int.random(in: 0..<3, using: &dice)]
    options.trackers = Bool.random(using: &dice) ? ["jane"] : []
    options.trackerZone = zones[Int.random(in: 0..<zones.count, using: &dice)]
    options.fitbits = Int.random(in: 0..<4, using: &dice) == 0 ? ["band"] : []
    options.googles = Int.random(in: 0..<4, using: &dice) == 0 ? ["watch"] : []
    options.sites = Int.random(in: 0..<4, using: &dice) == 0 ? ["web"] : []
    if options.accounts.isEmpty, options.trackers.isEmpty { options.accounts = ["me"] }
  }

  /// The server counts in one of the ways there are; sometimes with a smaller limit than usual.
  private static func limits(
    _ options: inout WorldOptions, _ troubles: Set<Trouble>, _ dice: inout SeededRandom
  ) {
    let limit = Bool.random(using: &dice) ? 20 : 60
    if limit == 20 {
      options.windows[0].limit = 20
      options.ownWindows = [
        WindowSpec(name: "minute", seconds: 60, limit: 20, per: .app, align: .clock)
      ]
    }
    let shapes: [RateGate.Shape] = [.clock, .first, .rolling]
    let isGated = Bool.random(using: &dice) || troubles.contains(.halvedLimit)
    if isGated, options.isOfMoves {
      let shape = shapes[Int.random(in: 0..<shapes.count, using: &dice)]
      options.gate = RateGate(shape, limit, per: .minutes(1))
    }
  }

  private static func wearables(_ options: inout WorldOptions, _ dice: inout SeededRandom) {
    options.changeFitbit = { $0.pointEvery = 7_200 }
    options.changeGoogle = {
      $0.pointEvery = 7_200
      $0.heartRateEvery = 7_200
    }
    options.changeAccount = { account in
      account.streams =
        account.provider == "fitbit" ? ["steps", "sleep", "heart"] : ["steps", "heart-rate"]
    }
    if !options.fitbits.isEmpty { options.history = min(options.history, 14) }
  }
}

extension WorldOptions {
  /// Everybody is at Moves: the gate in front of it is then the only limit.
  var isOfMoves: Bool { (trackers + fitbits + googles + sites).isEmpty }

  mutating func livesAtMoves() {
    (trackers, fitbits, googles, sites) = ([], [], [], [])
    if accounts.isEmpty { accounts = ["me"] }
  }
}
