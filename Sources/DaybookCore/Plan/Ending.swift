/// The last day of a provider, as it has announced it, seen from other days.
public struct Ending: Hashable, Sendable {
  public var sunset: Day

  public init(_ sunset: Day) { self.sunset = sunset }

  /// Missing days go before everything else from so many days before the end.
  private static let pressing = 180
  /// Days to go, and the days after which a warning is repeated.
  private static let month = (left: 30, every: 30)
  private static let week = (left: 7, every: 7)

  /// 0 on the last day, negative after it.
  public func daysLeft(on today: Day) -> Int { sunset - today }

  /// The end is near or over: what is missing goes first, and no final day is read again before.
  public func presses(on today: Day) -> Bool { daysLeft(on: today) <= Ending.pressing }

  /// The service should no longer be there.
  public func isOver(on today: Day) -> Bool { daysLeft(on: today) < 0 }

  /// Whether it is time to warn: at a start, then monthly, weekly in the last month, daily in the
  /// last week, monthly after the end; never twice a day.
  ///
  /// - Parameter last: when it was last said; nil: never, or not of this date.
  public func warns(on today: Day, last: Day?, atStart: Bool) -> Bool {
    // A warning from the future: somebody had set the clock wrong.
    guard let last, last <= today else { return true }
    guard last < today else { return false }
    return atStart || today - last >= interval(on: today)
  }

  private func interval(on today: Day) -> Int {
    switch daysLeft(on: today) {
    case ..<0: Ending.month.every
    case ...Ending.week.left: 1
    case ...Ending.month.left: Ending.week.every
    default: Ending.month.every
    }
  }

  /// `ends on 2026-11-02, in 34 days`
  public func text(on today: Day) -> String {
    switch daysLeft(on: today) {
    case ..<0: "ended on \(sunset)"
    case 0: "ends on \(sunset), which is today"
    case 1: "ends on \(sunset), in 1 day"
    case let left: "ends on \(sunset), in \(left) days"
    }
  }

  /// `ends in 34 days`
  public func brief(on today: Day) -> String {
    switch daysLeft(on: today) {
    case ..<0: "ended on \(sunset)"
    case 0: "ends today"
    case 1: "ends in 1 day"
    case let left: "ends in \(left) days"
    }
  }
}
