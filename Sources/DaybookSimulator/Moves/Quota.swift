import DaybookCore

/// The rate limits of the API: fixed windows that begin at the top of the clock's minute and hour.
struct Quota: Sendable {
  let windows: [SimWindow]
  /// Calls of the running window, by pool and window.
  private var pools: [Int: [Running]] = [:]

  private struct Running: Sendable {
    var index = Int64.min
    var count = 0
  }

  /// What is left after a call.
  struct State: Hashable, Sendable {
    /// In the order of the windows.
    var limits: [Int]
    var left: [Int]
    var refused: Bool
  }

  init(_ windows: [SimWindow]) { self.windows = windows }

  /// Takes a slot of each window of the pool; a refused call takes none.
  mutating func take(pool: Int, factor: Int, now: Instant) -> State {
    var running = pools[pool] ?? windows.map { _ in Running() }
    let limits = windows.map { $0.limit * factor }
    for i in windows.indices {
      let index = floorDividing(now.microseconds, max(1, windows[i].length.inMicroseconds))
      if running[i].index != index { running[i] = Running(index: index) }
    }
    let refused = windows.indices.contains { running[$0].count >= limits[$0] }
    if !refused { for i in windows.indices { running[i].count += 1 } }
    pools[pool] = running
    let left = windows.indices.map { max(0, limits[$0] - running[$0].count) }
    return State(limits: limits, left: left, refused: refused)
  }

  /// Gives the slots of the last call back.
  mutating func giveBack(pool: Int) {
    guard var running = pools[pool] else { return }
    for i in running.indices { running[i].count = max(0, running[i].count - 1) }
    pools[pool] = running
  }

  /// `X-RateLimit-MinuteLimit` and so on, the longest window first as recorded.
  func headers(_ state: State) -> [SimField] {
    windows.indices.reversed().flatMap { i in
      [
        SimField("X-RateLimit-\(windows[i].name)Limit", String(state.limits[i])),
        SimField("X-RateLimit-\(windows[i].name)Remaining", String(state.left[i])),
      ]
    }
  }
}
