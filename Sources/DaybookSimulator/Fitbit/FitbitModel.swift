import DaybookCore

/// The Fitbit Web API as it was from 2024 to 2026, made from published facts: OAuth under
/// `/oauth2`, data under `/1` and `/1.2`.
public struct FitbitModel: ProviderModel {
  public let settings: FitbitSettings
  public internal(set) var stats: FitbitStats

  // What a test switches while it runs.
  /// Zone of the person's wall clock now. Days that were recorded keep theirs.
  public private(set) var zone: SimZone
  /// Who sits in front of the browser: 0 ..< settings.persons.
  public var person = 0
  /// The person refuses from now on.
  public var denies = false
  /// Scopes that the person does not tick on the page.
  public var unticked: [String]
  /// The application may read intraday data.
  public var approved: Bool
  /// Nothing is handed over after this moment.
  public var syncHeldAt: Instant?
  /// Sleep that was handed over within the last day is still being computed.
  public var sleepPending = false
  public var end = ServiceEnd.running

  var redirectURIs: [String]
  var tokens: FitbitTokenStore
  var quota: Quota
  var wearers: [Wearer]
  /// What was known by the wall clock before the person travelled, in local seconds since 1970.
  private var known = Int.min

  public init(_ settings: FitbitSettings) {
    let persons = max(1, settings.persons)
    self.settings = settings
    self.stats = FitbitStats(windows: [settings.quota])
    self.zone = settings.zone
    self.unticked = settings.unticked
    self.approved = settings.approved
    self.syncHeldAt = settings.syncHeldAt
    self.redirectURIs = settings.redirectURIs
    self.tokens = FitbitTokenStore(
      seed: settings.seed, clientID: settings.clientID, persons: persons)
    self.quota = Quota([settings.quota])
    self.wearers = (0..<persons).map { person in
      Wearer(
        seed: settings.seed &+ UInt64(person) &* 1_000_003, memberSince: settings.memberSince,
        lateRate: settings.lateRate, emptyRate: settings.emptyRate)
    }
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var response = route(request, now)
    response.headers.append(SimField("Date", CivilText.httpDate(now)))
    return response
  }

  private mutating func route(_ request: SimRequest, _ now: Instant) -> SimResponse {
    if var answer = end.answer("gone") {
      if end == .gone { answer = FitbitError.gone.response }
      return answer
    }
    switch request.components {
    case ["oauth2", "authorize"]: return authorize(request, now)
    case ["oauth2", "token"]: return token(request, now)
    case ["oauth2", "revoke"]: return revocation(request, now)
    case ["1.1", "oauth2", "introspect"]: return introspection(request, now)
    default: return api(request, now)
    }
  }

  /// Is the path one of this service's?
  public func owns(_ request: SimRequest) -> Bool {
    ["oauth2", "1", "1.1", "1.2"].contains(request.components.first)
  }

  /// What the tracker of a person has handed over.
  func sync(_ person: Int, _ now: Instant) -> WearerSync {
    let period = Int(max(1, settings.syncEvery.inSeconds))
    let uploads = Uploads(
      seed: wearers[person].seed, period: period, spread: max(1, period * 2 / 3))
    return WearerSync(uploads, zone: zone, now: now, held: syncHeldAt, floor: known)
  }

  // MARK: Switches

  /// The wall clock shows the time of another zone. What was known stays known.
  public mutating func travel(to zone: SimZone, now: Instant) {
    known = wearers.indices.map { sync($0, now).local }.max() ?? known
    self.zone = zone
  }

  /// Registers one more redirect URI; false when it is no URI.
  public mutating func register(redirectURI: String) -> Bool {
    guard redirectURI.contains("://") else { return false }
    redirectURIs.append(redirectURI)
    return true
  }

  /// Ends the consent of a person (nil: of all), as on the settings page; how many there were.
  public mutating func revoke(person: Int? = nil) -> Int { tokens.revoke(person: person) }

  /// All access tokens are expired from now on.
  public mutating func expireTokens(now: Instant) { tokens.expireAll(now) }

  /// The day changes now, late as it may be. False when there were too many of that.
  public mutating func change(_ day: Day, person: Int = 0, now: Instant) -> Bool {
    guard wearers.indices.contains(person),
      wearers[person].forced.values.reduce(0, { $0 + $1.count }) < SimLimits.forcedChanges
    else { return false }
    wearers[person].forced[day.number, default: []].append(Int(now.seconds))
    return true
  }

  /// The account's id.
  public func userID(_ person: Int) -> String { tokens.userID(person) }

  /// Consents that were given and not revoked.
  public var grantsAlive: Int { tokens.consents.count { !$0.pairs.isEmpty } }

  // MARK: Kinds

  public func kind(of request: SimRequest) -> SimKind {
    let path = request.components
    if path == ["oauth2", "authorize"] { return .authorize }
    if path.first == "oauth2" || path.starts(with: ["1.1", "oauth2"]) { return .token }
    switch FitbitEndpoint(path)?.data {
    case .profile: return .account
    case .devices: return .index
    case nil: return .other
    default: return .data
    }
  }

  /// Moves every date in the path.
  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    let path = request.components.map(String.init)
    let moved = path.map { part in
      let isLast = part.hasSuffix(".json")
      guard let day = Day(isLast ? String(part.dropLast(5)) : part) else { return part }
      return (day - 1).description + (isLast ? ".json" : "")
    }
    guard kind(of: request) == .data, moved != path else { return nil }
    let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
    return SimRequest(
      request.method, "/" + moved.joined(separator: "/") + query, headers: request.headers,
      body: request.body)
  }
}
