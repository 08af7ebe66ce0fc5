import DaybookCore

/// The days, and for intraday data the seconds and slots, that an endpoint asks for.
struct FitbitSpan: Hashable, Sendable {
  var days: ClosedRange<Day>
  /// From the midnight of the first day; not only whole days.
  var seconds: Range<Int>
  /// Seconds of one slot: 1 to 900.
  var slot = 60
  /// One date stood in the path, not two.
  var isByDate: Bool

  init(_ endpoint: FitbitEndpoint, today: Day) throws(FitbitError) {
    guard let first = endpoint.dates.first else {
      days = today...today
      seconds = 0..<86_400
      isByDate = true
      return
    }
    isByDate = endpoint.dates.count == 1
    let start = try FitbitSpan.day(first, today)
    let end = isByDate ? start : try FitbitSpan.day(endpoint.dates[1], today)
    guard start <= end else {
      throw .validation("endDate", "Start date \(start) is after end date \(end)")
    }
    days = start...end
    seconds = 0..<(end - start + 1) * 86_400
    if endpoint.data.isIntraday {
      try cut(endpoint)
    } else {
      guard end - start < endpoint.data.longest else {
        throw .validation("endDate", "The range cannot exceed \(endpoint.data.longest) days")
      }
    }
  }

  /// By the times of day, which end on the last day; 24 hours at most.
  private mutating func cut(_ endpoint: FitbitEndpoint) throws(FitbitError) {
    slot = try FitbitSpan.slot(endpoint)
    if endpoint.clock.count == 2 {
      let from = try FitbitSpan.minute(endpoint.clock[0], "startTime")
      let to = try FitbitSpan.minute(endpoint.clock[1], "endTime")
      let last = days.upperBound - days.lowerBound
      // The minute of the end belongs to it (not confirmed).
      guard from <= last * 1_440 + to else { throw .validation("endTime", "Invalid time range") }
      seconds = from * 60..<last * 86_400 + (to + 1) * 60
    }
    guard seconds.count <= 86_400 else {
      throw .validation("endDate", "Intraday data cannot exceed 24 hours")
    }
  }

  private static func slot(_ endpoint: FitbitEndpoint) throws(FitbitError) -> Int {
    switch endpoint.detail {
    case "1sec" where endpoint.data == .heartIntraday: return 1
    case "1min": return 60
    case "5min": return 300
    case "15min": return 900
    default:
      throw .validation("detailLevel", "Invalid detail level: \(endpoint.detail ?? "")")
    }
  }

  /// `yyyy-MM-dd` or `today`.
  private static func day(_ text: Substring, _ today: Day) throws(FitbitError) -> Day {
    if text == "today" { return today }
    guard let day = Day(text) else { throw .validation("date", "Invalid date: \(text)") }
    return day
  }

  /// `HH:mm`, the colon also as `%3A`.
  private static func minute(
    _ text: Substring, _ field: String
  ) throws(FitbitError) -> Int {
    let parts = FormText.decoded(text).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      let hour = CivilText.number(parts[0]), let minute = CivilText.number(parts[1]),
      hour < 24, minute < 60
    else { throw .validation(field, "Invalid time: \(text)") }
    return hour * 60 + minute
  }
}
