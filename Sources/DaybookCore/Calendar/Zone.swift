/// The civil time of a place: how far its clocks are from UTC at each moment, and so where its days
/// begin. Read from the system's compiled tzdata (TZif, RFC 9636) by the Engine's `ZoneStore`.
public struct Zone: Hashable, Sendable {
  /// As the caller named it: `Europe/Helsinki`.
  public let name: String
  /// Seconds since 1970 at which the offset changes, ascending.
  let transitions: [Int64]
  /// Seconds east of UTC from each transition on.
  let offsets: [Int]
  /// Seconds east of UTC before the first transition.
  let initialOffset: Int
  /// What holds from the last transition on, for ever.
  let rule: TimeZoneRule?

  public static let utc = Zone(
    name: "UTC", transitions: [], offsets: [], initialOffset: 0, rule: nil)

  init(
    name: String, transitions: [Int64], offsets: [Int], initialOffset: Int, rule: TimeZoneRule?
  ) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.initialOffset = initialOffset
    self.rule = rule
  }

  /// Reads the bytes of a compiled zone, any version; throws when they are not one.
  public init(name: String, tzif: [UInt8]) throws(ZoneFault) {
    let file = try TZif(tzif)
    self.init(
      name: name, transitions: file.transitions, offsets: file.offsets,
      initialOffset: file.initialOffset, rule: file.rule)
  }

  /// Seconds to add to UTC, so positive east of Greenwich.
  public func offset(at moment: Instant) -> Int { offset(at: moment.seconds) }

  /// The first moment of this civil day. Days tile time: each ends where the next begins. Where
  /// midnight is skipped the day begins with its first moment that exists; a day that is skipped
  /// whole begins, and ends, where the next one begins. Where clocks go back over midnight and the
  /// date occurs twice, the day begins with the first.
  public func start(of day: Day) -> Instant {
    // The first moment t with t + offset(t) >= midnight, looked for segment by segment.
    let midnight = Int64(day.number) * 86_400
    var begin = midnight - Int64(Zone.offsetBounds.upperBound)
    while true {
      let offset = Int64(offset(at: begin))
      if begin + offset >= midnight { return Instant(seconds: begin) }
      guard let next = transition(after: begin), next <= midnight - offset else {
        return Instant(seconds: midnight - offset)
      }
      begin = next
    }
  }

  /// The moment at which clocks show this second of the day; of two such moments the earlier one,
  /// and where clocks skip it, the moment as long after the skip began.
  public func moment(of day: Day, second: Int) -> Instant {
    let local = Instant(day: day, second: second)
    let before = local - .seconds(offset(at: local - .days(1)))
    guard before.seconds + Int64(offset(at: before)) != local.seconds else { return before }
    let after = local - .seconds(offset(at: before))
    return after.seconds + Int64(offset(at: after)) == local.seconds ? after : before
  }

  /// The day that this moment is part of, as ``start(of:)`` divides time.
  public func day(at moment: Instant) -> Day {
    let local = moment.seconds + Int64(offset(at: moment.seconds))
    var day = Day(number: Int(floorDividing(local, 86_400)))
    // Only where a date occurs twice or not at all is this another day than the clock's.
    while start(of: day + 1) <= moment { day = day + 1 }
    return day
  }

  /// RFC 9636 §3.2: more than -25 and less than 26 hours.
  static let offsetBounds = -89_999...93_599

  private func offset(at second: Int64) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: second) ?? initialOffset }
    if second >= last, let rule { return rule.offset(at: second) }
    let index = firstTransition(after: second)
    return index == 0 ? initialOffset : offsets[index - 1]
  }

  private func transition(after second: Int64) -> Int64? {
    let index = firstTransition(after: second)
    if index < transitions.count { return transitions[index] }
    return rule?.transition(after: second)
  }

  /// Index of the first transition later than `second`, by halving.
  private func firstTransition(after second: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Why bytes are no zone.
public enum ZoneFault: String, Error, Sendable, CustomStringConvertible {
  case format = "no TZif file"
  case cut = "ends in the middle"
  case order = "transitions are not in order, or of a kind that is not there"
  case offset = "an offset is out of bounds"
  /// `right/` zones count leap seconds, which POSIX time does not.
  case leapSeconds = "counts leap seconds"
  case footer = "the rule for the future cannot be read"

  public var description: String { rawValue }
}
