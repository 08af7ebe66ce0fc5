/// Finds where a history begins, at a provider that does not say: asks for ever earlier parts until
/// two years of them in a row are empty (a year without the device is a year without the device),
/// or until a floor below which no such service existed.
///
/// What is found is the first day with data. Parts that cannot be read are asked again; a failure
/// is never taken for an empty part.
public struct WalkBack: Hashable, Sendable {
  /// Days of one part, at least 1.
  private let span: Int
  private let floor: Day
  /// The earliest day that has data.
  public private(set) var earliest: Day?
  /// The part to ask for next; nil: the begin is known.
  public private(set) var next: ClosedRange<Day>?
  private var emptyDays = 0

  private static let emptyEnough = 731

  public init(today: Day, span: Int, floor: Day) {
    self.span = max(1, span)
    self.floor = floor
    next = today < floor ? nil : max(floor, today - (self.span - 1))...today
  }

  /// The answer to ``next``: the days that have data in it.
  public mutating func heard(_ days: [Day]) {
    guard let part = next else { return }
    if let first = days.filter(part.contains).min() {
      earliest = first
      emptyDays = 0
    } else {
      emptyDays += part.upperBound - part.lowerBound + 1
    }
    let last = part.lowerBound - 1
    let isDone = emptyDays >= Self.emptyEnough || last < floor
    next = isDone ? nil : max(floor, last - (span - 1))...last
  }
}
