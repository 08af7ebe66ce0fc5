import DaybookCore
import DaybookSimulator

@testable import DaybookEngine
@testable import World

/// How fast virtual time is: a backfill without limits and without trouble, with the real engine,
/// ledger and archive, their files in memory.
enum Speed {
  static func measured() throws -> String {
    let world = try World { options in
      options.history = 6_000
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
    let seconds = begun.secondsToNow
    return "{\"calls\":\(world.checks.sends),\"seconds\":\(seconds)}"
  }
}
