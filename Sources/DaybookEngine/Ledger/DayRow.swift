import DaybookCore

/// Names a day of a stream of an account by the ledger's numbers.
struct DayKey: Hashable, Comparable, Sendable {
  var account: Int
  var stream: Int
  var day: Day

  static func < (a: DayKey, b: DayKey) -> Bool {
    (a.account, a.stream, a.day) < (b.account, b.stream, b.day)
  }
}

/// A row of the table `day`.
struct DayRow: Hashable, Sendable {
  var key: DayKey
  var state: DayState
  /// What is to be done, once `nextAt` is over; nil: nothing.
  var workClass: WorkClass?
  var nextAt: Instant?
  var attempts = 0
  var reason: String?
  /// What the archive holds; of a damaged day, what it should hold.
  var stored: StoredDay?

  /// Two equal reads, or more, have been made of a final day.
  var isConfirmed: Bool { state == .final && (stored?.reads ?? 0) >= 2 }
}

/// How many rows of a stream are in each state.
struct StreamCounts: Hashable, Sendable {
  /// By raw value of ``DayState``.
  private(set) var states = [Int](repeating: 0, count: DayState.allCases.count)
  private(set) var confirmed = 0

  init() {}
  init(states: [Int], confirmed: Int) {
    self.states = states
    self.confirmed = confirmed
  }

  subscript(state: DayState) -> Int { states[state.rawValue] }
  var stored: Int { self[.open] + self[.final] }

  mutating func add(_ row: DayRow, _ count: Int = 1) {
    states[row.state.rawValue] += count
    if row.isConfirmed { confirmed += count }
  }
  mutating func remove(_ row: DayRow) { add(row, -1) }
  mutating func addMissing(_ count: Int) { states[DayState.missing.rawValue] += count }
}
