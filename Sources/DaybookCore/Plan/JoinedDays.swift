/// Accounts joined: one person's history, told by several providers.
public enum JoinedDays {
  /// The characters of ``DaysRow/days``, the best first: what holds something before what holds
  /// nothing, and a day held before one that is still to come.
  private static let order = Array("#oefd.rb-".utf8)
  private static let rank: [UInt8] = {
    var rank = [UInt8](repeating: .max, count: 256)
    for (place, letter) in order.enumerated() { rank[Int(letter)] = UInt8(place) }
    return rank
  }()

  /// What a day of two accounts is in their timeline.
  public static func better(_ a: UInt8, _ b: UInt8) -> UInt8 {
    rank[Int(b)] < rank[Int(a)] ? b : a
  }
}

/// The days that one account or another holds: a bit for each, so that a lifetime takes a few
/// kilobytes.
public struct Coverage: Sendable {
  /// Number of the day of the first bit.
  private var start = 0
  private var words: [UInt64] = []
  public private(set) var first: Day?
  public private(set) var last: Day?
  public private(set) var held = 0

  public init() {}

  /// Notes that a day is held; once is as good as often.
  public mutating func insert(_ day: Day) {
    makeRoom(for: day.number)
    let (word, bit) = (day.number - start).quotientAndRemainder(dividingBy: 64)
    guard words[word] & (1 << bit) == 0 else { return }
    words[word] |= 1 << bit
    held += 1
    first = min(first ?? day, day)
    last = max(last ?? day, day)
  }

  private mutating func makeRoom(for number: Int) {
    if words.isEmpty { start = number & ~63 }
    if number < start {
      let more = (start - number + 63) / 64
      words.insert(contentsOf: repeatElement(0, count: more), at: 0)
      start -= 64 * more
    }
    let needed = (number - start) / 64 + 1
    if needed > words.count {
      words.append(contentsOf: repeatElement(0, count: needed - words.count))
    }
  }

  /// Days from the first one held until today.
  public func days(until today: Day) -> Int { first.map { max(0, today - $0 + 1) } ?? 0 }
}
