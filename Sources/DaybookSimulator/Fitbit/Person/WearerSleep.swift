import DaybookCore

/// One sleep as the service logs it. Times are seconds since the midnight at which ``day`` begins;
/// those of the evening before are negative.
struct WearerSleep: Hashable, Sendable {
  /// The day on which it ends.
  var day: Day
  var start: Int
  var end: Int
  var isMain: Bool
  /// Made of stages; otherwise classic.
  var hasStages: Bool
  /// Without holes from start to end.
  var pieces: [Piece] = []
  /// Wakes of at most three minutes within the pieces; only with stages.
  var shortWakes: [Piece] = []
  var identity: Int

  struct Piece: Hashable, Sendable {
    var level: Level
    var start: Int
    var seconds: Int
  }

  enum Level: String, CaseIterable, Sendable {
    case deep, light, rem, wake
    case asleep, awake, restless

    static let stages = [deep, light, rem, wake]
    static let classic = [asleep, awake, restless]

    var isAwake: Bool { self == .wake || self == .awake || self == .restless }
  }

  var seconds: Int { end - start }
  var minutesAwake: Int {
    (pieces + shortWakes).filter(\.level.isAwake).reduce(0) { $0 + $1.seconds } / 60
  }
  var minutesAsleep: Int { seconds / 60 - minutesAwake }

  /// Number of pieces and minutes of a level; short wakes are wakes, and no part of what is around
  /// them.
  func sum(_ level: Level) -> (count: Int, minutes: Int) {
    let own = pieces.filter { $0.level == level }
    let whole = own.reduce(0) { $0 + $1.seconds }
    if level == .wake {
      let short = shortWakes.reduce(0) { $0 + $1.seconds }
      return (own.count + shortWakes.count, (whole + short) / 60)
    }
    let within = shortWakes.filter { wake in
      own.contains { $0.start <= wake.start && wake.start < $0.start + $0.seconds }
    }
    return (own.count, (whole - within.reduce(0) { $0 + $1.seconds }) / 60)
  }
}

/// When the person sleeps.
extension Wearer {
  /// In bed, whether it is recorded or not. Each change makes the night ten minutes longer.
  func night(_ day: Day, revision: Int) -> Range<Int> {
    var random = random(day, .bed)
    let weekend = day.weekday > 5 ? 1 : 0
    let start = -5_400 + random.below(200) * 30 + weekend * 3_600
    let end = 22_200 + random.below(150) * 30 + weekend * 4_500
    return start..<end + min(revision, 6) * 600
  }

  /// Minutes of the day between getting up and going to bed.
  func awake(_ day: Day, revision: Int) -> Range<Int> {
    let bed = min(0, night(day + 1, revision: 0).lowerBound)
    return night(day, revision: revision).upperBound / 60..<(86_400 + bed) / 60
  }

  /// The sleeps that end on a day: the night, sometimes a nap after it.
  func sleeps(_ day: Day, revision: Int) -> [WearerSleep] {
    [mainSleep(day, revision: revision), nap(day, revision: revision)].compactMap { $0 }
  }

  /// Nil: not recorded, or the night before the account began.
  func mainSleep(_ day: Day, revision: Int) -> WearerSleep? {
    var random = random(day, .recorded)
    guard day > memberSince, isWorn(day), isWorn(day - 1), !random.chance(0.03) else { return nil }
    let span = night(day, revision: revision)
    var out = WearerSleep(
      day: day, start: span.lowerBound, end: span.upperBound, isMain: true,
      hasStages: !random.chance(0.07), identity: identity(day, 0))
    if out.hasStages { layStages(&out) } else { layClassic(&out) }
    return out
  }

  private func nap(_ day: Day, revision: Int) -> WearerSleep? {
    var random = random(day, .nap)
    guard isWorn(day), takenOff(day) == nil, random.chance(day.weekday > 5 ? 0.2 : 0.05) else {
      return nil
    }
    let start = random.within(780...930) * 60
    var out = WearerSleep(
      day: day, start: start, end: start + random.within(35...100) * 60, isMain: false,
      hasStages: false, identity: identity(day, 1))
    layClassic(&out)
    return out
  }

  /// Beyond what a double holds, as ids may be.
  func identity(_ day: Day, _ index: Int) -> Int {
    var random = Seeded(seed, day.number, Stream.identity.rawValue + 100 * index)
    return 20_000_000_000_000_000 + random.below(900_000_000_000_000_000)
  }
}
