import DaybookCore

/// Which days a request asks for: the last component of its path, or its query.
struct MovesSpan: Hashable, Sendable {
  /// Not empty, and within the history unless it is refused.
  var days: ClosedRange<Day>

  /// Why a request is answered 400.
  struct Refusal: Error, Hashable { var text: String }

  /// Days in one call; with track points 7.
  static let longest = 31
  static let longestWithPoints = 7

  /// `form` is what follows `/daily/`; nil: the query says it.
  init(
    form: Substring?, query: [SimField], history: ClosedRange<Day>, trackPoints: Bool
  ) throws(Refusal) {
    let asked = try MovesSpan.asked(form, query, today: history.upperBound)
    if asked.clamps {
      guard asked.days.overlaps(history) else { throw MovesSpan.outside(history) }
      days = asked.days.clamped(to: history)
    } else {
      guard history.contains(asked.days.lowerBound), history.contains(asked.days.upperBound) else {
        throw MovesSpan.outside(history)
      }
      days = asked.days
    }
    // What is asked counts, not what is left of it: a month never comes with track points.
    let most = trackPoints ? MovesSpan.longestWithPoints : MovesSpan.longest
    guard asked.days.upperBound - asked.days.lowerBound < most else {
      throw Refusal(text: "range too long, at most \(most) days")
    }
  }

  private static func outside(_ history: ClosedRange<Day>) -> Refusal {
    Refusal(text: "date outside \(history.lowerBound) to \(history.upperBound)")
  }

  /// Weeks, months and `pastDays` are cut to the history; days and ranges must lie within.
  private static func asked(
    _ form: Substring?, _ query: [SimField], today: Day
  ) throws(Refusal) -> (days: ClosedRange<Day>, clamps: Bool) {
    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
    if let form {
      if let day = day(form) { return (day...day, false) }
      if let week = week(form) { return (week...(week + 6), true) }
      if let month = month(form) { return (month, true) }
      throw Refusal(text: "cannot read date")
    }
    if let past = value("pastDays") {
      guard let n = CivilText.number(past), (1...longest).contains(n) else {
        throw Refusal(text: "pastDays must be 1 to \(longest)")
      }
      return ((today - (n - 1))...today, true)
    }
    guard let from = value("from").flatMap({ day($0) }), let to = value("to").flatMap({ day($0) })
    else { throw Refusal(text: "expected a date, from and to, or pastDays") }
    guard from <= to else { throw Refusal(text: "from is after to") }
    return (from...to, false)
  }

  /// `20160618` or `2016-06-18`.
  static func day(_ text: some StringProtocol) -> Day? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2 {
      return parts[2].utf8.count == 2 ? civil(parts[0], parts[1], parts[2]) : nil
    }
    guard parts.count == 1, text.utf8.count == 8 else { return nil }
    return civil(text.prefix(4), text.dropFirst(4).prefix(2), text.dropFirst(6))
  }

  private static func civil(
    _ y: some StringProtocol, _ m: some StringProtocol, _ d: some StringProtocol
  ) -> Day? {
    guard let y = CivilText.number(y), let m = CivilText.number(m), let d = CivilText.number(d)
    else { return nil }
    return Day(year: y, month: m, day: d)
  }

  /// The Monday of `2016-W24`; the number may be unpadded (ISO 8601).
  static func week(_ text: Substring) -> Day? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, let year = CivilText.number(parts[0]),
      parts[1].first == "W", (2...3).contains(parts[1].utf8.count),
      let number = CivilText.number(parts[1].dropFirst()), number >= 1,
      let fourth = Day(year: year, month: 1, day: 4)
    else { return nil }
    let monday = fourth - (fourth.weekday - 1) + (number - 1) * 7
    // The week belongs to the year of its Thursday.
    return (monday + 3).civil.year == year ? monday : nil
  }

  /// `201606` or `2016-06`.
  static func month(_ text: Substring) -> ClosedRange<Day>? {
    let digits = text.filter { $0 != "-" }
    guard digits.utf8.count == 6, text.utf8.count == 6 || text.dropFirst(4).first == "-",
      text.utf8.count <= 7, let number = CivilText.number(digits),
      let first = Day(year: number / 100, month: number % 100, day: 1)
    else { return nil }
    return first...(first + Day.length(ofMonth: number % 100, in: number / 100) - 1)
  }

  /// `20160601T000000Z` in seconds since 1970; also with an offset.
  static func instant(_ text: String) -> Int? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = day(parts[0]), parts[1].utf8.count >= 7,
      let clock = CivilText.number(parts[1].prefix(6)), clock < 240_000, clock % 10_000 < 6_000,
      clock % 100 < 60, let offset = offset(parts[1].dropFirst(6))
    else { return nil }
    let seconds = clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100
    return day.number * 86_400 + seconds - offset
  }

  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" { return 0 }
    return SimZone("x=" + String(text))?.standard
  }
}
