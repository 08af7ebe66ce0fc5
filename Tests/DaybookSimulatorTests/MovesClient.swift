import DaybookCore

@testable import DaybookSimulator

/// A client of the simulated Moves as the facts describe one: agrees, exchanges, refreshes, reads.
struct MovesClient {
  var model: MovesModel
  var now: Instant
  var access = ""
  var refresh = ""

  static let noon = Instant(seconds: 1_524_657_600)  // 2018-04-25T12:00:00Z
  static let redirect = "http://127.0.0.1/"

  init(now: Instant = MovesClient.noon, _ adjust: (inout MovesSettings) -> Void = { _ in }) {
    var settings = MovesSettings(
      firstDay: Day(number: Int(now.seconds) / 86_400 - 699),
      zone: SimZone(id: "Europe/Helsinki", standard: 7_200, summer: .europe))
    settings.lateRate = 0
    settings.emptyRate = 0
    adjust(&settings)
    self.model = MovesModel(settings)
    self.now = now
  }

  /// Already signed in.
  static func signedIn(
    now: Instant = MovesClient.noon, scopes: String = "activity%20location",
    _ adjust: (inout MovesSettings) -> Void = { _ in }
  ) -> MovesClient {
    var client = MovesClient(now: now, adjust)
    client.signIn(scopes: scopes)
    return client
  }

  mutating func signIn(scopes: String = "activity%20location") {
    let code = authorize(scopes: scopes)["code"] ?? ""
    keep(exchange(code))
  }

  mutating func send(
    _ method: String = "GET", _ target: String, headers: [SimField] = [], body: String = ""
  ) -> SimResponse {
    var headers = headers
    if !body.isEmpty {
      headers.append(SimField("Content-Type", "application/x-www-form-urlencoded"))
    }
    let request = SimRequest(method, target, headers: headers, body: Array(body.utf8))
    return model.answer(request, now: now)
  }

  /// The fields of the redirect.
  mutating func authorize(scopes: String = "activity%20location", extra: String = "")
    -> [String: String]
  {
    let answer = send(
      "GET",
      "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=\(scopes)&state=s%26t\(extra)"
    )
    guard let location = answer.header("location"), let mark = location.firstIndex(of: "?") else {
      return ["status": String(answer.status)]
    }
    let fields = FormText.fields(String(location[location.index(after: mark)...]))
    return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
  }

  static let secret = "client_id=daybook&client_secret=s3cret-of-the-simulator"

  mutating func exchange(_ code: String) -> SimResponse {
    send(
      "POST", "/oauth/v1/access_token",
      body:
        "grant_type=authorization_code&code=\(code)&redirect_uri=\(Self.redirect)&\(Self.secret)")
  }

  mutating func refreshing(_ token: String) -> SimResponse {
    send(
      "POST", "/oauth/v1/access_token",
      body: "grant_type=refresh_token&refresh_token=\(token)&\(Self.secret)")
  }

  mutating func keep(_ answer: SimResponse) {
    access = field("access_token", answer)
    refresh = field("refresh_token", answer)
  }

  /// Below `/api/1.1`, with the token in the header.
  mutating func get(_ path: String, headers: [SimField] = []) -> SimResponse {
    send(
      "GET", "/api/1.1" + path, headers: headers + [SimField("Authorization", "Bearer \(access)")])
  }

  /// A text field of a flat JSON object; empty when it is missing.
  func field(_ name: String, _ answer: SimResponse) -> String {
    let parts = answer.bodyText.split(separator: "\"\(name)\":\"")
    guard parts.count > 1 else { return "" }
    return String(parts[1].prefix { $0 != "\"" })
  }
}
