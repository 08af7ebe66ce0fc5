import DaybookCore

/// Where the process may be killed, and how often.
struct Kills {
  enum Place: CaseIterable {
    /// Something was done out there, and nobody is left to hear of it.
    case beforeEvent
    /// The commit is made; only some of what it asked for is done.
    case betweenEffects
    /// Files are on their way into the archive.
    case withinPersist
  }

  /// One in so many; 0: never.
  var oneIn = 0
  /// Milliseconds until the next process starts, at most.
  var longestAway: Int64 = 90_000
  /// So many at most: each costs a start.
  var most = 24
  private(set) var done = 0

  mutating func strikes(_ place: Place, _ random: inout SeededRandom) -> Bool {
    guard oneIn > 0, done < most else { return false }
    let odds =
      place == .betweenEffects ? oneIn * 3 : place == .withinPersist ? oneIn / 3 + 1 : oneIn
    guard Int.random(in: 0..<odds, using: &random) == 0 else { return false }
    done += 1
    return true
  }
}
