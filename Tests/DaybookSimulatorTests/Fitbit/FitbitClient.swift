import DaybookCore
import Testing

@testable import DaybookSimulator

/// A client of the simulated Fitbit as the facts describe one: agrees, exchanges, refreshes, reads.
struct FitbitClient {
  var model: FitbitModel
  var now: Instant
  /// Of a server, which is asked instead of the model.
  var origin: String?
  var access = ""
  var refresh = ""

  static let noon = Instant(seconds: 1_718_712_000)  // Tuesday 2024-06-18T12:00:00Z
  static let today = Day(number: 19_892)
  static let redirect = "http://127.0.0.1/"
  static let basic = SimField(
    "Authorization",
    "Basic " + Base64.standard.encode(Array("daybook:s3cret-of-the-simulator".utf8)))
  static let allScopes = FitbitSettings.scopes.joined(separator: "%20")

  init(now: Instant = FitbitClient.noon, _ adjust: (inout FitbitSettings) -> Void = { _ in }) {
    var settings = FitbitSettings(
      memberSince: FitbitClient.today - 1_199,
      zone: SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe))
    settings.lateRate = 0
    settings.emptyRate = 0
    adjust(&settings)
    self.model = FitbitModel(settings)
    self.now = now
  }

  /// Already signed in.
  static func signedIn(
    now: Instant = FitbitClient.noon, scopes: String = FitbitClient.allScopes,
    _ adjust: (inout FitbitSettings) -> Void = { _ in }
  ) -> FitbitClient {
    var client = FitbitClient(now: now, adjust)
    client.signIn(scopes: scopes)
    return client
  }

  mutating func signIn(scopes: String = FitbitClient.allScopes) {
    keep(exchange(authorize(scopes: scopes)["code"] ?? ""))
  }

  mutating func send(
    _ method: String = "GET", _ target: String, headers: [SimField] = [], body: String = ""
  ) -> SimResponse {
    var headers = headers
    if !body.isEmpty {
      headers.append(SimField("Content-Type", "application/x-www-form-urlencoded"))
    }
    let request = SimRequest(method, target, headers: headers, body: Array(body.utf8))
    return origin.map(request.sent) ?? model.answer(request, now: now)
  }

  /// The fields of the redirect, or the status of the page.
  mutating func authorize(
    scopes: String = FitbitClient.allScopes, extra: String = ""
  ) -> [String: String] {
    FitbitClient.fields(
      send(
        "GET",
        "/oauth2/authorize?response_type=code&client_id=daybook&scope=\(scopes)"
          + "&redirect_uri=http%3A%2F%2F127.0.0.1%2F&state=s%26t\(extra)"))
  }

  static func fields(_ answer: SimResponse) -> [String: String] {
    guard let location = answer.header("location"), let mark = location.firstIndex(of: "?") else {
      return ["status": String(answer.status)]
    }
    let fields = FormText.fields(String(location[location.index(after: mark)...]))
    return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
  }

  mutating func exchange(
    _ code: String, extra: String = "", headers: [SimField] = [FitbitClient.basic]
  ) -> SimResponse {
    send(
      "POST", "/oauth2/token", headers: headers,
      body:
        "grant_type=authorization_code&code=\(code)&redirect_uri=\(Self.redirect)\(extra)")
  }

  mutating func refreshing(
    _ token: String, extra: String = "", headers: [SimField] = [FitbitClient.basic]
  ) -> SimResponse {
    send(
      "POST", "/oauth2/token", headers: headers,
      body: "grant_type=refresh_token&refresh_token=\(token)\(extra)")
  }

  mutating func keep(_ answer: SimResponse) {
    access = FitbitClient.field("access_token", answer)
    refresh = FitbitClient.field("refresh_token", answer)
  }

  /// With the token in the header; a path without a version is one of version 1 of the owner.
  mutating func get(_ path: String, headers: [SimField] = []) -> SimResponse {
    let target = path.hasPrefix("/1") ? path : "/1/user/-" + path
    return send(
      "GET", target, headers: headers + [SimField("Authorization", "Bearer \(access)")])
  }

  mutating func sleep(_ dates: String) -> JSONValue {
    document(get("/1.2/user/-/sleep/date/\(dates).json"))
  }

  /// A text field of a flat JSON object; empty when it is missing.
  static func field(_ name: String, _ answer: SimResponse) -> String {
    let parts = answer.bodyText.split(separator: "\"\(name)\":\"")
    guard parts.count > 1 else { return "" }
    return String(parts[1].prefix { $0 != "\"" })
  }
}

extension SimResponse {
  /// The error type of a body in Fitbit's form.
  var fitbitError: String? { document(self)["errors"]?.elements.first?["errorType"]?.string }
  var fitbitMessage: String {
    document(self)["errors"]?.elements.first?["message"]?.string ?? ""
  }
}

extension Wearer {
  /// One who wears the tracker always, and whose days do not change.
  static func steady(_ seed: UInt64 = 1) -> Wearer {
    Wearer(seed: seed, memberSince: FitbitClient.today - 1_199)
  }
}
