import DaybookCore

/// Days that change after their end: a walk is found that the tracker had missed, the night is
/// corrected, a weight is entered.
extension Wearer {
  /// Moments at which a day changes, in seconds since 1970, in order.
  func changes(_ day: Day) -> [Int] {
    var random = random(day, .change)
    var out: [Int] = []
    if random.chance(lateRate) { out.append((day.number + 1) * 86_400 + delay(&random)) }
    return (out + (forced[day.number] ?? [])).sorted()
  }

  /// How many of them have happened.
  func revision(_ day: Day, now: Int) -> Int {
    guard lateRate > 0 || !forced.isEmpty else { return 0 }
    return changes(day).count { $0 <= now }
  }

  /// Mostly hours, often days, sometimes most of a year. A day ends up to 12 hours after that of
  /// Greenwich, and no change comes before.
  private func delay(_ random: inout Seeded) -> Int {
    switch random.below(10) {
    case 0: random.within(100 * 86_400...330 * 86_400)
    case 1...3: random.within(3 * 86_400...30 * 86_400)
    default: random.within(15 * 3_600...3 * 86_400)
    }
  }
}
