import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitAPITests {
  static let steps = "/activities/steps/date/2024-06-10/1d/1min.json"
  static let headers = [
    "Fitbit-Rate-Limit-Limit", "Fitbit-Rate-Limit-Remaining", "Fitbit-Rate-Limit-Reset",
  ]

  @Test("no header with a token is 400", arguments: [nil, "Basic eDp5", "token", "Bearer"])
  func noToken(header: String?) {
    var client = FitbitClient.signedIn()
    let headers = header.map { [SimField("Authorization", $0)] } ?? []
    let answer = client.send("GET", "/1/user/-/profile.json", headers: headers)
    #expect(answer.status == 400 && answer.fitbitError == "invalid_request")
    #expect(!answer.headerNames.contains("Fitbit-Rate-Limit-Limit"))
    #expect(client.model.stats.bad == 1)
  }

  @Test("an unknown token is 401 and stands in the message", arguments: ["x", "", " y"])
  func unknownToken(token: String) {
    var client = FitbitClient.signedIn()
    client.access = token
    let answer = client.get("/profile.json")
    #expect(answer.status == 401 && answer.fitbitError == "invalid_token")
    #expect(answer.fitbitMessage.contains("invalid: \(token)."))
    #expect(client.model.stats.unauthorized == 1)
  }

  @Test("a token expires after eight hours, and stands in the message")
  func expired() {
    var client = FitbitClient.signedIn()
    client.now = FitbitClient.noon + .seconds(28_799)
    #expect(client.get("/profile.json").status == 200)
    client.now = FitbitClient.noon + .seconds(28_800)
    let answer = client.get("/profile.json")
    #expect(answer.status == 401 && answer.fitbitError == "expired_token")
    #expect(answer.fitbitMessage.contains(client.access))
  }

  @Test("the word Bearer may be written in small letters")
  func lowerCase() {
    var client = FitbitClient.signedIn()
    let header = SimField("authorization", "bearer \(client.access)")
    #expect(client.send("GET", "/1/user/-/profile.json", headers: [header]).status == 200)
  }

  @Test(
    "every answer to a known token has the three headers",
    arguments: [
      ("/profile.json", 200), (steps, 200), ("/hrv/date/xx/all.json", 400),
      ("/1/user/ZZZZZZ/profile.json", 401),
    ])
  func meters(path: String, status: Int) {
    var client = FitbitClient.signedIn()
    client.now = FitbitClient.noon + .milliseconds(500)
    let answer = client.get(path)
    #expect(answer.status == status)
    let meters = answer.headers.filter { $0.name.hasPrefix("Fitbit-Rate-Limit") }
    #expect(
      meters == [
        SimField("Fitbit-Rate-Limit-Limit", "150"),
        SimField("Fitbit-Rate-Limit-Remaining", "149"),
        SimField("Fitbit-Rate-Limit-Reset", "3600"),
      ])
  }

  @Test(
    "the reset counts the seconds to the top of the hour",
    arguments: [(0, "3600"), (1, "3599"), (1_800, "1800"), (3_599, "1"), (3_600, "3600")]
      as [(Int64, String)])
  func reset(seconds: Int64, left: String) {
    var client = FitbitClient.signedIn()
    client.now = FitbitClient.noon + .seconds(seconds)
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Reset") == left)
  }

  /// Uses up the hour.
  static func exhausted(_ adjust: (inout FitbitSettings) -> Void = { _ in }) -> FitbitClient {
    var client = FitbitClient.signedIn(adjust)
    for _ in 0..<150 { _ = client.get("/profile.json") }
    return client
  }

  @Test("the call after the last one of the hour is refused as documented")
  func tooMany() {
    var client = Self.exhausted()
    client.now = FitbitClient.noon + .minutes(20)
    let answer = client.get("/profile.json")
    #expect(answer.status == 429)
    #expect(
      document(answer)["errors"]?.elements == [
        ["errorType": "system", "message": "Too Many Requests", "fieldName": "n/a"]
      ])
    #expect(answer.header("Retry-After") == nil)
    #expect(answer.header("Fitbit-Rate-Limit-Remaining") == "0")
    #expect(answer.header("Fitbit-Rate-Limit-Reset") == "2400")
    #expect(client.model.stats.refused == 1)
    client.now = FitbitClient.noon + .hours(1)
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Remaining") == "149")
  }

  @Test("the old service said when to come again")
  func retryAfter() {
    var client = Self.exhausted { $0.sendsRetryAfter = true }
    client.now = FitbitClient.noon + .minutes(59)
    #expect(client.get("/profile.json").header("Retry-After") == "60")
  }

  @Test("the quota may begin anew later than the header says")
  func lag() {
    var client = FitbitClient.signedIn { $0.resetLag = .seconds(200) }
    client.now = FitbitClient.noon + .minutes(10)
    for _ in 0..<150 { _ = client.get("/profile.json") }
    let times: [(Int64, Int)] = [(3_600, 429), (3_799, 429), (3_800, 200)]
    for (seconds, status) in times {
      client.now = FitbitClient.noon + .seconds(seconds)
      #expect(client.get("/profile.json").status == status, "\(seconds)")
    }
  }

  @Test("each person has a quota of their own")
  func perPerson() {
    var client = Self.exhausted { $0.persons = 2 }
    client.model.person = 1
    client.signIn()
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Remaining") == "149")
  }

  @Test("a second token of the same person shares the quota")
  func shared() {
    var client = Self.exhausted()
    client.signIn()
    #expect(client.get("/profile.json").status == 429)
  }

  @Test("calls with an error may be free", arguments: [(true, "148"), (false, "149")])
  func failed(counts: Bool, left: String) {
    var client = FitbitClient.signedIn { $0.failedCallsCount = counts }
    _ = client.get("/hrv/date/xx/all.json")
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Remaining") == left)
  }

  /// One path for each scope.
  static let guarded = [
    ("profile", "/profile.json"), ("settings", "/devices.json"), ("activity", steps),
    ("activity", "/activities/date/2024-06-10.json"),
    ("activity", "/activities/steps/date/2024-06-01/2024-06-10.json"),
    ("heartrate", "/activities/heart/date/2024-06-10/1d/1min.json"),
    ("heartrate", "/activities/heart/date/2024-06-01/2024-06-10.json"),
    ("heartrate", "/hrv/date/2024-06-10/all.json"),
    ("oxygen_saturation", "/spo2/date/2024-06-10/all.json"),
    ("respiratory_rate", "/br/date/2024-06-10/all.json"),
    ("sleep", "/1.2/user/-/sleep/date/2024-06-10.json"),
    ("weight", "/body/log/weight/date/2024-06-01/2024-06-10.json"),
  ]

  @Test("data without its scope is 403, everything else goes on", arguments: guarded)
  func scope(scope: String, path: String) {
    let others = FitbitSettings.scopes.filter { $0 != scope }
    var client = FitbitClient.signedIn(scopes: others.joined(separator: "%20"))
    let answer = client.get(path)
    #expect(answer.status == 403 && answer.fitbitError == "insufficient_scope")
    #expect(answer.fitbitMessage.contains(scope))
    #expect(client.model.stats.forbidden == 1)
    for (other, path) in Self.guarded where other != scope {
      #expect(client.get(path).status == 200, "\(path)")
    }
    client.signIn(scopes: scope)
    #expect(client.get(path).status == 200)
  }

  @Test("the owner may be named by their id, others may not")
  func users() {
    var client = FitbitClient.signedIn { $0.persons = 2 }
    let own = client.model.userID(0)
    let other = client.model.userID(1)
    #expect(client.get("/1/user/\(own)/profile.json").status == 200)
    let refused = client.get("/1/user/\(other)/profile.json")
    #expect(refused.status == 401 && refused.fitbitError == "authorization")
  }

  @Test(
    "there is nothing but GET and the documented paths",
    arguments: [
      ("GET", "/1/user/-/friends.json"), ("POST", "/1/user/-/profile.json"), ("GET", "/2/x"),
      ("DELETE", "/1/user/-/profile.json"), ("GET", "/"), ("GET", "/oauth2/other"),
    ])
  func unknown(method: String, path: String) {
    var client = FitbitClient.signedIn()
    let header = SimField("Authorization", "Bearer \(client.access)")
    let answer = client.send(method, path, headers: [header])
    #expect(answer.status == 400 && answer.fitbitError == "request")
    #expect(client.model.stats.count(.other) == 1)
  }

  @Test("days are counted by stream")
  func counted() {
    var client = FitbitClient.signedIn()
    _ = client.get(Self.steps)
    _ = client.get("/activities/steps/date/2024-06-09/2024-06-10.json")
    _ = client.get("/profile.json")
    let stats = client.model.stats
    #expect(stats.days[.init("steps-intraday", day("2024-06-10"))] == 1)
    #expect(stats.days[.init("steps", day("2024-06-09"))] == 1)
    #expect(stats.days.count == 3)
    var silent = FitbitClient.signedIn { $0.countsDays = false }
    _ = silent.get(Self.steps)
    #expect(silent.model.stats.days.isEmpty)
  }
}
