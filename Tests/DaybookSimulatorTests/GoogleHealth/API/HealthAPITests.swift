import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthAPITests {
  @Test("without a token, and with a wrong one, it is 401 UNAUTHENTICATED")
  func unauthenticated() {
    var client = GoogleHealthClient.signedIn()
    let target = "/v4/users/me/identity"
    let headers: [[SimField]] = [
      [],
      [SimField("Authorization", "Bearer ")],
      [SimField("Authorization", "Bearer nothing")],
      [SimField("Authorization", "Basic \(client.access)")],
      [SimField("Authorization", client.access)],
      [SimField("Authorization", "Bearer \(client.refresh)")],
    ]
    for header in headers {
      let answer = client.send("GET", target, headers: header)
      #expect(answer.status == 401)
      #expect(document(answer)["error"]?["status"] == "UNAUTHENTICATED")
    }
    #expect(client.model.stats.unauthorized == headers.count)
  }

  @Test("the token comes in the header, or in the query")
  func token() {
    var client = GoogleHealthClient.signedIn()
    let target = "/v4/users/me/identity"
    for scheme in ["Bearer", "bearer", "BEARER"] {
      let field = SimField("Authorization", "\(scheme) \(client.access)")
      #expect(client.send("GET", target, headers: [field]).status == 200)
    }
    let query = "?access_token=\(client.access)"
    #expect(client.send("GET", target + query).status == 200)
  }

  @Test(
    "each method needs its scope, else it is 403 PERMISSION_DENIED",
    arguments: [
      ("profile", "profile"),
      ("settings", "settings"),
      ("pairedDevices", "settings"),
      ("dataTypes/steps/dataPoints", "activity_and_fitness"),
      ("dataTypes/exercise/dataPoints", "activity_and_fitness"),
      ("dataTypes/heart-rate/dataPoints:reconcile", "health_metrics_and_measurements"),
      ("dataTypes/weight/dataPoints", "health_metrics_and_measurements"),
      ("dataTypes/sleep/dataPoints", "sleep"),
      ("dataTypes/electrocardiogram/dataPoints", "ecg"),
      ("dataTypes/symptoms/dataPoints", "logged_symptoms"),
    ])
  func scopes(path: String, topic: String) {
    var client = GoogleHealthClient.signedIn(topics: [topic])
    #expect(client.get(path).status == 200)
    let others = HealthScope.topics.filter { $0 != topic }
    var other = GoogleHealthClient.signedIn(topics: others)
    let answer = other.get(path)
    #expect(answer.status == 403)
    #expect(document(answer)["error"]?["status"] == "PERMISSION_DENIED")
    #expect(other.model.stats.forbidden == 1)
  }

  @Test("roll-ups need the scope too")
  func rollUpScopes() {
    var client = GoogleHealthClient.signedIn(topics: ["sleep"])
    #expect(client.daily("steps", "2026-02-03", "2026-02-04").status == 403)
  }

  @Test("the identity needs any of the scopes", arguments: HealthScope.topics)
  func identity(topic: String) {
    var client = GoogleHealthClient.signedIn(topics: [topic])
    #expect(client.get("identity").status == 200)
  }

  @Test(
    "types in the path are in kebab-case and known",
    arguments: [
      ("steps", nil),
      ("heart-rate", nil),
      ("heart_rate", "INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT"),
      ("daily_resting-heart-rate", "INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT"),
      ("heartRate", "INVALID_PARENT_DATA_TYPE_COLLECTION"),
      ("calories", "INVALID_PARENT_DATA_TYPE_COLLECTION"),
      ("total-calories", "INVALID_PARENT_DATA_TYPE_COLLECTION"),
    ] as [(String, String?)])
  func types(name: String, reason: String?) {
    var client = GoogleHealthClient.signedIn()
    let answer = client.list(name)
    #expect(answer.status == (reason == nil ? 200 : 400))
    #expect(document(answer).reason == reason)
  }

  @Test(
    "a type may refuse a method: 400 with INVALID_…, not an empty answer",
    arguments: [
      ("total-calories", "reconcile"),
      ("sleep", "dailyRollUp"),
      ("exercise", "rollUp"),
      ("oxygen-saturation", "dailyRollUp"),
      ("daily-resting-heart-rate", "rollUp"),
      ("basal-energy-burned", "dailyRollUp"),
    ])
  func methods(name: String, method: String) {
    var client = GoogleHealthClient.signedIn()
    let answer =
      method == "reconcile"
      ? client.list(name, method: "dataPoints:reconcile")
      : client.post(
        name, method, "{\"range\":\(GoogleHealthClient.range("2026-02-03", "2026-02-04"))}")
    #expect(answer.status == 400)
    #expect(document(answer).reason?.hasPrefix("INVALID_") == true)
  }

  @Test(
    "a type without data is an empty object", arguments: ["vo2-max", "height", "active-minutes"])
  func dataless(name: String) {
    var client = GoogleHealthClient.signedIn()
    #expect(client.list(name).bodyText == "{}")
  }

  @Test("an account without link is 400 ACCOUNT_NOT_LINKED everywhere")
  func notLinked() {
    var client = GoogleHealthClient.signedIn { $0.notLinked = [0] }
    for path in ["identity", "profile", "settings", "pairedDevices", "dataTypes/steps/dataPoints"] {
      let answer = client.get(path)
      #expect(answer.status == 400)
      #expect(document(answer).reason == "ACCOUNT_NOT_LINKED")
    }
    let answer = client.daily("steps", "2026-02-03", "2026-02-04")
    #expect(document(answer).reason == "ACCOUNT_NOT_LINKED")
  }

  @Test("another person's link is another person's")
  func otherLink() {
    var client = GoogleHealthClient.signedIn {
      $0.persons = 2
      $0.notLinked = [1]
    }
    #expect(client.get("identity").status == 200)
    client.model.person = 1
    client.signIn()
    #expect(client.get("identity").status == 400)
  }

  @Test("the 301st call within a minute is 429, without any header that helps")
  func exhausted() {
    var client = GoogleHealthClient.signedIn()
    for _ in 0..<300 { #expect(client.get("identity").status == 200) }
    let answer = client.get("identity")
    #expect(answer.status == 429)
    #expect(answer.headerNames == ["Content-Type", "Date"])
    #expect(document(answer)["error"]?["status"] == "RESOURCE_EXHAUSTED")
    client.now = client.now + .seconds(59)
    #expect(client.get("identity").status == 429)
    client.now = client.now + .seconds(1)
    #expect(client.get("identity").status == 200)
    #expect(client.model.stats.refused == 2)
  }

  @Test("an app that is not verified has 150")
  func unverified() {
    var client = GoogleHealthClient.signedIn { $0.isVerified = false }
    let statuses = (0..<151).map { _ in client.get("identity").status }
    #expect(statuses.filter { $0 == 200 }.count == 150)
    #expect(statuses.last == 429)
  }

  @Test("the limit is of the person, not of the token")
  func perUser() {
    var client = GoogleHealthClient.signedIn {
      $0.userWindow.limit = 2
      $0.persons = 2
    }
    _ = client.get("identity")
    _ = client.get("identity")
    client.signIn()
    #expect(client.get("identity").status == 429)
    client.model.person = 1
    client.signIn()
    #expect(client.get("identity").status == 200)
  }

  @Test("a wrong token takes no slot, a wrong request does")
  func slots() {
    var client = GoogleHealthClient.signedIn { $0.userWindow.limit = 2 }
    for _ in 0..<5 { _ = client.send("GET", "/v4/users/me/identity") }
    #expect(client.list("nonsense").status == 400)
    #expect(client.get("identity").status == 200)
    #expect(client.get("identity").status == 429)
  }

  @Test(
    "paths may be percent-encoded",
    arguments: [
      "dataTypes/steps/dataPoints%3Areconcile",
      "dataTypes/heart%2Drate/dataPoints",
    ])
  func encoded(path: String) {
    var client = GoogleHealthClient.signedIn()
    #expect(client.get(path).status == 200)
  }
}
