import DaybookCore

/// The most calls that were seen within one window, for proofs about a client: in any span of that
/// length, and in any span aligned to the clock.
public struct CallMeter: Hashable, Sendable {
  public let length: Duration
  /// Most calls in any `t ..< t + length`.
  public private(set) var mostRolling = 0
  /// Most calls between two of the clock's multiples of `length`.
  public private(set) var mostFixed = 0
  public private(set) var total = 0

  private let span: Int64
  /// Times of the calls younger than `length`, from `head` on.
  private var times: [Int64] = []
  private var head = 0
  private var fixedIndex = Int.min
  private var fixedCount = 0

  public init(length: Duration) {
    self.length = length
    self.span = max(1, length.inMicroseconds)
  }

  /// Counts a call. Moments before the last one count as the last one.
  public mutating func count(_ now: Instant) {
    let t = max(now.microseconds, times.last ?? .min)
    total += 1
    times.append(t)
    while times[head] <= t - span { head += 1 }
    if head > 1_024, head > times.count / 2 {
      times.removeFirst(head)
      head = 0
    }
    mostRolling = max(mostRolling, times.count - head)
    let index = Int(floorDividing(t, span))
    fixedCount = index == fixedIndex ? fixedCount + 1 : 1
    fixedIndex = index
    mostFixed = max(mostFixed, fixedCount)
  }
}
