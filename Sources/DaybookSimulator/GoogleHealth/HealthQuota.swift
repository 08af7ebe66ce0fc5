import DaybookCore

/// The quotas: one window for each user, the others for the whole project. A refused call takes no
/// slot (not confirmed).
struct HealthQuota: Sendable {
  /// The first is each user's, the others are the project's.
  let windows: [SimWindow]
  let alignment: QuotaAlignment
  private var users: [Int: Running] = [:]
  private var project: [Running]

  init(_ windows: [SimWindow], alignment: QuotaAlignment) {
    self.windows = windows
    self.alignment = alignment
    self.project = windows.dropFirst().map { _ in Running() }
  }

  /// The calls of one window as far as they still count.
  private struct Running: Sendable {
    /// Rolling: when they came, from `head` on.
    var times: [Int64] = []
    var head = 0
    /// Otherwise: where the window began, and how many there were.
    var begin = Int64.min
    var count = 0

    var used: Int { count + times.count - head }
  }

  /// Takes a slot of every window; false, and none taken, when one is full.
  mutating func take(person: Int, now: Instant) -> Bool {
    let t = now.microseconds
    var user = users[person] ?? Running()
    roll(&user, windows[0], t)
    for i in project.indices { roll(&project[i], windows[i + 1], t) }
    let isFull =
      user.used >= windows[0].limit
      || project.indices.contains { project[$0].used >= windows[$0 + 1].limit }
    if !isFull {
      add(&user, t)
      for i in project.indices { add(&project[i], t) }
    }
    users[person] = user
    return !isFull
  }

  /// Forgets what no longer counts.
  private func roll(_ running: inout Running, _ window: SimWindow, _ t: Int64) {
    let length = max(1, window.length.inMicroseconds)
    switch alignment {
    case .rolling:
      while running.head < running.times.count, running.times[running.head] <= t - length {
        running.head += 1
      }
      if running.head > 1_024, running.head > running.times.count / 2 {
        running.times.removeFirst(running.head)
        running.head = 0
      }
    case .clock:
      let begin = floorDividing(t, length) * length
      if begin != running.begin { (running.begin, running.count) = (begin, 0) }
    case .firstCall:
      let isOver = running.begin == .min || t - running.begin >= length
      if isOver { (running.begin, running.count) = (t, 0) }
    }
  }

  private func add(_ running: inout Running, _ t: Int64) {
    if alignment == .rolling { running.times.append(t) } else { running.count += 1 }
  }
}
