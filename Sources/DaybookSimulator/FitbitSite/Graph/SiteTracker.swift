import DaybookCore

/// The tracker of one simulated person and what the site knows of it. Every day is a function of
/// the seed and its date; minutes count from local midnight, on every day 1440 of them.
struct SiteTracker: Sendable {
  let seed: UInt64
  let settings: FitbitSiteSettings
  /// Tells the sleep records of people apart.
  let person: Int
  /// Moments (seconds since 1970) at which a day was changed by hand, by day number.
  var forced: [Int: [Int]] = [:]

  init(_ settings: FitbitSiteSettings, person: Int) {
    self.seed = settings.seed &+ UInt64(person) &* 1_000_003
    self.settings = settings
    self.person = person
  }

  // MARK: What the site knows

  /// So many minutes of the day, 0...1440, are known at `now`, in seconds since 1970. A day not
  /// worn and a day not yet handed over look the same: nothing of it is known.
  func minutesKnown(_ day: Int, zone: SimZone, now: Int) -> Int {
    guard day >= settings.firstDay.number else { return 0 }
    let sync = lastSync(now)
    if changes(day, now: now).isEmpty {
      guard !isOff(day), sync >= arrival(day) ?? .min else { return 0 }
    }
    let local = sync + zone.span(at: sync).offset - day * 86_400
    return min(max(0, floorDividing(local, 60)), 1_440)
  }

  /// The last moment up to `now` at which the tracker met its base station.
  func lastSync(_ now: Int) -> Int {
    let every = Int(settings.syncEvery.inSeconds)
    return every > 0 ? floorDividing(now, every) * every : now
  }

  /// When a late day reaches the site; nil: it comes as it goes.
  private func arrival(_ day: Int) -> Int? {
    var random = Seeded(seed, day, 20)
    guard random.chance(settings.lateRate) else { return nil }
    let end = (day + 1) * 86_400 - settings.zone.standard
    // Not confirmed: how long a tracker keeps its minutes.
    return end
      + (random.below(4) == 0
        ? random.within(3 * 86_400...30 * 86_400) : random.within(3_600...3 * 86_400))
  }

  /// A stretch of two to four days in some fortnights.
  func isOff(_ day: Int) -> Bool {
    let fortnight = floorDividing(day, 14)
    var random = Seeded(seed, fortnight, 21)
    guard random.chance(settings.emptyRate) else { return false }
    let start = fortnight * 14 + random.below(10)
    return day >= start && day < start + random.within(2...4)
  }

  /// The changes by hand that have happened.
  func changes(_ day: Int, now: Int) -> [Int] { (forced[day] ?? []).filter { $0 <= now } }

  // MARK: Habits

  /// The minute at which the person gets up; later at the weekend.
  func wake(_ day: Int) -> Int {
    var random = Seeded(seed, day, 22)
    return 390 + random.below(121) + (Day(number: day).weekday > 5 ? 75 : 0)
  }

  /// The minute at which the person goes to bed; from 1440 on it is past midnight.
  func bed(_ day: Int) -> Int {
    var random = Seeded(seed, day, 23)
    return 1_350 + random.below(121) + ((5...6).contains(Day(number: day).weekday) ? 30 : 0)
  }

  /// A second sleep in the afternoon of some days.
  func nap(_ day: Int) -> Range<Int>? {
    var random = Seeded(seed, day, 24)
    guard random.chance(settings.napRate) else { return nil }
    let start = 840 + random.below(90)
    return start..<start + random.within(25...80)
  }
}
