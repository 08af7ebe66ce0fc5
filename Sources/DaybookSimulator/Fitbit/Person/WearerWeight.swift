import DaybookCore

/// One weighing.
struct WearerWeighing: Hashable, Sendable {
  var day: Day
  /// Since midnight.
  var second: Int
  var grams: Int
  /// Tenths of a per cent; nil when it was entered by hand.
  var fat: Int?
  var identity: Int

  /// Hundredths.
  func bodyMassIndex(_ heightInCentimetres: Int) -> Int {
    grams * 1_000 / (heightInCentimetres * heightInCentimetres)
  }
}

extension Wearer {
  /// Mostly in the morning on the scale, on two days of five; each change enters one by hand.
  func weighings(_ day: Day, revision: Int) -> [WearerWeighing] {
    guard day >= memberSince else { return [] }
    var random = random(day, .weighing)
    var out: [WearerWeighing] = []
    if random.chance(0.4) {
      let second = night(day, revision: 0).upperBound + random.within(300...3_600)
      out.append(weighing(day, 2, at: second, fat: random.within(140...310)))
    }
    for change in 0..<min(revision, 100) {
      out.append(weighing(day, 3 + change, at: 86_399, fat: nil))
    }
    return out
  }

  private func weighing(_ day: Day, _ index: Int, at second: Int, fat: Int?) -> WearerWeighing {
    var random = Seeded(seed, day.number, Stream.weighing.rawValue + 100 * index)
    // Up and down by three kilograms within a year, and by some hundred grams from day to day.
    let season = (abs(day.number % 364 - 182) - 91) * 3_000 / 91
    return WearerWeighing(
      day: day, second: second, grams: (weightInGrams + season + random.within(-4...4) * 100),
      fat: fat, identity: identity(day, index))
  }
}
