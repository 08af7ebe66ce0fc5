import DaybookCore

/// The Moves API v1.1 as it was in April 2018, made from published facts: OAuth under `/oauth/v1`,
/// data under `/api/1.1`.
public struct MovesModel: ProviderModel {
  public let settings: MovesSettings
  public internal(set) var stats: MovesStats

  // What a test switches while it runs.
  /// Zone in which days are cut and printed, old ones too.
  public var zone: SimZone
  /// Who sits in front of the browser: 0 ..< settings.persons.
  public var person = 0
  /// The person refuses from now on.
  public var denies = false
  public var end = ServiceEnd.running

  var redirectURIs: [String]
  var tokens: TokenStore
  var quota: Quota
  var timelines: [Timeline]

  public init(_ settings: MovesSettings) {
    self.settings = settings
    self.stats = MovesStats(windows: settings.windows)
    self.zone = settings.zone
    self.redirectURIs = settings.redirectURIs
    self.tokens = TokenStore(seed: settings.seed)
    self.quota = Quota(settings.windows)
    self.timelines = (0..<max(1, settings.persons)).map { person in
      Timeline(
        seed: settings.seed &+ UInt64(person) &* 1_000_003, firstDay: settings.firstDay,
        habit: settings.zone.standard, lateRate: settings.lateRate, emptyRate: settings.emptyRate)
    }
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var response = route(request, now)
    response.headers.append(SimField("Date", CivilText.httpDate(now)))
    return response
  }

  private mutating func route(_ request: SimRequest, _ now: Instant) -> SimResponse {
    if let answer = end.answer("Moves has ended\n") { return answer }
    let path = request.components
    if path.starts(with: ["oauth", "v1"]) { return oauth(path.dropFirst(2), request, now) }
    if path.starts(with: ["api", "1.1"]) { return api(path.dropFirst(2), request, now) }
    return unknown()
  }

  mutating func unknown() -> SimResponse {
    stats.add(.other)
    return .text(404, "not found\n")
  }

  // MARK: Switches

  /// Registers one more redirect URI; false when there are three or it is no URI.
  public mutating func register(redirectURI: String) -> Bool {
    guard redirectURIs.count < 3, redirectURI.contains("://") else { return false }
    redirectURIs.append(redirectURI)
    return true
  }

  /// Kills the grants of a person (nil: of all), as in the phone app; how many there were.
  public mutating func revoke(person: Int? = nil) -> Int { tokens.revoke(person: person) }

  /// All access tokens are expired from now on.
  public mutating func expireTokens(now: Instant) { tokens.expireAll(now) }

  /// The day changes now, late as it may be: another walk in the middle of it. False when there
  /// were too many of that.
  public mutating func change(_ day: Day, person: Int = 0, now: Instant) -> Bool {
    guard timelines.indices.contains(person),
      timelines[person].forced.values.reduce(0, { $0 + $1.count }) < SimLimits.forcedChanges
    else { return false }
    timelines[person].forced[day.number, default: []].append(Int(now.seconds))
    return true
  }

  /// The account's id: 17 digits, beyond what a double holds.
  public func userID(_ person: Int) -> Int {
    var random = Seeded(settings.seed, person, 8)
    return 10_000_000_000_000_000 + random.below(90_000_000_000_000_000 - 1)
  }

  // MARK: Kinds

  /// Whether the path is one of the service's.
  public func owns(_ request: SimRequest) -> Bool {
    let path = request.components
    return path.first == "oauth" || path.starts(with: ["api", "1.1"])
  }

  public func kind(of request: SimRequest) -> SimKind {
    let path = request.components
    if path.starts(with: ["oauth", "v1"]) {
      return path.count == 3 && path[2] == "authorize" ? .authorize : .token
    }
    guard path.starts(with: ["api", "1.1"]), path.count > 2 else { return .other }
    if path.count > 4, path[2] == "user", path[4] == "daily" { return .data }
    return .account
  }

  /// Moves the date in the path; the other forms ask for many days anyway.
  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    var path = request.components.map(String.init)
    guard kind(of: request) == .data, path.count == 6, let day = MovesSpan.day(path[5]) else {
      return nil
    }
    path[5] = path[5].contains("-") ? (day - 1).description : CivilText.compact(day - 1)
    let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
    return SimRequest(
      request.method, "/" + path.joined(separator: "/") + query, headers: request.headers,
      body: request.body)
  }
}
