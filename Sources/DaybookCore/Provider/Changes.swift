/// A request that lists the days that have changed at the provider since a moment.
public struct Changes: Hashable, Sendable {
  /// Its path holds `{since}`.
  public var fact: Fact
  /// How the moment is written.
  public var since: SinceForm

  public init(_ fact: Fact, since: SinceForm) {
    self.fact = fact
    self.since = since
  }
}

/// Forms of a moment since which changes are listed.
public enum SinceForm: String, CaseIterable, Sendable {
  /// Seconds since 1970.
  case unix
  /// `2026-11-22T23:00:00Z`
  case utc
  /// `20261122T230000Z` (ISO 8601, basic format)
  case basic
  /// The day of the moment, in the account's zone: `2026-11-22`
  case ymd

  public func text(_ moment: Instant, in zone: Zone) -> String {
    switch self {
    case .unix: String(moment.seconds)
    case .utc: moment.civil(offset: 0) + "Z"
    case .basic: moment.civil(offset: 0).filter { $0 != "-" && $0 != ":" } + "Z"
    case .ymd: "\(zone.day(at: moment))"
    }
  }
}
