import DaybookCore
import DaybookSimulator

@testable import DaybookEngine
@testable import World

/// How fast virtual time is: a backfill without limits and without trouble, with the real engine,
/// ledger and archive, their files in memory; and once more with every promise looked after.
enum Speed {
  static func measured() throws -> String {
    let plain = try best { try callsPerSecond(isWatched: false) }
    let watched = try best { try callsPerSecond(isWatched: true) }
    return "{\"plain\":\(plain),\"watched\":\(watched)}"
  }

  /// Of a dozen: whoever else uses the machine can only make it slower.
  private static func best(_ measure: () throws -> Int) rethrows -> Int {
    try (0..<12).map { _ in try measure() }.max() ?? 0
  }

  private static func callsPerSecond(isWatched: Bool) throws -> Int {
    let world = try World { options in
      options.isWatched = isWatched
      options.accounts = (1...8).map { "a\($0)" }
      options.history = 750
      options.lateRate = 0
      options.emptyRate = 1
      options.latency = .milliseconds(4)
      options.latencyIsFixed = true
      options.windows = [SimWindow("Minute", length: .minutes(1), limit: 1_000_000)]
      options.ownWindows = ["minute", "hour"].map {
        WindowSpec(name: $0, seconds: 60, limit: 1_000_000, per: .app, align: .clock)
      }
    }
    try world.signInAll()
    world.checks.looksOften = false
    let begun = ContinuousClock.now
    try world.run(for: .days(1)) { world.isComplete }
    guard world.isComplete else { throw WorldError("days are missing") }
    return Int(Double(world.checks.sends) / begun.secondsToNow)
  }
}
