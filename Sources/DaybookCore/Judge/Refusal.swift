/// What an answer says about when to come back, and about the windows.
public struct Refusal: Hashable, Sendable {
  /// `Retry-After` (RFC 9110 §10.2.3), seconds or date, only of a 429 or 503. A date is taken
  /// relative to the answer's own `Date`. At most a day; nothing negative.
  public static func retryAfter(status: Int, headers: [Field], now: Now) -> Duration? {
    guard status == 429 || status == 503,
      let text = headers.first(where: { $0.name == "retry-after" })?.value
    else { return nil }
    let trimmed = text.filter { $0 != " " }
    if let seconds = Int64(trimmed) {
      return seconds < 0 ? nil : .seconds(min(max(seconds, 1), 86_400))
    }
    guard let moment = Instant(httpDate: text) else { return nil }
    let date = headers.first { $0.name == "date" }.flatMap { Instant(httpDate: $0.value) }
    let wait = moment - (date ?? now.wall)
    return min(max(wait, .seconds(1)), .days(1))
  }
}

/// Reads the provider's meters from an answer's headers.
public enum MeterReader {
  /// Applies every meter to its windows. Garbage is left alone and counted.
  ///
  /// - Returns: how many meter headers made no sense.
  public static func apply(
    _ meters: [Meter], headers: [Field], windows: inout [CallWindow], now: Now
  ) -> Int {
    var garbage = 0
    for meter in meters {
      let name = meter.header.lowercased()
      guard let text = headers.first(where: { $0.name == name })?.value else { continue }
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let targets = targets(of: meter, in: windows, values: parts)
      guard parts.count >= targets.count else {
        garbage += 1
        continue
      }
      for (index, part) in zip(targets, parts) {
        guard let value = number(part) else {
          garbage += 1
          continue
        }
        say(meter.says, value, to: &windows[index], now: now)
      }
    }
    return garbage
  }

  /// A whole number from 0 to 10¹⁵; a fraction is cut off.
  private static func number(_ text: Substring) -> Int64? {
    let trimmed = text.filter { $0 != " " && $0 != "\t" }
    let whole = trimmed.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = whole.first, let value = Int64(first), (0...1_000_000_000_000_000).contains(value)
    else { return nil }
    return value
  }

  /// The windows a meter speaks of; `nearest` is the one with the least room.
  private static func targets(
    of meter: Meter, in windows: [CallWindow], values: [Substring]
  ) -> [Int] {
    if meter.windows.isEmpty {
      return windows.indices.min {
        windows[$0].limit - windows[$0].used < windows[$1].limit - windows[$1].used
      }.map { [$0] } ?? []
    }
    return meter.windows.compactMap { name in windows.firstIndex { $0.spec.name == name } }
  }

  private static func say(
    _ says: Meter.Says, _ value: Int64, to window: inout CallWindow, now: Now
  ) {
    switch says {
    case .limit: window.metered(limit: Int(value))
    case .left: window.metered(left: Int(value), now: now)
    case .used: window.metered(left: max(0, window.limit - Int(value)), now: now)
    case .resetsIn: window.metered(resetsAt: now.boot + .seconds(min(value, 90_000)), now: now)
    case .resetsAt:
      let wait = Instant(seconds: value) - now.wall
      if wait > .zero, wait < .days(2) { window.metered(resetsAt: now.boot + wait, now: now) }
    }
  }
}
