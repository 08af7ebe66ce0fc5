import DaybookCore
import DaybookSimulator

@testable import DaybookEngine
@testable import World

/// Ten years at Moves, with the limits that it had: 60 calls a minute and 2,000 an hour, counted from
/// full minutes and full hours on.
enum Backfill {
  private static let days = 3_653
  private static let minute = 60
  private static let hour = 2_000

  static func measured() throws -> String {
    let world = try World { options in
      options.isWatched = false
      options.history = days
      options.lateRate = 0
      options.freshFactor = 1
    }
    var calls = 0
    var refused = 0
    world.tamper = { request, response in
      guard !request.path.hasPrefix("/oauth") else { return }
      calls += 1
      refused += response.status == 429 ? 1 : 0
    }
    try world.signInAll()
    let begun = world.clock.truth
    try world.run(for: .days(1)) { world.isComplete }
    guard world.isComplete else { throw WorldError("days are missing") }
    let took = Double((world.clock.truth - begun).inMicroseconds) / 1e6
    let use = optimum(calls, from: begun) / took
    return "{\"calls\":\(calls),\"refused\":\(refused),\"seconds\":\(took),\"use\":\(use)}"
  }

  /// Seconds that so many calls need at least, from a moment on, when nothing was used before.
  private static func optimum(_ calls: Int, from begun: Instant) -> Double {
    var left = calls
    var second = begun.seconds
    while true {
      let end = (second / 3_600 + 1) * 3_600
      var room = hour
      while second < end {
        let now = min(minute, room, left)
        left -= now
        room -= now
        if left == 0 { return max(1, Double(second - begun.seconds)) }
        if room == 0 { break }
        second = (second / 60 + 1) * 60
      }
      second = end
    }
  }
}
