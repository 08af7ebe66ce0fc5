import DaybookCore

/// A rate limit as the model enforces it: aligned to the clock.
public struct SimWindow: Hashable, Sendable {
  /// How the headers name it: `Minute`, `Hour`.
  public var name: String
  public var length: Duration
  public var limit: Int

  public init(_ name: String, length: Duration, limit: Int) {
    self.name = name
    self.length = length
    self.limit = limit
  }
}

/// How long a refresh token lives on after it was exchanged for a new one.
public enum RefreshGrace: Hashable, Sendable {
  /// Dead at once.
  case none
  /// Counted from its first use.
  case seconds(Int)
  /// Until an access token that came later is used.
  case untilUsed
}

/// What can be chosen about the simulated Moves API. The defaults are those of an ordinary app in
/// April 2018 as far as they are known.
public struct MovesSettings: Hashable, Sendable {
  public var seed: UInt64 = 1
  /// `profile.firstDate`
  public var firstDay: Day
  public var zone: SimZone
  /// People with an account; each has days of their own.
  public var persons = 1

  // The registered client.
  public var clientID = "daybook"
  public var clientSecret = "s3cret-of-the-simulator"
  /// At most three in the real service; extra query parameters are allowed when asking.
  public var redirectURIs = ["http://localhost/", "http://127.0.0.1/"]
  /// RFC 8252 §7.3: a loopback redirect may have any port. The real service asked for equality.
  public var anyLoopbackPort = false

  // Tokens.
  public var codeLife = Duration.minutes(5)
  /// `expires_in`: recorded was 180 days less two seconds.
  public var tokenLife = Duration.seconds(15_551_998)
  public var grace = RefreshGrace.none
  /// A dead refresh token, sent again, ends the whole grant (RFC 9700 §4.14.2).
  public var reuseEndsGrant = false

  // Limits.
  public var windows = [
    SimWindow("Minute", length: .minutes(1), limit: 60),
    SimWindow("Hour", length: .hours(1), limit: 2_000),
  ]
  /// The limits are one pool for the client; otherwise each grant has its own.
  public var limitsPerApp = true
  /// A new access token has this many times the limit at first.
  public var freshFactor = 2
  /// How long; nil: as long as the longest window.
  public var freshFor: Duration?
  /// A 304 takes a slot like any other answer.
  public var unchangedCounts = true

  // Days.
  /// Part of the days that change after their end, by hours up to a year.
  public var lateRate = 0.08
  /// Part of the fortnights with a stretch of empty days.
  public var emptyRate = 0.25
  /// Seconds between two track points.
  public var pointEvery = 60
  public var caloriesAvailable = true
  /// `updatedSince` leaves out the days without a change since.
  public var updatedSinceOmits = true
  /// Count the calls for each day and stream.
  public var countsDays = true

  public init(firstDay: Day, zone: SimZone = SimZone(id: "UTC", standard: 0)) {
    self.firstDay = firstDay
    self.zone = zone
  }

  var freshSpan: Duration {
    freshFor ?? windows.map(\.length).max() ?? .hours(1)
  }
}
