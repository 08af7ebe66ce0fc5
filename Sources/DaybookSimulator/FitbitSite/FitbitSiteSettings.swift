import DaybookCore

/// Where the dashboard names the user's id (the facts: python-fitbit, 2013).
public enum SiteGeneration: String, CaseIterable, Sendable {
  /// February 2013: in the link to the profile, `/user/XXXXXX" `.
  case profileLink = "profile-link"
  /// From March 2013 on: `userId=XXXXXX`; the link is gone.
  case userID = "user-id"
}

/// How the pages look: the site's changes are what broke its clients.
public enum SiteLayout: String, CaseIterable, Sendable {
  /// As the clients of the time expected it.
  case known
  /// The login form calls `__fp` something else, and wants it back by that name.
  case renamedField = "renamed-field"
  /// The dashboard no longer names the user's id.
  case withoutID = "without-id"
}

/// What can be chosen about the simulated web site. The defaults are the site of September 2015 as
/// far as it is known.
public struct FitbitSiteSettings: Hashable, Sendable {
  public var seed: UInt64 = 1
  /// First day with a tracker; days before it are zeros.
  public var firstDay: Day
  public var zone: SimZone
  /// People with an account; each has days, an address and an id of their own.
  public var persons = 1
  /// Of the first person; the others are `jane+1@example.org` and so on.
  public var email = "jane@example.org"
  /// Of everybody, until it is changed.
  public var password = "s3cret of the simulator"

  // Login.
  /// `/login` is 500 to who sends no cookie (since June 2014).
  public var cookieGate = true
  /// 403 to who does not call itself `Mozilla/…` (since August 2015).
  public var agentGate = true
  public var generation = SiteGeneration.userID
  public var layout = SiteLayout.known
  /// `Location` after a login: `/`, or the absolute URL that the site used.
  public var landing = "/"
  /// Not confirmed: no life of a session was ever recorded.
  public var sessionLife = Duration.hours(1)
  /// Not confirmed: as many sites of the time had it.
  public var rememberLife = Duration.days(30)
  /// `GET /` with the long-lived cookie alone begins a session. Not confirmed.
  public var rememberRenews = true
  /// Each session that began so replaces the long-lived cookie; the old one is dead. Not confirmed.
  public var rememberRotates = false
  /// Cookies are `Secure`: clients then send them over https only.
  public var secureCookies = false

  // Limits: none is known.
  /// Refuse data beyond the windows with 503.
  public var enforcesQuota = false
  /// Counted always, enforced only when that is switched on. Not confirmed: invented figures.
  public var windows = [
    SimWindow("Minute", length: .minutes(1), limit: 60),
    SimWindow("Hour", length: .hours(1), limit: 1_000),
  ]

  // Days.
  /// The tracker hands over what it knows at multiples of this; zero: at once. Not confirmed.
  public var syncEvery = Duration.minutes(15)
  /// Part of the days that reach the site late, by hours up to a month; until then they are zeros.
  public var lateRate = 0.05
  /// Part of the fortnights with a stretch of days on which the tracker was not worn.
  public var emptyRate = 0.25
  /// Part of the nights without a record.
  public var sleeplessRate = 0.1
  /// Part of the days with a second sleep in the afternoon.
  public var napRate = 0.1
  /// Sleep times as `23:58` instead of `11:58PM` (some users, April 2013).
  public var clock24 = false
  /// Part of the documents with an undefined `&hellip;` in a text (since January 2014).
  public var ellipsisRate = 0.2
  /// White space around the document.
  public var padding = true
  /// Count the reads of each day and graph.
  public var countsDays = true

  public init(firstDay: Day, zone: SimZone = SimZone(id: "UTC", standard: 0)) {
    self.firstDay = firstDay
    self.zone = zone
  }

  /// The address with which a person signs in: 0 ..< persons.
  public func email(of person: Int) -> String {
    guard person > 0, let at = email.lastIndex(of: "@") else { return email }
    return "\(email[..<at])+\(person)\(email[at...])"
  }
}
