/// A rule for all years to come, as POSIX writes it in `TZ` and RFC 9636 §3.3 at the end of a TZif
/// file: `EET-2EEST,M3.5.0/3,M10.5.0/4`.
struct TimeZoneRule: Hashable, Sendable {
  /// Seconds east of UTC.
  var standard: Int
  var daylight: Daylight?

  struct Daylight: Hashable, Sendable {
    /// Seconds east of UTC. May be less than standard time's: Dublin's is, in winter.
    var offset: Int
    var start: Change
    var end: Change
  }

  /// When in a year the clocks are changed.
  struct Change: Hashable, Sendable {
    var date: Date
    /// Seconds after midnight of the time that ends; may be negative or over a day.
    var time: Int

    enum Date: Hashable, Sendable {
      /// 1...365, the 29th of February never counted.
      case julian(Int)
      /// 0...365
      case zeroBased(Int)
      /// The week 1...5 (5: the last) in which this weekday (0: Sunday) occurs in this month.
      case weekday(month: Int, week: Int, weekday: Int)
    }
  }

  func offset(at second: Int64) -> Int {
    guard let daylight else { return standard }
    var latest: (second: Int64, offset: Int)?
    forEachChange(around: second, daylight) { change in
      if change.second <= second, change.second >= latest?.second ?? .min { latest = change }
    }
    return latest?.offset ?? standard
  }

  func transition(after second: Int64) -> Int64? {
    guard let daylight else { return nil }
    var next: Int64?
    forEachChange(around: second, daylight) { change in
      if change.second > second, change.second < next ?? .max { next = change.second }
    }
    return next
  }

  /// The changes of the years around this moment: two on each side, since a change may fall a week
  /// into another year, and then be the last or the next one for more than a year. Where the end and
  /// the next start fall together, as in a rule for daylight time all year, the start comes later
  /// and counts.
  private func forEachChange(
    around second: Int64, _ daylight: Daylight, _ visit: ((second: Int64, offset: Int)) -> Void
  ) {
    let year = Day(number: Int(floorDividing(second, 86_400))).civil.year
    for year in year - 2...year + 2 {
      if let end = daylight.end.second(in: year, offset: daylight.offset) {
        visit((end, standard))
      }
      if let start = daylight.start.second(in: year, offset: standard) {
        visit((start, daylight.offset))
      }
    }
  }
}

extension TimeZoneRule.Change {
  /// The moment in this year, when the clocks are `offset` seconds east of UTC until then. Nil for
  /// years outside the calendar, 1...9999.
  func second(in year: Int, offset: Int) -> Int64? {
    guard let newYear = Day(year: year, month: 1, day: 1) else { return nil }
    let day: Day
    switch date {
    case .julian(let n): day = newYear + (n - 1 + (n > 59 && Day.isLeap(year) ? 1 : 0))
    case .zeroBased(let n): day = newYear + n
    case .weekday(let month, let week, let weekday):
      guard let first = Day(year: year, month: month, day: 1) else { return nil }
      let wanted = first + (weekday - first.weekday % 7 + 7) % 7 + 7 * (week - 1)
      day = wanted - first < Day.length(ofMonth: month, in: year) ? wanted : wanted - 7
    }
    return Int64(day.number) * 86_400 + Int64(time - offset)
  }
}
