import DaybookCore

@testable import DaybookEngine

/// How most scenarios begin.
extension World {
  /// Everybody has signed in, nothing has been read yet, and no day changes late unless asked to.
  static func signedIn(
    history days: Int, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    let world = try World { options in
      options.history = days
      options.lateRate = 0
      change(&options)
    }
    try world.signInAll()
    return world
  }

  /// The backfill is complete, and what was under way then has ended.
  static func complete(
    history days: Int, _ change: (inout WorldOptions) -> Void = { _ in }
  ) throws -> World {
    let world = try signedIn(history: days, change)
    try world.run(for: .minutes(30)) { world.isComplete }
    try world.run(for: .seconds(5))
    return world
  }
}
