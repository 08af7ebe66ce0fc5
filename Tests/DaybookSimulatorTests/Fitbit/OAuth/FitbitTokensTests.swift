import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitTokensTests {
  static let unauthenticated: [SimField] = []

  @Test("a code becomes a pair with the members of the facts")
  func exchange() {
    var client = FitbitClient()
    let answer = client.exchange(client.authorize(scopes: "sleep%20weight")["code"] ?? "")
    let value = document(answer)
    #expect(answer.status == 200)
    #expect(
      value.keys == [
        "access_token", "expires_in", "refresh_token", "scope", "token_type", "user_id",
      ])
    #expect(value["expires_in"] == 28_800)
    #expect(value["scope"] == "sleep weight")
    #expect(value["token_type"] == "Bearer")
    #expect(value["user_id"]?.string == client.model.userID(0))
    #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
    #expect(answer.header("fitbit-rate-limit-limit") == nil)
  }

  @Test("a code works once, and only for ten minutes", arguments: [(599, true), (600, false)])
  func codeLife(seconds: Int64, lives: Bool) {
    var client = FitbitClient()
    let code = client.authorize()["code"] ?? ""
    client.now = client.now + .seconds(seconds)
    let first = client.exchange(code)
    #expect((first.status == 200) == lives)
    let second = client.exchange(code)
    #expect(second.status == 400 && second.fitbitError == "invalid_grant")
    #expect(second.fitbitMessage.contains(code))
  }

  @Test(
    "the redirect URI must be the one sent before",
    arguments: ["http://localhost/", "", "http://127.0.0.1"])
  func redirect(uri: String) {
    var client = FitbitClient()
    let code = client.authorize()["code"] ?? ""
    let answer = client.send(
      "POST", "/oauth2/token", headers: [FitbitClient.basic],
      body: "grant_type=authorization_code&code=\(code)&redirect_uri=\(uri)")
    #expect(answer.status == 400 && answer.fitbitError == "invalid_grant")
    #expect(client.exchange(code).status == 200)
  }

  @Test("no redirect URI is needed when none was sent before")
  func noRedirect() {
    var client = FitbitClient { $0.redirectURIs = ["http://127.0.0.1/"] }
    let target = FitbitAuthorizeTests.target(["redirect_uri": nil])
    let code = FitbitClient.fields(client.send("GET", target))["code"] ?? ""
    let answer = client.send(
      "POST", "/oauth2/token", headers: [FitbitClient.basic],
      body: "grant_type=authorization_code&code=\(code)")
    #expect(answer.status == 200)
  }

  @Test(
    "a challenge must be met by its verifier",
    arguments: [
      ("S256", PKCEChallengeTests.challenge, "&code_verifier=" + PKCEChallengeTests.verifier, true),
      (
        "S256", PKCEChallengeTests.challenge, "&code_verifier=" + PKCEChallengeTests.challenge,
        false
      ),
      ("S256", PKCEChallengeTests.challenge, "", false),
      ("plain", PKCEChallengeTests.verifier, "&code_verifier=" + PKCEChallengeTests.verifier, true),
      ("plain", PKCEChallengeTests.verifier, "&code_verifier=x", false),
    ])
  func challenge(method: String, challenge: String, verifier: String, good: Bool) {
    var client = FitbitClient()
    let extra = "&code_challenge=\(challenge)&code_challenge_method=\(method)"
    let answer = client.exchange(client.authorize(extra: extra)["code"] ?? "", extra: verifier)
    #expect(answer.status == (good ? 200 : 400))
    if !good { #expect(answer.fitbitError == "invalid_grant") }
  }

  /// What a client may send, and whether each type of application takes it.
  static let credentials: [(headers: [SimField], extra: String, good: [FitbitAppType])] = [
    ([FitbitClient.basic], "", [.server, .personal]),
    ([FitbitClient.basic], "&client_id=daybook", [.server, .personal]),
    ([], "&client_id=daybook", [.client, .personal]),
    ([], "&client_id=other", []),
    ([], "", []),
    ([SimField("Authorization", "Basic eDp5")], "&client_id=daybook", []),
    ([SimField("Authorization", "Basic !")], "", []),
  ]

  @Test("the client authenticates as its type says", arguments: FitbitAppType.allCases)
  func authentication(type: FitbitAppType) {
    for (headers, extra, good) in Self.credentials {
      var client = FitbitClient { $0.appType = type }
      let code = client.authorize()["code"] ?? ""
      let answer = client.exchange(code, extra: extra, headers: headers)
      #expect((answer.status == 200) == good.contains(type), "\(type) \(headers) \(extra)")
      if answer.status == 401 { #expect(answer.fitbitError == "invalid_client") }
    }
  }

  @Test(
    "what lacks is told in the service's own form",
    arguments: [
      ("", "invalid_request"), ("grant_type=password", "invalid_request"),
      ("grant_type=authorization_code", "invalid_request"),
      ("grant_type=refresh_token", "invalid_request"),
      ("grant_type=refresh_token&refresh_token=x", "invalid_grant"),
      ("grant_type=authorization_code&code=x", "invalid_grant"),
    ])
  func lacking(body: String, type: String) {
    var client = FitbitClient()
    let answer = client.send("POST", "/oauth2/token", headers: [FitbitClient.basic], body: body)
    #expect(answer.status == 400)
    #expect(document(answer).keys == ["errors", "success"])
    #expect(
      document(answer)["errors"]?.elements.first?.keys == ["errorType", "message", "fieldName"])
    #expect(answer.fitbitError == type)
    #expect(document(answer)["success"] == false)
  }

  @Test("only POST gives tokens")
  func method() {
    var client = FitbitClient()
    #expect(client.send("GET", "/oauth2/token").status == 400)
  }

  @Test("a refresh gives a new pair, and the old access token lives on")
  func refresh() {
    var client = FitbitClient.signedIn()
    let old = client.access
    let before = client.refresh
    client.keep(client.refreshing(client.refresh))
    #expect(client.access != old && client.refresh != before)
    #expect(client.get("/profile.json").status == 200)
    client.access = old
    #expect(client.get("/profile.json").status == 200)
    #expect(client.model.stats.refreshed == 1)
  }

  @Test("the same refresh again gets the same answer, until the new access token is used")
  func repeated() {
    var client = FitbitClient.signedIn()
    let before = client.refresh
    let first = client.refreshing(before)
    client.now = client.now + .hours(5)
    let second = client.refreshing(before)
    #expect(first.body == second.body)
    #expect(client.model.stats.graced == 1)
    client.keep(second)
    client.now = client.now + .hours(2)
    #expect(client.get("/profile.json").status == 200)
    let third = client.refreshing(before)
    #expect(third.status == 400 && third.fitbitError == "invalid_grant")
    #expect(third.fitbitMessage.contains(before))
    #expect(client.model.stats.deadRefreshes == 1)
    #expect(client.refreshing(client.refresh).status == 200)
  }

  @Test("the use of the new refresh token ends the grace too")
  func chained() {
    var client = FitbitClient.signedIn()
    let before = client.refresh
    client.keep(client.refreshing(before))
    _ = client.refreshing(client.refresh)
    #expect(client.refreshing(before).fitbitError == "invalid_grant")
  }

  @Test(
    "the grace can be two minutes, or none",
    arguments: [(.seconds(120), 119, 200), (.seconds(120), 120, 400), (.none, 0, 400)]
      as [(RefreshGrace, Int64, Int)])
  func graces(grace: RefreshGrace, seconds: Int64, status: Int) {
    var client = FitbitClient.signedIn { $0.grace = grace }
    _ = client.refreshing(client.refresh)
    client.now = client.now + .seconds(seconds)
    #expect(client.refreshing(client.refresh).status == status)
  }

  @Test("a second consent leaves one refresh token alive, and all access tokens")
  func reconsent() {
    var client = FitbitClient.signedIn()
    let old = client
    client.signIn(scopes: "sleep")
    #expect(client.refreshing(old.refresh).fitbitError == "invalid_grant")
    #expect(client.refreshing(client.refresh).status == 200)
    client.access = old.access
    #expect(client.get("/profile.json").status == 200)
  }

  @Test("a refresh token never expires")
  func forever() {
    var client = FitbitClient.signedIn()
    client.now = client.now + .days(800)
    #expect(client.refreshing(client.refresh).status == 200)
  }

  @Test("token calls take nothing from the quota")
  func quota() {
    var client = FitbitClient.signedIn()
    for _ in 0..<200 { client.keep(client.refreshing(client.refresh)) }
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Remaining") == "149")
    #expect(client.model.stats.issued == 201)
  }
}
