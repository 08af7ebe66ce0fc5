import DaybookCore
import Testing

@testable import DaybookSimulator

/// A client of the simulated Google Health as the facts describe one: agrees, exchanges,
/// refreshes, reads.
struct GoogleHealthClient {
  var model: GoogleHealthModel
  var now: Instant
  /// Of a server, which is asked instead of the model.
  var origin: String?
  var access = ""
  var refresh = ""

  static let noon = Instant(seconds: 1_793_361_600)  // 2026-10-30T12:00:00Z
  static let redirect = "http://127.0.0.1/"
  static let identification =
    "client_id=daybook.apps.googleusercontent.com&client_secret=s3cret-of-the-simulator"
  static let topics = [
    "activity_and_fitness", "health_metrics_and_measurements", "sleep", "profile", "settings",
  ]

  /// A history of almost seven years in which nothing is empty, late or unprocessed.
  init(
    now: Instant = GoogleHealthClient.noon,
    _ adjust: (inout GoogleHealthSettings) -> Void = { _ in }
  ) {
    var settings = GoogleHealthSettings(
      firstDay: day("2020-01-01"),
      zone: SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe))
    settings.lateRate = 0
    settings.emptyRate = 0
    settings.unprocessedRate = 0
    settings.phoneRate = 0
    settings.emptyPageRate = 0
    adjust(&settings)
    self.model = GoogleHealthModel(settings)
    self.now = now
  }

  /// Already signed in.
  static func signedIn(
    now: Instant = GoogleHealthClient.noon, topics: [String] = GoogleHealthClient.topics,
    _ adjust: (inout GoogleHealthSettings) -> Void = { _ in }
  ) -> GoogleHealthClient {
    var client = GoogleHealthClient(now: now, adjust)
    client.signIn(topics: topics)
    return client
  }

  mutating func signIn(topics: [String] = GoogleHealthClient.topics) {
    keep(exchange(authorize(topics: topics)["code"] ?? ""))
  }

  mutating func send(
    _ method: String = "GET", _ target: String, headers: [SimField] = [], form: String? = nil
  ) -> SimResponse {
    var headers = headers
    if form != nil {
      headers.append(SimField("Content-Type", "application/x-www-form-urlencoded"))
    }
    let request = SimRequest(method, target, headers: headers, body: Array((form ?? "").utf8))
    return origin.map(request.sent) ?? model.answer(request, now: now)
  }

  // MARK: OAuth

  static func scopes(_ topics: [String]) -> String {
    topics.map { HealthScope.reading($0) }.joined(separator: " ")
  }

  /// The fields of an authorize request; nil takes one away.
  mutating func authorizePage(
    topics: [String] = GoogleHealthClient.topics, _ changes: [String: String?] = [:]
  ) -> SimResponse {
    var fields: [(String, String?)] = [
      ("response_type", "code"), ("client_id", "daybook.apps.googleusercontent.com"),
      ("redirect_uri", Self.redirect), ("scope", Self.scopes(topics)), ("state", "s&t"),
      ("access_type", "offline"), ("prompt", "consent"),
    ]
    for i in fields.indices { if let change = changes[fields[i].0] { fields[i].1 = change } }
    for name in changes.keys.sorted() where !fields.contains(where: { $0.0 == name }) {
      fields.append((name, changes[name] ?? nil))
    }
    let query = fields.compactMap { name, value in
      value.map { "\(name)=\(FormText.encoded($0))" }
    }
    return send("GET", "/o/oauth2/v2/auth?" + query.joined(separator: "&"))
  }

  /// The fields of the redirect.
  mutating func authorize(
    topics: [String] = GoogleHealthClient.topics, _ changes: [String: String?] = [:]
  ) -> [String: String] {
    let answer = authorizePage(topics: topics, changes)
    guard let location = answer.header("location"), let mark = location.firstIndex(of: "?") else {
      return ["status": String(answer.status)]
    }
    let fields = FormText.fields(String(location[location.index(after: mark)...]))
    return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
  }

  mutating func exchange(_ code: String, extra: String = "") -> SimResponse {
    let uri = FormText.encoded(Self.redirect)
    let code = FormText.encoded(code)
    return send(
      "POST", "/token",
      form: "grant_type=authorization_code&code=\(code)&redirect_uri=\(uri)"
        + "&\(Self.identification)\(extra)")
  }

  mutating func refreshing(_ token: String) -> SimResponse {
    send(
      "POST", "/token",
      form: "grant_type=refresh_token&refresh_token=\(FormText.encoded(token))"
        + "&\(Self.identification)")
  }

  mutating func keep(_ answer: SimResponse) {
    let value = document(answer)
    access = value["access_token"]?.string ?? ""
    refresh = value["refresh_token"]?.string ?? ""
  }

  // MARK: Data

  var bearer: SimField { SimField("Authorization", "Bearer \(access)") }

  /// Below `/v4/users/me/`.
  mutating func get(_ path: String, _ query: [(String, String)] = []) -> SimResponse {
    let text = query.map { "\($0.0)=\(FormText.encoded($0.1))" }.joined(separator: "&")
    return send("GET", "/v4/users/me/\(path)" + (text.isEmpty ? "" : "?\(text)"), headers: [bearer])
  }

  mutating func list(
    _ type: String, _ filter: String = "", _ more: [(String, String)] = [],
    method: String = "dataPoints"
  ) -> SimResponse {
    get("dataTypes/\(type)/\(method)", (filter.isEmpty ? [] : [("filter", filter)]) + more)
  }

  mutating func post(_ type: String, _ method: String, _ body: String) -> SimResponse {
    let request = SimRequest(
      "POST", "/v4/users/me/dataTypes/\(type)/dataPoints:\(method)", headers: [bearer],
      body: Array(body.utf8))
    return origin.map(request.sent) ?? model.answer(request, now: now)
  }

  /// The roll-up of civil days.
  mutating func daily(
    _ type: String, _ from: String, _ to: String, more: String = ""
  ) -> SimResponse {
    post(type, "dailyRollUp", "{\"range\":\(Self.range(from, to))\(more)}")
  }

  static func range(_ from: String, _ to: String) -> String {
    func civil(_ text: String) -> String {
      let (y, m, d) = day(text).civil
      return "{\"date\":{\"year\":\(y),\"month\":\(m),\"day\":\(d)},\"time\":{}}"
    }
    return "{\"start\":\(civil(from)),\"end\":\(civil(to))}"
  }

  /// All points of all pages.
  mutating func all(
    _ type: String, _ filter: String, pageSize: Int? = nil, method: String = "dataPoints"
  ) -> [JSONValue] {
    var out: [JSONValue] = []
    var token = ""
    for _ in 0..<10_000 {
      var more = token.isEmpty ? [] : [("pageToken", token)]
      if let pageSize { more.append(("pageSize", String(pageSize))) }
      let page = document(list(type, filter, more, method: method))
      out += page["dataPoints"]?.elements ?? []
      guard let next = page["nextPageToken"]?.string, !next.isEmpty else { return out }
      token = next
    }
    Issue.record("the pages of \(type) do not end")
    return out
  }

  /// The filter of a civil day.
  static func on(_ day: String, _ member: String) -> String {
    let next = DaybookSimulatorTests.day(day) + 1
    return "\(member) >= \"\(day)\" AND \(member) < \"\(next)\""
  }
}

extension JSONValue {
  /// `error.details[0].reason`
  var reason: String? { self["error"]?["details"]?.elements.first?["reason"]?.string }
  /// A civil date-time as seconds since midnight, and its date.
  var civilText: String {
    let date = self["date"]
    let time = self["time"]
    func n(_ value: JSONValue?) -> Int64 { value?.int ?? 0 }
    return [
      n(date?["year"]), n(date?["month"]), n(date?["day"]), n(time?["hours"]),
      n(time?["minutes"]), n(time?["seconds"]),
    ].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: " ")
  }
}
