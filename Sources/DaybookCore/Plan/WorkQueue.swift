/// The next days of a lane, taken from the ledger a few dozen at a time, and the order in which
/// they are done: forced, urgent, fresh, then backfill. While days are missing, backfill gets at
/// least one call in five, so that neither starves.
public struct WorkQueue: Sendable {
  /// Forced, urgent and fresh, in order.
  private var pressing: [DayWork] = []
  private var backfill: [DayWork] = []
  private var pressingInARow = 0
  private static let pressingBeforeBackfill = 4

  /// The ledger has been asked since the queue was last found wanting.
  public private(set) var isLoaded = false

  public init() {}

  public var isEmpty: Bool { pressing.isEmpty && backfill.isEmpty }
  public var count: Int { pressing.count + backfill.count }

  /// Replaces what is waiting. Both lists are in the order of the work.
  public mutating func load(pressing: [DayWork], backfill: [DayWork]) {
    // Taken from the end, which is cheap.
    self.pressing = pressing.reversed()
    self.backfill = backfill.reversed()
    isLoaded = true
  }

  /// What was loaded no longer holds: days were added, or became due.
  public mutating func invalidate() {
    pressing.removeAll(keepingCapacity: true)
    backfill.removeAll(keepingCapacity: true)
    isLoaded = false
  }

  /// The day to read next.
  public var next: DayWork? {
    if pressing.isEmpty { return backfill.last }
    if !backfill.isEmpty, pressingInARow >= Self.pressingBeforeBackfill { return backfill.last }
    return pressing.last
  }

  /// Takes ``next`` off the queue.
  public mutating func take() -> DayWork? {
    guard let work = next else { return nil }
    if pressing.last == work {
      pressing.removeLast()
      pressingInARow += 1
    } else {
      backfill.removeLast()
      pressingInARow = 0
    }
    if isEmpty { isLoaded = false }
    return work
  }

  /// These days are read together with one that was taken.
  public mutating func remove(stream: Int, from first: Day, through last: Day) {
    let isElsewhere = { (work: DayWork) in
      work.stream != stream || work.day < first || work.day > last
    }
    pressing = pressing.filter(isElsewhere)
    backfill = backfill.filter(isElsewhere)
    if isEmpty { isLoaded = false }
  }

  /// What is waiting, in the order in which it would be done.
  public var upcoming: [DayWork] {
    var copy = self
    var out: [DayWork] = []
    while let work = copy.take() { out.append(work) }
    return out
  }
}
