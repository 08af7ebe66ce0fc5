import DaybookCore

/// Fitbit's web site of 2013 to 2015 as its unofficial clients saw it: a form to sign in at
/// `/login`, and the data of its charts at `/graph/getGraphData`.
public struct FitbitSiteModel: ProviderModel {
  public let settings: FitbitSiteSettings
  public internal(set) var stats: FitbitSiteStats

  // What a test switches while it runs.
  /// Zone in which the tracker's day ends.
  public var zone: SimZone
  /// Every login is refused from now on.
  public var denies = false
  public var cookieGate: Bool
  public var agentGate: Bool
  public var layout: SiteLayout
  /// 503 with a page of HTML to everything.
  public var isDown = false
  public var end = ServiceEnd.running

  var passwords: [String]
  var sessions: SiteSessions
  var quota: Quota
  var trackers: [SiteTracker]

  public init(_ settings: FitbitSiteSettings) {
    self.settings = settings
    self.stats = FitbitSiteStats(windows: settings.windows)
    self.zone = settings.zone
    self.cookieGate = settings.cookieGate
    self.agentGate = settings.agentGate
    self.layout = settings.layout
    let persons = max(1, settings.persons)
    self.passwords = Array(repeating: settings.password, count: persons)
    self.sessions = SiteSessions(seed: settings.seed)
    self.quota = Quota(settings.windows)
    self.trackers = (0..<persons).map { SiteTracker(settings, person: $0) }
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var response = route(request, now)
    response.headers.append(SimField("Date", CivilText.httpDate(now)))
    return response
  }

  private mutating func route(_ request: SimRequest, _ now: Instant) -> SimResponse {
    if let answer = end.answer("the site has ended\n") { return answer }
    if isDown {
      stats.unavailable += 1
      return SitePages.error(503, "We'll be right back")
    }
    // Not confirmed: that the agent was looked at everywhere, and not at `/login` alone.
    if agentGate, request.header("user-agent")?.hasPrefix("Mozilla/") != true {
      stats.agents += 1
      return SitePages.error(403, "Forbidden")
    }
    switch request.components.map(String.init) {
    case []: return request.method == "GET" ? home(request, now) : notAllowed()
    case ["login"]: return login(request, now)
    case ["logout"]: return logout(request)
    case ["graph", "getGraphData"]: return graph(request, now)
    default:
      stats.add(.other)
      return SitePages.error(404, "Not Found")
    }
  }

  mutating func notAllowed() -> SimResponse {
    stats.add(.other)
    return SitePages.error(405, "Method Not Allowed")
  }

  /// The user's id on the site: six capital letters and digits.
  public func userID(_ person: Int) -> String {
    let alphabet = Array("23456789BCDFGHJKLMNPQRSTVWXYZ")
    var random = Seeded(settings.seed, person, 42)
    return "2" + String((0..<5).map { _ in alphabet[random.below(alphabet.count)] })
  }

  // MARK: Kinds

  /// Whether the path is one of the site's.
  public func owns(_ request: SimRequest) -> Bool {
    let path = request.components
    return path.isEmpty || path == ["login"] || path == ["logout"] || path.first == "graph"
  }

  public func kind(of request: SimRequest) -> SimKind {
    switch request.components.map(String.init) {
    case []: .account
    case ["login"]: request.method == "POST" ? .token : .authorize
    case ["logout"]: .token
    case ["graph", "getGraphData"]: .data
    default: .other
    }
  }

  /// Moves `dateTo`.
  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    guard kind(of: request) == .data,
      let day = request.query.last(named: "dateTo").flatMap({ Day($0) })
    else { return nil }
    let query = request.rawQuery.split(separator: "&").map {
      $0.hasPrefix("dateTo=") ? "dateTo=\(day - 1)" : String($0)
    }
    return SimRequest(
      request.method, request.path + "?" + query.joined(separator: "&"), headers: request.headers,
      body: request.body)
  }
}

extension [SimField] {
  /// The value of the last field of this name.
  func last(named name: String) -> String? { last { $0.name == name }?.value }
}
