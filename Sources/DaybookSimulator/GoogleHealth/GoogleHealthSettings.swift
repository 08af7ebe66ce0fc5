import DaybookCore

/// How the service lays its quota windows. Not confirmed for Google: rolling by default.
public enum QuotaAlignment: String, CaseIterable, Sendable {
  /// Any span of the window's length.
  case rolling
  /// From one multiple of the window's length on the clock to the next.
  case clock
  /// From the first call after the last window's end.
  case firstCall = "first-call"
}

/// What can be chosen about the simulated Google Health API. The defaults are those of a verified
/// app in production in October 2026, as far as they are known.
public struct GoogleHealthSettings: Hashable, Sendable {
  public var seed: UInt64 = 1
  /// `membershipStartDate`: nothing is older.
  public var firstDay: Day
  public var zone: SimZone
  /// People with an account; each has days of their own.
  public var persons = 1

  // The registered client.
  public var clientID = "daybook.apps.googleusercontent.com"
  public var clientSecret = "s3cret-of-the-simulator"
  public var redirectURIs = ["http://127.0.0.1/", "http://localhost/"]
  /// A "desktop" client: a loopback redirect may have any port (RFC 8252 §7.3).
  public var isDesktop = true
  /// The app is in *Testing*: grants end 7 days after the consent.
  public var testing = false
  /// An app that is not verified has the smaller limit for each user.
  public var isVerified = true

  // Tokens.
  public var codeLife = Duration.minutes(10)
  /// `expires_in`
  public var tokenLife = Duration.seconds(3_600)
  /// Bytes of an access token; the service promises at most 2048.
  public var tokenBytes = 220
  /// How long a grant of an app in *Testing* lives.
  public var testingLife = Duration.days(7)
  /// A refresh token that was not used for so long is dead: six months.
  public var idleLife = Duration.days(183)
  /// Refresh tokens for each account and client; the oldest dies when there is one more.
  public var refreshLimit = 100

  // Quotas.
  public var userWindow = SimWindow("UserMinute", length: .minutes(1), limit: 300)
  /// The user's limit while the app is not verified.
  public var unverifiedLimit = 150
  public var projectWindows = [
    SimWindow("ProjectMinute", length: .minutes(1), limit: 120_000),
    SimWindow("ProjectDay", length: .days(1), limit: 86_400_000),
  ]
  public var alignment = QuotaAlignment.rolling

  // People.
  /// Persons whose Google account has no Fitbit profile: `profile` is 403.
  public var withoutFitbit: [Int] = []
  /// Persons whose account is not linked: everything is 400 `ACCOUNT_NOT_LINKED`.
  public var notLinked: [Int] = []
  /// Paired devices of each person.
  public var devices = 1

  // Days.
  /// Part of the days that change after their end, by hours up to a year.
  public var lateRate = 0.05
  /// Part of the fortnights with a stretch of days on which nothing was worn.
  public var emptyRate = 0.25
  /// Part of the nights whose sleep is not processed at first.
  public var unprocessedRate = 0.3
  /// Part of the walks that the phone has counted too: more raw points, the same merged stream.
  public var phoneRate = 0.1
  /// Part of the pages that are empty and have a token nevertheless; at most 0.9.
  public var emptyPageRate = 0.05
  /// Seconds between two heart rates. The real service has about 33 000 points a day: 2 to 3 s.
  public var heartRateEvery = 30
  /// At least so many seconds lie between two of the other points of a day.
  public var pointEvery = 1
  /// Devices hand over their data by themselves, about every two hours.
  public var syncsByItself = true
  /// Count the calls for each day and type.
  public var countsDays = true

  public init(firstDay: Day, zone: SimZone = SimZone(id: "UTC", standard: 0)) {
    self.firstDay = firstDay
    self.zone = zone
  }

  /// All windows, the user's first.
  var windows: [SimWindow] {
    var user = userWindow
    if !isVerified { user.limit = min(user.limit, unverifiedLimit) }
    return [user] + projectWindows
  }
}
