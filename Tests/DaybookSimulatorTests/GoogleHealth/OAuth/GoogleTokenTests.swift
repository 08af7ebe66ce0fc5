import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleTokenTests {
  static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  /// Of RFC 7636 appendix B.
  static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

  @Test("the exchange answers what the facts list, and no user id")
  func exchange() {
    var client = GoogleHealthClient()
    let answer = client.exchange(client.authorize()["code"] ?? "")
    #expect(answer.status == 200)
    #expect(answer.header("content-type") == "application/json; charset=utf-8")
    let value = document(answer)
    #expect(
      value.keys == ["access_token", "expires_in", "refresh_token", "scope", "token_type"])
    #expect(value["expires_in"] == 3_600)
    #expect(value["token_type"] == "Bearer")
    #expect(value["scope"]?.string == GoogleHealthClient.scopes(GoogleHealthClient.topics))
    #expect(value["access_token"]?.string?.hasPrefix("ya29.") == true)
    #expect(value["refresh_token"]?.string?.hasPrefix("1//0") == true)
  }

  @Test("a refresh gives no new refresh token, and the old one may be used again and again")
  func refresh() {
    var client = GoogleHealthClient.signedIn()
    var seen: Set<String> = [client.access]
    for _ in 0..<5 {
      let answer = client.refreshing(client.refresh)
      #expect(answer.status == 200)
      let value = document(answer)
      #expect(value.keys == ["access_token", "expires_in", "scope", "token_type"])
      seen.insert(value["access_token"]?.string ?? "")
    }
    #expect(seen.count == 6)
    #expect(client.get("identity").status == 200, "the first access token lives on")
  }

  @Test(
    "access tokens are as long as wanted, at most 2048 bytes", arguments: [64, 220, 2_048, 9_999])
  func length(bytes: Int) {
    var client = GoogleHealthClient.signedIn { $0.tokenBytes = bytes }
    #expect(client.access.utf8.count == min(2_048, bytes))
    #expect(client.get("identity").status == 200)
  }

  @Test("an access token lives for an hour, or as long as it is set")
  func life() {
    var client = GoogleHealthClient.signedIn()
    client.now = GoogleHealthClient.noon + .seconds(3_599)
    #expect(client.get("identity").status == 200)
    client.now = GoogleHealthClient.noon + .seconds(3_600)
    #expect(client.get("identity").status == 401)
    var short = GoogleHealthClient.signedIn { $0.tokenLife = .seconds(10) }
    #expect(document(short.refreshing(short.refresh))["expires_in"] == 10)
    short.now = short.now + .seconds(10)
    #expect(short.get("identity").status == 401)
  }

  @Test(
    "a wrong request has its error",
    arguments: [
      ("", 400, "invalid_request"),
      ("grant_type=refresh_token", 401, "invalid_client"),
      ("grant_type=refresh_token&client_id=x&client_secret=y", 401, "invalid_client"),
      (
        "grant_type=refresh_token&client_id=daybook.apps.googleusercontent.com&client_secret=y",
        401, "invalid_client"
      ),
      ("grant_type=password&ID", 400, "unsupported_grant_type"),
      ("grant_type=authorization_code&ID", 400, "invalid_request"),
      ("grant_type=authorization_code&code=x&ID", 400, "invalid_grant"),
      ("grant_type=refresh_token&ID", 400, "invalid_request"),
      ("grant_type=refresh_token&refresh_token=x&ID", 400, "invalid_grant"),
    ])
  func errors(form: String, status: Int, error: String) {
    var client = GoogleHealthClient()
    let identification = GoogleHealthClient.identification
    let text = form.hasSuffix("ID") ? form.dropLast(2) + identification : form
    let answer = client.send("POST", "/token", form: text)
    #expect(answer.status == status)
    let value = document(answer)
    #expect(value.keys == ["error", "error_description"])
    #expect(value["error"]?.string == error)
  }

  @Test("the form is posted, in the body")
  func form() {
    var client = GoogleHealthClient.signedIn()
    #expect(client.send("GET", "/token").status == 405)
    let query = "grant_type=refresh_token&refresh_token=\(FormText.encoded(client.refresh))"
    let answer = client.send("POST", "/token?\(query)&\(GoogleHealthClient.identification)")
    #expect(document(answer)["error"] == "invalid_request")
  }

  @Test("a code is good once, for its redirect URI, and not for ever")
  func codes() {
    var client = GoogleHealthClient()
    let code = client.authorize()["code"] ?? ""
    #expect(client.exchange(code).status == 200)
    #expect(document(client.exchange(code))["error"] == "invalid_grant")
    let other = client.authorize(["redirect_uri": "http://localhost/"])["code"] ?? ""
    #expect(document(client.exchange(other))["error"] == "redirect_uri_mismatch")
    let late = client.authorize()["code"] ?? ""
    client.now = client.now + .minutes(10)
    #expect(document(client.exchange(late))["error"] == "invalid_grant")
  }

  @Test("a challenge wants its verifier")
  func pkce() {
    let changes: [String: String?] = [
      "code_challenge": Self.challenge, "code_challenge_method": "S256",
    ]
    var client = GoogleHealthClient()
    let code = client.authorize(changes)["code"] ?? ""
    #expect(document(client.exchange(code))["error_description"] == "Missing code verifier.")
    let wrong = document(client.exchange(code, extra: "&code_verifier=\(Self.verifier)x"))
    #expect(wrong["error"] == "invalid_grant")
    #expect(wrong["error_description"] == "Invalid code verifier.")
    #expect(client.exchange(code, extra: "&code_verifier=\(Self.verifier)").status == 200)
  }

  @Test("a challenge of another method is refused")
  func plain() {
    var client = GoogleHealthClient()
    let answer = client.authorizePage([
      "code_challenge": Self.challenge, "code_challenge_method": "plain",
    ])
    #expect(answer.status == 400)
  }

  @Test("a dead refresh token is told in the form of RFC 6749")
  func dead() {
    var client = GoogleHealthClient.signedIn()
    _ = client.model.revoke()
    let answer = client.refreshing(client.refresh)
    #expect(answer.status == 400)
    #expect(
      answer.bodyText
        == "{\"error\":\"invalid_grant\","
        + "\"error_description\":\"Token has been expired or revoked.\"}")
    #expect(client.model.stats.deadRefreshes == 1)
  }

  @Test("of an app in Testing the refresh token dies 7 days after the consent")
  func testing() {
    var client = GoogleHealthClient { $0.testing = true }
    let code = client.authorize()["code"] ?? ""
    let answer = document(client.exchange(code))
    #expect(answer["refresh_token_expires_in"] == 604_799)
    #expect(
      answer.keys == [
        "access_token", "expires_in", "refresh_token", "refresh_token_expires_in", "scope",
        "token_type",
      ])
    let token = answer["refresh_token"]?.string ?? ""
    client.now = GoogleHealthClient.noon + .seconds(7 * 86_400 - 1)
    #expect(client.refreshing(token).status == 200)
    client.now = GoogleHealthClient.noon + .days(7)
    let dead = client.refreshing(token)
    #expect(dead.status == 400)
    #expect(document(dead)["error_description"] == "Token has been expired or revoked.")
  }

  @Test("in production it lives on, unless nobody uses it for half a year")
  func idle() {
    var client = GoogleHealthClient.signedIn()
    for months in 1...20 {
      client.now = GoogleHealthClient.noon + .days(Int64(months) * 150)
      #expect(client.refreshing(client.refresh).status == 200)
    }
    client.now = client.now + .days(183)
    #expect(document(client.refreshing(client.refresh))["error"] == "invalid_grant")
  }

  @Test("the 101st refresh token kills the first without a word")
  func limit() {
    var client = GoogleHealthClient { $0.persons = 2 }
    var tokens: [String] = []
    for _ in 0..<101 {
      client.signIn()
      tokens.append(client.refresh)
    }
    #expect(Set(tokens).count == 101)
    #expect(client.model.stats.evicted == 1)
    #expect(document(client.refreshing(tokens[0]))["error"] == "invalid_grant")
    #expect(client.refreshing(tokens[1]).status == 200)
    #expect(client.refreshing(tokens[100]).status == 200)
    client.model.person = 1
    client.signIn()
    #expect(client.model.stats.evicted == 1, "each account has its own")
  }

  @Test("either token revokes all of the person's, and a second time there is nothing")
  func revoke() {
    for isAccess in [true, false] {
      var client = GoogleHealthClient.signedIn()
      let token = FormText.encoded(isAccess ? client.access : client.refresh)
      let answer = client.send("POST", "/revoke?token=\(token)")
      #expect(answer.status == 200)
      #expect(answer.bodyText == "{}")
      #expect(client.get("identity").status == 401)
      #expect(client.refreshing(client.refresh).status == 400)
      let again = client.send("POST", "/revoke", form: "token=\(token)")
      #expect(again.status == 400)
      #expect(document(again)["error"] == "invalid_token")
    }
  }

  @Test("revoking is posted")
  func revokeMethod() {
    var client = GoogleHealthClient.signedIn()
    #expect(client.send("GET", "/revoke?token=\(client.access)").status == 405)
    #expect(client.get("identity").status == 200)
  }
}
