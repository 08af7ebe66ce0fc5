import DaybookCore
import Testing

@testable import DaybookSimulator

/// `daybook-sim fitbit` from outside.
struct FitbitCommandTests {
  /// What Daybook asks for without a `redirect_uri` in its settings.
  static let own = "http://127.0.0.1:8754/"

  static func client(_ origin: String) -> FitbitClient {
    var client = FitbitClient { $0.persons = 2 }
    client.origin = origin
    return client
  }

  @Test("a person agrees on the terminal at Daybook's own address, and a day is read")
  func day() throws {
    try SimProgram.serving(
      "fitbit", "--days", "30", "--persons", "2", "--late", "0", "--empty", "0"
    ) { origin in
      let redirect = FormText.encoded(Self.own)
      let agreed = try SimProgram.agree(
        origin + "/oauth2/authorize?response_type=code&client_id=daybook&state=q"
          + "&scope=activity%20profile&redirect_uri=\(redirect)", "--person", "1")
      #expect(agreed.target == Self.own)
      #expect(agreed.fields.last(named: "state") == "q")
      let code = agreed.fields.last(named: "code") ?? ""
      var client = Self.client(origin)
      let pair = client.send(
        "POST", "/oauth2/token", headers: [FitbitClient.basic],
        body: "grant_type=authorization_code&code=\(code)&redirect_uri=\(redirect)")
      #expect(document(pair)["expires_in"] == 28_800)
      client.keep(pair)
      let profile = document(client.get("/profile.json"))["user"]
      #expect(profile?["encodedId"]?.string == client.model.userID(1))
      #expect(profile?["timezone"] == "Europe/Helsinki")
      let answer = client.get("/activities/steps/date/\(SimProgram.pastDay)/1d/1min.json")
      #expect(answer.header("fitbit-rate-limit-limit") == "150")
      let minutes = document(answer)["activities-steps-intraday"]?["dataset"]?.elements
      #expect((1_380...1_500).contains(minutes?.count ?? 0))
    }
  }

  @Test("the options reach the model")
  func options() throws {
    try SimProgram.serving(
      "fitbit", "--first-date", "2024-01-01", "--zone", "Asia/Tokyo", "--hour", "7200",
      "--hour-limit", "3", "--token-life", "77", "--grace", "none", "--not-approved", "--seed", "5"
    ) { origin in
      var client = Self.client(origin)
      client.signIn()
      let user = document(client.get("/profile.json"))["user"]
      #expect(user?["memberSince"] == "2024-01-01" && user?["timezone"] == "Asia/Tokyo")
      let own = FitbitClient { $0.seed = 5 }.model.userID(0)
      #expect(user?["encodedId"]?.string == own)
      let steps = document(client.get("/activities/steps/date/2024-02-01/1d/1min.json"))
      #expect(steps.keys == ["activities-steps"])
      #expect(client.get("/devices.json").header("fitbit-rate-limit-remaining") == "0")
      #expect(client.get("/devices.json").status == 429)
      let old = client.refresh
      #expect(document(client.refreshing(old))["expires_in"] == 77)
      #expect(client.refreshing(old).fitbitError == "invalid_grant")
      let window = document(client.send("GET", "/sim/stats"))["fitbit"]?["windows"]?.elements[0]
      #expect(window?["milliseconds"] == 7_200_000 && window?["limit"] == 3)
    }
  }

  @Test("a day's points may be few")
  func points() throws {
    try SimProgram.serving("fitbit", "--point-every", "3600", "--empty", "0") { origin in
      var client = Self.client(origin)
      client.signIn()
      let path = "/activities/steps/date/\(SimProgram.pastDay)/1d/1min.json"
      let minutes = document(client.get(path))["activities-steps-intraday"]?["dataset"]?.elements
      #expect((23...24).contains(minutes?.count ?? 0))
    }
  }

  @Test("only the registered client and its redirect URIs are known")
  func registered() throws {
    try SimProgram.serving(
      "fitbit", "--client-id", "23ABCD", "--client-secret", "x", "--redirect-uri",
      "http://127.0.0.1:1/", "--redirect-uri", "http://localhost/cb", "--any-port"
    ) { origin in
      var client = Self.client(origin)
      func status(_ id: String, _ uri: String) -> Int {
        client.send(
          "GET",
          "/oauth2/authorize?response_type=code&scope=sleep&client_id=\(id)&redirect_uri="
            + FormText.encoded(uri)
        ).status
      }
      #expect(status("daybook", "http://127.0.0.1:1/") == 400)
      #expect(status("23ABCD", "http://127.0.0.1:1/") == 302)
      #expect(status("23ABCD", "http://127.0.0.1:4711/") == 302)
      #expect(status("23ABCD", "http://localhost:7/cb") == 302)
      #expect(status("23ABCD", "http://localhost/") == 400)
      let basic = SimField(
        "Authorization", "Basic " + Base64.standard.encode(Array("23ABCD:x".utf8)))
      #expect(client.refreshing("none").fitbitError == "invalid_client")
      #expect(client.refreshing("none", headers: [basic]).fitbitError == "invalid_grant")
    }
  }
}
