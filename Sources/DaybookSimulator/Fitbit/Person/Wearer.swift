import DaybookCore

/// A simulated person with a tracker on the wrist. Every value is a function of the seed, the day
/// and the number of changes the day has seen; days are civil days and times are seconds of the
/// local wall clock since midnight, as the service keeps them.
struct Wearer: Hashable, Sendable {
  let seed: UInt64
  /// Day the account begins; nothing before it.
  let memberSince: Day
  var lateRate: Double
  var emptyRate: Double
  /// Moments (seconds since 1970) at which a day was changed by hand, by day number.
  var forced: [Int: [Int]] = [:]

  let age: Int
  let heightInCentimetres: Int
  let weightInGrams: Int
  /// Beats in a minute.
  let restingRate: Int

  init(seed: UInt64, memberSince: Day, lateRate: Double = 0, emptyRate: Double = 0) {
    self.seed = seed
    self.memberSince = memberSince
    self.lateRate = lateRate
    self.emptyRate = emptyRate
    var random = Seeded(seed, 0, Stream.traits.rawValue)
    age = random.within(22...66)
    heightInCentimetres = random.within(155...195)
    weightInGrams = heightInCentimetres * heightInCentimetres * random.within(205...285) / 100
    restingRate = random.within(52...68)
  }

  /// What random numbers are drawn for; each purpose has numbers of its own.
  enum Stream: Int {
    case traits = 1, stretch, change, bed, stages, shortWakes, nap, bouts, minutes, curve, beats
    case rest, taken, measures, weighing, recorded, identity, extra
  }

  func random(_ day: Day, _ stream: Stream) -> Seeded {
    Seeded(seed, day.number, stream.rawValue)
  }

  /// Length of a step, by height.
  var stepInCentimetres: Int { heightInCentimetres * 41 / 100 }

  /// What the body burns at rest, in millionths of a kilocalorie a minute (Mifflin and St Jeor
  /// 1990, without the term of the sex).
  var basalRate: Int {
    let daily = weightInGrams / 100 + heightInCentimetres * 25 / 4 - age * 5 - 78
    return daily * 1_000_000 / 1_440
  }

  /// Is the tracker on the wrist that day? Off for a stretch of one to four days in some
  /// fortnights.
  func isWorn(_ day: Day) -> Bool {
    guard day >= memberSince else { return false }
    let fortnight = floorDividing(day.number, 14)
    var random = Seeded(seed, fortnight, Stream.stretch.rawValue)
    guard random.chance(emptyRate) else { return true }
    let start = fortnight * 14 + random.below(10)
    return day.number < start || day.number >= start + random.within(1...4)
  }

  /// Hours in which the tracker is off on a day it is worn, to load it or under the shower: a
  /// range of seconds, often none.
  func takenOff(_ day: Day) -> Range<Int>? {
    var random = random(day, .taken)
    guard random.chance(0.5) else { return nil }
    let start = random.within(28_800...72_000)
    return start..<start + random.within(900...4_500)
  }
}
