import DaybookCore

/// A stretch of minutes with steps.
struct WearerBout: Hashable, Sendable {
  /// Minute of the day.
  var start: Int
  /// Minutes.
  var length: Int
  var kind: Kind

  enum Kind: String, CaseIterable, Sendable {
    case stroll, walk, run, stairs

    /// Steps in a minute.
    var cadence: ClosedRange<Int> {
      switch self {
      case .stroll: 45...79
      case .walk: 96...116
      case .run: 150...172
      case .stairs: 60...78
      }
    }
  }
}

/// Where the steps of a day come from.
extension Wearer {
  /// The bouts of a day, not in order; a later one wins where two meet. Each change has brought
  /// one walk.
  func bouts(_ day: Day, revision: Int) -> [WearerBout] {
    var random = random(day, .bouts)
    var out = day.weekday < 6 ? workday(&random) : weekend(&random)
    for _ in 0..<random.within(3...8) {
      out.append(WearerBout(start: random.within(480...1_290), length: 1, kind: .stairs))
    }
    for change in 0..<revision {
      var random = Seeded(seed, day.number, Stream.extra.rawValue + change)
      out.append(
        WearerBout(start: random.within(600...1_200), length: random.within(5...15), kind: .walk))
    }
    return out
  }

  private func workday(_ random: inout Seeded) -> [WearerBout] {
    var out = [
      WearerBout(start: random.within(455...490), length: random.within(8...18), kind: .walk),
      WearerBout(start: random.within(730...770), length: random.within(10...20), kind: .stroll),
      WearerBout(start: random.within(1_010...1_060), length: random.within(8...18), kind: .walk),
    ]
    if random.chance(0.3) {
      let start = random.within(1_090...1_150)
      out.append(WearerBout(start: start, length: random.within(22...48), kind: .run))
    }
    return out
  }

  private func weekend(_ random: inout Seeded) -> [WearerBout] {
    var out = [
      WearerBout(start: random.within(640...700), length: random.within(20...45), kind: .stroll),
      WearerBout(start: random.within(840...930), length: random.within(40...110), kind: .walk),
    ]
    if random.chance(0.4) {
      let start = random.within(1_020...1_100)
      out.append(WearerBout(start: start, length: random.within(30...70), kind: .run))
    }
    return out
  }
}
