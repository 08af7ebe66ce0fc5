import DaybookCore

/// Google's OAuth 2.0 and the Google Health API v4 as on 2026-10-30, made from published facts:
/// `/o/oauth2/v2/auth`, `/token` and `/revoke`, and the data under `/v4`.
public struct GoogleHealthModel: ProviderModel {
  public let settings: GoogleHealthSettings
  public internal(set) var stats: GoogleHealthStats

  // What a test switches while it runs.
  /// Who sits in front of the browser: 0 ..< settings.persons.
  public var person = 0
  /// The person refuses from now on.
  public var denies = false
  /// Scopes that the person does not tick, by suffix: `sleep.readonly` or `sleep`.
  public var withheld: [String] = []
  /// The app is in *Testing*: new grants end after 7 days.
  public var testing: Bool
  /// Persons whose account is not linked.
  public var notLinked: [Int]
  public var end = ServiceEnd.running

  var redirectURIs: [String]
  var grants: GoogleGrants
  var quota: HealthQuota
  var zones: ZoneTrack
  var histories: [HealthHistory]
  var syncs: [HealthSync]

  public init(_ settings: GoogleHealthSettings) {
    self.settings = settings
    self.stats = GoogleHealthStats(windows: settings.windows)
    self.testing = settings.testing
    self.notLinked = settings.notLinked
    self.redirectURIs = settings.redirectURIs
    self.grants = GoogleGrants(seed: settings.seed)
    self.quota = HealthQuota(settings.windows, alignment: settings.alignment)
    self.zones = ZoneTrack(settings.zone)
    let persons = 0..<max(1, settings.persons)
    self.histories = persons.map { HealthHistory(settings, person: $0) }
    let held = settings.syncsByItself ? nil : settings.firstDay.number * 86_400
    self.syncs = histories.map { HealthSync(seed: $0.seed, heldSince: held) }
  }

  /// Where the people are.
  public var zone: SimZone { zones.current }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var response = route(request, now)
    response.headers.append(SimField("Date", CivilText.httpDate(now)))
    return response
  }

  private mutating func route(_ request: SimRequest, _ now: Instant) -> SimResponse {
    if let answer = end.answer("Google Health has ended\n") { return answer }
    switch request.components {
    case ["o", "oauth2", "v2", "auth"]: return authorize(request, now)
    case ["token"]: return token(request, now)
    case ["revoke"]: return revoke(request, now)
    case let path where path.first == "v4": return api(request, now)
    default: return unknown()
    }
  }

  mutating func unknown() -> SimResponse {
    stats.add(.other)
    return HealthFault.notFound.response
  }

  /// Whether the path is one of Google's.
  public func owns(_ request: SimRequest) -> Bool {
    let path = request.components
    return path.first == "v4" || path.starts(with: ["o", "oauth2"]) || path == ["token"]
      || path == ["revoke"]
  }

  // MARK: Kinds

  public func kind(of request: SimRequest) -> SimKind {
    let path = request.components
    if path == ["o", "oauth2", "v2", "auth"] { return .authorize }
    if path == ["token"] || path == ["revoke"] { return .token }
    guard path.starts(with: ["v4", "users", "me"]), path.count > 3 else { return .other }
    switch path[3] {
    case "identity", "profile", "settings": return .account
    case "pairedDevices": return .index
    case "dataTypes": return path.count > 5 ? .data : .other
    default: return .other
    }
  }

  /// Moves every literal of the filter, or the range of the body.
  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    guard kind(of: request) == .data else { return nil }
    if request.method == "POST" {
      guard let body = HealthBody(request.body)?.dayBefore else { return nil }
      let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
      return SimRequest("POST", request.path + query, headers: request.headers, body: body)
    }
    var query = request.query
    guard let index = query.firstIndex(where: { $0.name == "filter" }),
      let filter = GoogleHealthModel.dayBefore(query[index].value)
    else { return nil }
    query[index].value = filter
    let text = query.map { "\($0.name)=\(FormText.encoded($0.value))" }.joined(separator: "&")
    return SimRequest(
      request.method, request.path + "?" + text, headers: request.headers, body: request.body)
  }

  /// `a >= "2026-02-03"` with the day before in each literal; nil when there is none.
  private static func dayBefore(_ filter: String) -> String? {
    var parts = filter.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2 else { return nil }
    for i in stride(from: 1, to: parts.count - 1, by: 2) {
      guard let day = Day(parts[i].prefix(10)) else { return nil }
      parts[i] = (day - 1).description + parts[i].dropFirst(10)
    }
    return parts.joined(separator: "\"")
  }
}
