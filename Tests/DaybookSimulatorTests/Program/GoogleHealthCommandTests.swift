import DaybookCore
import Testing

@testable import DaybookSimulator

/// `daybook-sim google-health` from outside.
struct GoogleHealthCommandTests {
  static func client(_ origin: String) -> GoogleHealthClient {
    var client = GoogleHealthClient { $0.persons = 2 }
    client.origin = origin
    return client
  }

  static func authorize(_ origin: String, redirect: String) -> String {
    let scopes = FormText.encoded(GoogleHealthClient.scopes(["activity_and_fitness"]))
    return origin + "/o/oauth2/v2/auth?response_type=code&access_type=offline&scope=\(scopes)"
      + "&client_id=daybook.apps.googleusercontent.com&redirect_uri=\(FormText.encoded(redirect))"
  }

  @Test("a person agrees on the terminal at any port, and a day is read")
  func day() throws {
    try SimProgram.serving(
      "google-health", "--days", "30", "--persons", "2", "--late", "0", "--empty", "0"
    ) { origin in
      let redirect = "http://127.0.0.1:8754/"
      let agreed = try SimProgram.agree(
        Self.authorize(origin, redirect: redirect), "--person", "1")
      #expect(agreed.target == redirect)
      let code = FormText.encoded(agreed.fields.last(named: "code") ?? "")
      var client = Self.client(origin)
      let pair = client.send(
        "POST", "/token",
        form: "grant_type=authorization_code&code=\(code)&\(GoogleHealthClient.identification)"
          + "&redirect_uri=\(FormText.encoded(redirect))")
      #expect(document(pair)["expires_in"] == 3_600)
      #expect(document(pair)["refresh_token_expires_in"] == nil)
      client.keep(pair)
      let identity = document(client.get("identity"))
      #expect(identity["healthUserId"]?.string == client.model.healthUserID(1))
      let filter = GoogleHealthClient.on(
        SimProgram.pastDay.description, "steps.interval.civil_start_time")
      let points = client.all("steps", filter)
      #expect(points.count > 10)
      #expect(points.allSatisfy { $0["steps"] != nil })
    }
  }

  @Test("the options reach the model")
  func options() throws {
    try SimProgram.serving(
      "google-health", "--first-date", "2026-01-01", "--zone", "Asia/Tokyo", "--persons", "2",
      "--minute", "7200", "--minute-limit", "200", "--unverified", "--project-limit", "900",
      "--align", "clock", "--token-life", "77", "--testing", "--testing-life", "999", "--late",
      "0", "--empty", "0", "--heart-rate-every", "600", "--without-fitbit", "0", "--seed", "5"
    ) { origin in
      var client = Self.client(origin)
      let pair = client.exchange(client.authorize()["code"] ?? "")
      #expect(document(pair)["expires_in"] == 77)
      let life = document(pair)["refresh_token_expires_in"]?.int ?? 0
      #expect((900...999).contains(life))
      client.keep(pair)
      let own = GoogleHealthClient { $0.seed = 5 }.model.healthUserID(0)
      #expect(document(client.get("identity"))["healthUserId"]?.string == own)
      #expect(client.get("profile").status == 403)
      #expect(document(client.get("settings"))["timeZone"] == "Asia/Tokyo")
      let filter = GoogleHealthClient.on("2026-02-03", "heart_rate.sample_time.civil_time")
      #expect((1...144).contains(client.all("heart-rate", filter).count))
      let windows = document(client.send("GET", "/sim/stats"))["google_health"]?["windows"]
      #expect(windows?.elements.map { $0["limit"] } == [150, 900, 86_400_000])
      #expect(
        windows?.elements.map { $0["milliseconds"] } == [7_200_000, 7_200_000, 86_400_000])
    }
  }

  @Test("persons without a link, clients and ports that are not registered")
  func refused() throws {
    try SimProgram.serving(
      "google-health", "--no-any-port", "--not-linked", "0", "--not-linked", "1", "--persons", "2",
      "--minute-limit", "2", "--align", "first-call", "--redirect-uri", "http://127.0.0.1/",
      "--redirect-uri", "http://127.0.0.1:9/cb"
    ) { origin in
      var client = Self.client(origin)
      client.signIn()
      #expect(document(client.get("identity")).reason == "ACCOUNT_NOT_LINKED")
      #expect(client.get("identity").status == 400)
      #expect(client.get("identity").status == 429)
      func status(_ redirect: String) -> Int {
        client.send("GET", Self.authorize("", redirect: redirect)).status
      }
      #expect(status("http://127.0.0.1:8754/") == 400)
      #expect(status("http://127.0.0.1:9/cb") == 302)
      #expect(client.authorizePage(["client_id": "somebody"]).status == 401)
      #expect(client.authorizePage().status == 302)
    }
    try SimProgram.serving("google-health", "--client-id", "a", "--client-secret", "b") { origin in
      var client = Self.client(origin)
      #expect(client.authorizePage().status == 401)
      #expect(client.authorizePage(["client_id": "a"]).status == 302)
      #expect(client.refreshing("x").status == 401)
    }
  }
}
