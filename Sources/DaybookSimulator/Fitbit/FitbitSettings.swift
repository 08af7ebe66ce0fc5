import DaybookCore

/// How the application is registered; it decides how the client authenticates.
public enum FitbitAppType: String, CaseIterable, Sendable {
  /// `Authorization: Basic`, always.
  case server
  /// No secret; `client_id` in the body.
  case client
  /// The developer's own account. Either way (not confirmed: which of them the service wanted).
  case personal
}

/// What can be chosen about the simulated Fitbit Web API. The defaults are those of 2024 to 2026.
public struct FitbitSettings: Hashable, Sendable {
  public var seed: UInt64 = 1
  /// `user.memberSince`
  public var memberSince: Day
  public var zone: SimZone
  /// People with an account; each has days of their own.
  public var persons = 1

  // The registered application.
  public var appType = FitbitAppType.personal
  public var clientID = "daybook"
  public var clientSecret = "s3cret-of-the-simulator"
  public var redirectURIs = ["http://localhost/", "http://127.0.0.1/"]
  /// RFC 8252 §7.3: a loopback redirect may have any port. The real service asked for equality.
  public var anyLoopbackPort = false
  /// May read intraday data of others: at once for personal applications, else after a form.
  public var approved = true

  // Tokens.
  public var codeLife = Duration.minutes(10)
  public var tokenLife = Duration.seconds(28_800)
  /// A refresh token, sent again, gets the same answer again.
  public var grace = RefreshGrace.untilUsed
  /// Scopes that the person unticks on the page.
  public var unticked: [String] = []

  // Limits.
  /// For each person; aligned to the clock.
  public var quota = SimWindow("Hour", length: .hours(1), limit: 150)
  /// The quota begins anew so long after the moment that `Fitbit-Rate-Limit-Reset` names.
  public var resetLag = Duration.zero
  /// Not confirmed: whether answers with an error took from the quota.
  public var failedCallsCount = true
  /// 429 with `Retry-After`, as the old service had it.
  public var sendsRetryAfter = false

  // Days.
  /// The tracker hands over about so often.
  public var syncEvery = Duration.minutes(15)
  /// Nothing is handed over after this moment.
  public var syncHeldAt: Instant?
  /// A sleep is pending for so long after it was handed over.
  public var sleepComputing = Duration.zero
  /// Oxygen saturation is there so long after the sleep was handed over.
  public var saturationDelay = Duration.hours(1)
  /// Part of the days that change after their end, by hours up to a year.
  public var lateRate = 0.08
  /// Part of the fortnights in which the tracker is not worn for one to four days.
  public var emptyRate = 0.25
  /// There is a scale among the devices.
  public var hasScale = true
  /// At least so many seconds lie between two points of a day; those between them are left out.
  public var pointEvery = 1
  /// Count the calls for each day and stream.
  public var countsDays = true

  public init(memberSince: Day, zone: SimZone = SimZone(id: "UTC", standard: 0)) {
    self.memberSince = memberSince
    self.zone = zone
  }

  /// Every scope of the service.
  public static let scopes = [
    "activity", "cardio_fitness", "electrocardiogram", "heartrate",
    "irregular_rhythm_notifications", "location", "nutrition", "oxygen_saturation", "profile",
    "respiratory_rate", "settings", "sleep", "social", "temperature", "weight",
  ]
}
