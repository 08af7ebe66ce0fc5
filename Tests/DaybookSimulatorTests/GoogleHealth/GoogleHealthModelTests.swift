import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleHealthModelTests {
  @Test("every answer has the date of its moment")
  func date() {
    var client = GoogleHealthClient()
    for target in ["/o/oauth2/v2/auth", "/token", "/v4/users/me/profile", "/nothing"] {
      #expect(client.send("GET", target).header("Date") == "Fri, 30 Oct 2026 12:00:00 GMT")
    }
  }

  @Test(
    "what is not there is 404",
    arguments: [
      "/",
      "/o",
      "/o/oauth2/auth",
      "/o/oauth2/v2/auth/x",
      "/token/x",
      "/v4",
      "/v4/users",
      "/v4/users/me",
      "/v4/users/1234/profile",
      "/v4/users/me/friends",
      "/v4/users/me/profile/x",
      "/v4/users/me/dataTypes",
      "/v4/users/me/dataTypes/steps",
      "/v4/users/me/dataTypes/steps/points",
      "/v4/users/me/dataTypes/steps/dataPoints:sum",
      "/v4/users/me/dataTypes/steps/dataPoints:dailyRollUp",
      "/v3/users/me/profile",
    ])
  func unknown(target: String) {
    var client = GoogleHealthClient.signedIn()
    let answer = client.send("GET", target, headers: [client.bearer])
    #expect(answer.status == 404)
    #expect(document(answer)["error"]?["status"] == "NOT_FOUND")
    #expect(client.model.stats.count(.other) == 1)
  }

  @Test("the same requests at the same moments give the same bytes")
  func replay() {
    func session(_ seed: UInt64) -> [SimResponse] {
      var client = GoogleHealthClient.signedIn {
        $0.seed = seed
        $0.lateRate = 0.3
        $0.emptyRate = 0.3
        $0.emptyPageRate = 0.3
      }
      var out: [SimResponse] = []
      for hours in 0..<20 {
        client.now = GoogleHealthClient.noon + .hours(Int64(hours) * 7)
        out.append(client.refreshing(client.refresh))
        client.access = document(out[out.count - 1])["access_token"]?.string ?? ""
        out.append(client.list("sleep"))
        out.append(client.daily("steps", "2026-10-20", "2026-10-31"))
      }
      return out
    }
    let first = session(5)
    #expect(first == session(5))
    #expect(first != session(6))
    #expect(first.allSatisfy { $0.status == 200 })
  }

  @Test("after the end everything is gone, the token endpoint too")
  func gone() {
    var client = GoogleHealthClient.signedIn()
    client.model.end = .gone
    #expect(client.get("profile").status == 410)
    #expect(client.list("steps").status == 410)
    #expect(client.refreshing(client.refresh).status == 410)
    #expect(client.authorizePage().status == 410)
    #expect(client.send("POST", "/revoke?token=x").status == 410)
    client.model.end = .refused
    #expect(client.get("profile").delivery == .refused)
    client.model.end = .running
    #expect(client.get("profile").status == 200)
  }

  @Test(
    "requests have their kinds",
    arguments: [
      ("/o/oauth2/v2/auth?x=y", .authorize),
      ("/token", .token),
      ("/revoke?token=x", .token),
      ("/v4/users/me/identity", .account),
      ("/v4/users/me/profile", .account),
      ("/v4/users/me/settings", .account),
      ("/v4/users/me/pairedDevices", .index),
      ("/v4/users/me/dataTypes/steps/dataPoints", .data),
      ("/v4/users/me/dataTypes/steps/dataPoints:reconcile?filter=x", .data),
      ("/v4/users/me/dataTypes/steps/dataPoints:dailyRollUp", .data),
      ("/v4/users/me/dataTypes/sleep/dataPoints/12", .data),
      ("/v4/users/me/dataTypes/steps", .other),
      ("/v4/users/me", .other),
      ("/", .other),
    ] as [(String, SimKind)])
  func kinds(target: String, kind: SimKind) {
    #expect(GoogleHealthClient().model.kind(of: SimRequest("GET", target)) == kind)
  }

  @Test(
    "the model knows which paths are its own",
    arguments: [
      ("/o/oauth2/v2/auth", true),
      ("/token", true),
      ("/revoke", true),
      ("/v4/users/me/profile", true),
      ("/v4", true),
      ("/oauth/v1/authorize", false),
      ("/oauth2/token", false),
      ("/token/x", false),
      ("/api/1.1/user/profile", false),
      ("/", false),
    ])
  func owns(target: String, own: Bool) {
    #expect(GoogleHealthClient().model.owns(SimRequest("GET", target)) == own)
  }

  @Test("the day before is asked with every literal moved")
  func dayBefore() {
    let model = GoogleHealthClient().model
    let cases = [
      (
        "steps.interval.civil_start_time >= \"2026-03-01\" AND "
          + "steps.interval.civil_start_time < \"2026-03-02\"",
        "steps.interval.civil_start_time >= \"2026-02-28\" AND "
          + "steps.interval.civil_start_time < \"2026-03-01\""
      ),
      (
        "weight.sample_time.physical_time >= \"2026-01-01T05:00:00+01:00\"",
        "weight.sample_time.physical_time >= \"2025-12-31T05:00:00+01:00\""
      ),
    ]
    for (filter, expected) in cases {
      let path = "/v4/users/me/dataTypes/steps/dataPoints"
      let request = SimRequest(
        "GET", "\(path)?pageSize=5&filter=\(FormText.encoded(filter))",
        headers: [SimField("Authorization", "Bearer x")])
      let other = model.askingDayBefore(request)
      #expect(other?.path == path)
      #expect(other?.query == [SimField("pageSize", "5"), SimField("filter", expected)])
      #expect(other?.headers == request.headers)
    }
  }

  @Test("the day before of a roll-up is another body")
  func dayBeforeBody() {
    let body = "{\"range\":\(GoogleHealthClient.range("2026-03-01", "2026-03-02"))}"
    let request = SimRequest(
      "POST", "/v4/users/me/dataTypes/steps/dataPoints:dailyRollUp", body: Array(body.utf8))
    let other = GoogleHealthClient().model.askingDayBefore(request)
    let expected = "{\"range\":\(GoogleHealthClient.range("2026-02-28", "2026-03-01"))}"
    #expect(other.map { String(decoding: $0.body, as: UTF8.self) } == expected)
    #expect(other?.path == request.path)
  }

  @Test(
    "what names no day has no day before",
    arguments: [
      "/v4/users/me/dataTypes/steps/dataPoints",
      "/v4/users/me/dataTypes/steps/dataPoints?filter=",
      "/v4/users/me/dataTypes/steps/dataPoints?filter=steps.x%20%3E%3D%20%22yesterday%22",
      "/v4/users/me/profile",
      "/token",
    ])
  func noDayBefore(target: String) {
    #expect(GoogleHealthClient().model.askingDayBefore(SimRequest("GET", target)) == nil)
    #expect(GoogleHealthClient().model.askingDayBefore(SimRequest("POST", target)) == nil)
  }

  @Test("people have days and ids of their own")
  func persons() {
    var client = GoogleHealthClient { $0.persons = 2 }
    client.signIn()
    var other = client
    other.model.person = 1
    other.signIn()
    let filter = GoogleHealthClient.on("2026-02-03", "steps.interval.civil_start_time")
    #expect(client.list("steps", filter).body != other.list("steps", filter).body)
    #expect(client.get("identity").body != other.get("identity").body)
  }
}
