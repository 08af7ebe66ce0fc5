import DaybookCore

/// What is measured in the main sleep alone.
struct WearerMeasures: Hashable, Sendable {
  /// Every five minutes from the start of the sleep; local seconds since midnight of its day.
  var moments: [Moment] = []
  /// Tenths of breaths a minute.
  var breathing: Breathing

  struct Moment: Hashable, Sendable {
    var second: Int
    /// Thousandths of a millisecond.
    var rmssd: Int
    /// Thousandths.
    var coverage: Int
    /// Thousandths of a square millisecond.
    var high: Int
    var low: Int
    /// Tenths of a per cent.
    var saturation: Int
  }

  struct Breathing: Hashable, Sendable {
    var light: Int
    var deep: Int
    var rem: Int
    var full: Int
  }

  /// Nil for a sleep that is not measured: a nap, a classic one, or less than three hours.
  init?(_ wearer: Wearer, _ sleep: WearerSleep) {
    guard sleep.isMain, sleep.hasStages, sleep.seconds >= 10_800 else { return nil }
    var random = wearer.random(sleep.day, .measures)
    let full = random.within(125...175)
    breathing = Breathing(
      light: full + random.within(-6...6), deep: full - random.within(0...10),
      rem: full + random.within(0...12), full: full)
    let variability = max(18, 105 - wearer.restingRate(sleep.day)) * 1_000
    for second in stride(from: sleep.start + 300, to: sleep.end, by: 300) {
      let coverage = random.within(880...1_000)
      // Little coverage: nothing for these minutes.
      if random.chance(0.04) { continue }
      moments.append(
        Moment(
          second: second, rmssd: variability + random.within(-9_999...9_999), coverage: coverage,
          high: random.within(80_000...900_000), low: random.within(150_000...1_600_000),
          saturation: random.within(936...988)))
    }
  }
}
