/// Reads the provider's meters from an answer's headers.
public enum MeterReader {
  /// Applies every meter to its windows: limits first, since `used` is counted from them, and
  /// resets last, since they say how long the others hold. Garbage is left alone and counted.
  ///
  /// - Parameter windows: all that the answered call had to pass, or else a meter of several
  ///   windows, or of the nearest, cannot be understood.
  /// - Returns: how many values of meters made no sense.
  public static func apply(
    _ meters: [Meter], headers: [Field], windows: inout [CallWindow], now: Now
  ) -> Int {
    let nearest = nearest(windows)
    let serverClock = Refusal.serverClock(headers, now: now)
    var garbage = 0
    for turn in [[Meter.Says.limit], [.left, .used], [.resetsIn, .resetsAt]] {
      for meter in meters where turn.contains(meter.says) {
        guard let text = headers.first(named: meter.header.lowercased()) else { continue }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let targets = meter.windows.isEmpty ? [nearest] : meter.windows.map(index(in: windows))
        guard parts.count >= targets.count else {
          garbage += 1
          continue
        }
        for (target, part) in zip(targets, parts) {
          guard let value = number(part) else {
            garbage += 1
            continue
          }
          guard let target else { continue }
          say(meter.says, value, to: &windows[target], serverClock, now: now)
        }
      }
    }
    return garbage
  }

  /// A whole number from 0 to 10¹⁵; a fraction is cut off.
  private static func number(_ text: Substring) -> Int64? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let value = halves.first.flatMap({ wholeNumber($0) }), value <= 1_000_000_000_000_000,
      halves.count == 1 || wholeNumber(halves[1]) != nil
    else { return nil }
    return value
  }

  /// The window with the least room by our own count.
  private static func nearest(_ windows: [CallWindow]) -> Int? {
    windows.indices.min {
      windows[$0].limit - windows[$0].used < windows[$1].limit - windows[$1].used
    }
  }

  private static func index(in windows: [CallWindow]) -> (String) -> Int? {
    { name in windows.firstIndex { $0.spec.name == name } }
  }

  private static func say(
    _ says: Meter.Says, _ value: Int64, to window: inout CallWindow, _ serverClock: Instant,
    now: Now
  ) {
    switch says {
    case .limit: window.metered(limit: Int(value))
    case .left: window.metered(left: Int(value), now: now)
    case .used: window.metered(used: Int(value), now: now)
    case .resetsIn: reset(in: value, &window, now: now)
    case .resetsAt: reset(in: value - serverClock.seconds, &window, now: now)
    }
  }

  /// A wait in whole seconds has lost up to one of them.
  private static func reset(in seconds: Int64, _ window: inout CallWindow, now: Now) {
    guard (0...Int64(window.spec.seconds) + 60).contains(seconds) else { return }
    window.metered(resetsAt: now.boot + .seconds(seconds + 1), now: now)
  }
}
