import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesTokensTests {
  static let endpoint = "/oauth/v1/access_token"

  static func error(_ answer: SimResponse) -> String? { document(answer)["error"]?.string }

  @Test("the answer has the recorded fields, types and headers, and no rate limits")
  func shape() {
    var client = MovesClient()
    let answer = client.exchange(client.authorize()["code"] ?? "")
    #expect(answer.status == 200)
    let value = document(answer)
    #expect(value.keys == ["access_token", "token_type", "expires_in", "refresh_token", "user_id"])
    #expect(value["token_type"] == "bearer")
    #expect(value["expires_in"] == 15_551_998)
    #expect(value["user_id"]?.int == Int64(client.model.userID(0)))
    #expect(answer.header("content-type") == "application/json; charset=utf-8")
    #expect(answer.header("cache-control") == "no-store")
    #expect(answer.header("pragma") == "no-cache")
    #expect(!answer.headerNames.contains { $0.lowercased().hasPrefix("x-ratelimit") })
  }

  @Test("everything may stand in the query, as the old script sent it")
  func query() {
    var client = MovesClient()
    let code = client.authorize()["code"] ?? ""
    let answer = client.send(
      "POST",
      Self.endpoint + "?grant_type=authorization_code&code=\(code)&\(MovesClient.secret)"
        + "&redirect_uri=http%3A%2F%2Flocalhost%2F")
    #expect(answer.status == 200)
  }

  @Test("an extra Basic header does no harm")
  func basic() {
    var client = MovesClient.signedIn()
    let answer = client.send(
      "POST", Self.endpoint, headers: [SimField("Authorization", "Basic eDp5")],
      body: "grant_type=refresh_token&refresh_token=\(client.refresh)&\(MovesClient.secret)")
    #expect(answer.status == 200)
  }

  @Test(
    "wrong requests get the errors of RFC 6749",
    arguments: [
      ("grant_type=refresh_token&refresh_token=x", "invalid_client"),
      ("grant_type=refresh_token&refresh_token=x&client_id=daybook", "invalid_client"),
      (
        "grant_type=refresh_token&refresh_token=x&client_id=daybook&client_secret=no",
        "invalid_client"
      ),
      (
        "grant_type=refresh_token&refresh_token=x&client_id=o&client_secret=s3cret-of-the-simulator",
        "invalid_client"
      ),
      (MovesClient.secret, "invalid_request"),
      ("grant_type=password&\(MovesClient.secret)", "unsupported_grant_type"),
      ("grant_type=refresh_token&\(MovesClient.secret)", "invalid_request"),
      ("grant_type=refresh_token&refresh_token=x&\(MovesClient.secret)", "invalid_grant"),
      ("grant_type=authorization_code&\(MovesClient.secret)", "invalid_request"),
      ("grant_type=authorization_code&code=x&\(MovesClient.secret)", "invalid_grant"),
    ])
  func errors(body: String, error: String) {
    var client = MovesClient.signedIn()
    let answer = client.send("POST", Self.endpoint, body: body)
    #expect(answer.status == 400)
    #expect(Self.error(answer) == error)
    #expect(document(answer)["error_description"]?.string?.isEmpty == false)
  }

  @Test("GET is refused")
  func method() {
    var client = MovesClient.signedIn()
    let target = Self.endpoint + "?grant_type=refresh_token&refresh_token=\(client.refresh)&"
    #expect(client.send("GET", target + MovesClient.secret).status == 405)
  }

  @Test("a code lives for five minutes", arguments: [(299, 200), (300, 400), (3_000, 400)])
  func codeLife(seconds: Int, status: Int) {
    var client = MovesClient()
    let code = client.authorize()["code"] ?? ""
    client.now = client.now + .seconds(seconds)
    #expect(client.exchange(code).status == status)
  }

  @Test("a code that comes twice takes back what it gave")
  func codeTwice() {
    var client = MovesClient()
    let code = client.authorize()["code"] ?? ""
    client.keep(client.exchange(code))
    #expect(client.get("/user/profile").status == 200)
    #expect(Self.error(client.exchange(code)) == "invalid_grant")
    #expect(client.get("/user/profile").status == 401)
    #expect(Self.error(client.refreshing(client.refresh)) == "invalid_grant")
  }

  @Test(
    "the redirect URI must be the one that was asked with",
    arguments: [
      (nil, "http://localhost/", 200), (nil, "http://127.0.0.1/", 200), (nil, nil, 200),
      (nil, "http://evil/", 400), ("http://127.0.0.1/", "http://127.0.0.1/", 200),
      ("http://127.0.0.1/", "http://localhost/", 400), ("http://127.0.0.1/", nil, 400),
      ("http://127.0.0.1/?a=1", "http://127.0.0.1/", 400),
    ] as [(String?, String?, Int)])
  func redirect(asked: String?, exchanged: String?, status: Int) {
    var client = MovesClient()
    let extra = asked.map { "&redirect_uri=" + FormText.encoded($0) } ?? ""
    let code = client.authorize(extra: extra)["code"] ?? ""
    let uri = exchanged.map { "&redirect_uri=" + FormText.encoded($0) } ?? ""
    let answer = client.send(
      "POST", Self.endpoint,
      body: "grant_type=authorization_code&code=\(code)&\(MovesClient.secret)\(uri)")
    #expect(answer.status == status)
  }

  @Test("a refresh gives a new pair, and the old refresh token is dead at once")
  func rotation() {
    var client = MovesClient.signedIn()
    let (access, refresh) = (client.access, client.refresh)
    client.keep(client.refreshing(refresh))
    #expect(client.access != access && client.refresh != refresh)
    #expect(Self.error(client.refreshing(refresh)) == "invalid_grant")
    #expect(client.get("/user/profile").status == 200)
    #expect(client.refreshing(client.refresh).status == 200)
    #expect(client.model.stats.deadRefreshes == 1)
    #expect(client.model.stats.refreshed == 2)
  }

  @Test(
    "within the grace the old refresh token still gives a pair that works",
    arguments: [(.seconds(120), 119, 200), (.seconds(120), 120, 400), (.none, 0, 400)]
      as [(RefreshGrace, Int64, Int)])
  func graceSeconds(grace: RefreshGrace, wait: Int64, status: Int) {
    var client = MovesClient.signedIn { $0.grace = grace }
    let old = client.refresh
    _ = client.refreshing(old)
    client.now = client.now + .seconds(wait)
    let answer = client.refreshing(old)
    #expect(answer.status == status)
    guard status == 200 else { return }
    client.keep(answer)
    #expect(client.get("/user/profile").status == 200)
    #expect(client.model.stats.graced == 1)
  }

  @Test("until used: the lost pair does no harm, the used one ends the old token")
  func graceUntilUsed() {
    var client = MovesClient.signedIn { $0.grace = .untilUsed }
    let old = client.refresh
    for _ in 0..<3 { client.keep(client.refreshing(old)) }
    #expect(client.model.stats.graced == 2)
    #expect(client.get("/user/profile").status == 200)
    #expect(Self.error(client.refreshing(old)) == "invalid_grant")
    #expect(client.refreshing(client.refresh).status == 200)
  }

  @Test("until used: using an older access token ends nothing")
  func graceOldAccess() {
    var client = MovesClient.signedIn { $0.grace = .untilUsed }
    _ = client.refreshing(client.refresh)
    #expect(client.get("/user/profile").status == 200)
    #expect(client.refreshing(client.refresh).status == 200)
  }

  @Test("with reuse detection a dead token ends the whole grant")
  func reuse() {
    var client = MovesClient.signedIn { $0.reuseEndsGrant = true }
    let old = client.refresh
    client.keep(client.refreshing(old))
    _ = client.refreshing(old)
    #expect(client.get("/user/profile").status == 401)
    #expect(Self.error(client.refreshing(client.refresh)) == "invalid_grant")
  }

  @Test("access tokens end with their life, grants do not", arguments: [(59, 200), (60, 401)])
  func life(seconds: Int, status: Int) {
    var client = MovesClient.signedIn { $0.tokenLife = .seconds(60) }
    client.now = client.now + .seconds(seconds)
    #expect(client.get("/user/profile").status == status)
    client.keep(client.refreshing(client.refresh))
    #expect(client.get("/user/profile").status == 200)
  }

  @Test("expiring and revoking by hand")
  func switches() {
    var client = MovesClient.signedIn()
    client.model.expireTokens(now: client.now)
    #expect(client.get("/user/profile").status == 401)
    client.keep(client.refreshing(client.refresh))
    #expect(client.get("/user/profile").status == 200)
    let count = client.model.revoke()
    #expect(count == 1)
    #expect(client.get("/user/profile").status == 401)
    #expect(Self.error(client.refreshing(client.refresh)) == "invalid_grant")
  }

  @Test("a live token can be looked up")
  func info() {
    var client = MovesClient.signedIn()
    client.now = client.now + .seconds(100)
    let answer = client.send("GET", "/oauth/v1/tokeninfo?access_token=\(client.access)")
    let value = document(answer)
    #expect(value["client_id"] == "daybook")
    #expect(value["scope"] == "activity location")
    #expect(value["expires_in"] == 15_551_898)
    #expect(value["user_id"]?.int == Int64(client.model.userID(0)))
  }

  @Test("a dead one cannot", arguments: ["", "?access_token=", "?access_token=x"])
  func noInfo(query: String) {
    var client = MovesClient.signedIn()
    let answer = client.send("GET", "/oauth/v1/tokeninfo" + query)
    #expect(answer.status == 400)
    #expect(answer.bodyText == "{\"error\":\"invalid_token\"}")
  }
}
