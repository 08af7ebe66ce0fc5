import DaybookCore

/// The switches of the running site, each `POST /sim/fitbit-site/NAME?…`..
extension FitbitSiteModel: ServedModel {
  static let controlName = "fitbit-site"
  public static let controlGuide = """
    POST /sim/fitbit-site/deny?on=true|false   every login is refused
    POST /sim/fitbit-site/password?value=TEXT[&person=0]   a new password
    POST /sim/fitbit-site/expire[?person=0]    sessions end, browsers stay known
    POST /sim/fitbit-site/logout[?person=0]    sessions end, browsers are unknown
    POST /sim/fitbit-site/revoke[?person=0]    the same as logout
    POST /sim/fitbit-site/layout?as=known|renamed-field|without-id  pages change
    POST /sim/fitbit-site/cookie-gate?on=true|false        500 without a cookie
    POST /sim/fitbit-site/agent-gate?on=true|false         403 without a browser
    POST /sim/fitbit-site/down?on=true|false   503 with a page of HTML
    POST /sim/fitbit-site/zone?id=Asia/Tokyo   the person travels
    POST /sim/fitbit-site/late?day=2014-06-18[&person=0]   an old day changes now
    POST /sim/fitbit-site/end?how=running|gone|refused     the site ends
    """

  var counted: [UInt8] { stats.json }
  /// Sessions are no grants: they end by themselves.
  var consents: Int? { nil }

  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool {
    let person = request.parameter("person").flatMap { CivilText.number($0) }
    if request.parameter("person") != nil, person.map(passwords.indices.contains) != true {
      return false
    }
    switch name {
    case "password": return change(password: request.parameter("value"), person: person)
    case "expire": _ = expireSessions(person: person)
    case "logout", "revoke": _ = logOutEverywhere(person: person)
    case "layout": return set(\.layout, request.parameter("as").flatMap(SiteLayout.init))
    case "deny": return set(\.denies, request)
    case "down": return set(\.isDown, request)
    case "cookie-gate": return set(\.cookieGate, request)
    case "agent-gate": return set(\.agentGate, request)
    case "zone": return set(\.zone, request.parameter("id").flatMap { SimZone($0) })
    case "end": return set(\.end, request.parameter("how").flatMap(ServiceEnd.init))
    case "late":
      guard let day = request.parameter("day").flatMap({ Day($0) }) else { return false }
      return change(day, person: person ?? 0, now: now)
    default: return false
    }
    return true
  }

  /// `on=true` or `on=false`.
  private mutating func set(
    _ path: WritableKeyPath<FitbitSiteModel, Bool>, _ request: SimRequest
  ) -> Bool {
    set(path, request.parameter("on").flatMap(Bool.init))
  }

  private mutating func set<T>(_ path: WritableKeyPath<FitbitSiteModel, T>, _ value: T?) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  /// The person has a new password (nil: everybody). Not confirmed: sessions go on, and remembered
  /// browsers stay so. False when there is none.
  public mutating func change(password: String?, person: Int? = nil) -> Bool {
    guard let password, !password.isEmpty else { return false }
    for i in passwords.indices where person == nil || person == i { passwords[i] = password }
    return true
  }

  /// Ends the sessions of a person (nil: of all); how many there were.
  public mutating func expireSessions(person: Int? = nil) -> Int {
    sessions.endSessions(person: person)
  }

  /// Ends the sessions of a person (nil: of all) and forgets their browsers; how many of both.
  public mutating func logOutEverywhere(person: Int? = nil) -> Int {
    sessions.endSessions(person: person) + sessions.forgetAll(person: person)
  }

  /// The day changes now, late as it may be: the tracker hands over another walk, or a day that was
  /// missing. False before the first day, after today, or when there were too many of that.
  public mutating func change(_ day: Day, person: Int = 0, now: Instant) -> Bool {
    guard trackers.indices.contains(person), day >= settings.firstDay, day <= zone.day(at: now),
      trackers[person].forced.values.reduce(0, { $0 + $1.count }) < SimLimits.forcedChanges
    else { return false }
    trackers[person].forced[day.number, default: []].append(Int(now.seconds))
    return true
  }

  /// Sessions that still count.
  func sessionsAlive(_ now: Instant) -> Int { sessions.alive(now) }
}
