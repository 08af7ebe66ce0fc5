import DaybookCore

/// One person as the service knows them at one moment; it writes the answers about days.
struct FitbitView {
  let wearer: Wearer
  let sync: WearerSync
  /// Of the points that fall into the same span of so many seconds, the first is told.
  var pointEvery = 1

  func revision(_ day: Day) -> Int { wearer.revision(day, now: sync.now) }

  func minutes(_ day: Day) -> WearerMinutes {
    WearerMinutes(wearer, day, revision: revision(day))
  }

  /// Whole minutes of a day that are known.
  func knownMinutes(_ day: Day) -> Int { sync.seconds(of: day) / 60 }

  /// The days from the one on which the account began; none when all are before it.
  func days(_ asked: ClosedRange<Day>) -> [Day] {
    let first = max(asked.lowerBound, wearer.memberSince)
    guard first <= asked.upperBound else { return [] }
    return (first.number...asked.upperBound.number).map { Day(number: $0) }
  }

  /// The sum over some minutes, in millionths; calories, distance and elevation are no whole
  /// numbers.
  func sum(_ resource: FitbitResource, _ minutes: WearerMinutes, _ range: Range<Int>) -> Int {
    var out = 0
    for minute in range { out += value(resource, minutes, minute) }
    return out
  }

  private func value(_ resource: FitbitResource, _ minutes: WearerMinutes, _ minute: Int) -> Int {
    switch resource {
    case .steps: minutes.steps[minute] * 1_000_000
    case .floors: minutes.floors[minute] * 1_000_000
    case .calories: minutes.calories(minute)
    case .distance: minutes.distance(minute)
    case .elevation: minutes.elevation(minute)
    case .activityCalories: minutes.level(minute) > 0 ? minutes.calories(minute) : 0
    case .caloriesBMR: minutes.basal(1)
    case .minutesSedentary: part(0, minutes, minute)
    case .minutesLightlyActive: part(1, minutes, minute)
    case .minutesFairlyActive: part(2, minutes, minute)
    case .minutesVeryActive: part(3, minutes, minute)
    case .swimmingStrokes: 0
    }
  }

  private func part(_ level: Int, _ minutes: WearerMinutes, _ minute: Int) -> Int {
    minutes.level(minute) == level && !minutes.isAsleep[minute] ? 1_000_000 : 0
  }

  /// What the service has for a whole day, as a text.
  func total(_ resource: FitbitResource, _ minutes: WearerMinutes, _ day: Day) -> String {
    let sum = sum(resource, minutes, 0..<knownMinutes(day))
    switch resource {
    case .distance, .elevation:
      var out = ByteWriter()
      if sum % 1_000_000 == 0 { out.integer(sum / 1_000_000) } else { out.millionths(sum) }
      return String(decoding: out.bytes, as: UTF8.self)
    default: return String((sum + 500_000) / 1_000_000)
    }
  }
}
