import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleAuthorizeTests {
  @Test("the answer is the redirect at once, with state, code and scopes")
  func redirect() {
    var client = GoogleHealthClient()
    let answer = client.authorizePage(topics: ["sleep", "profile"])
    #expect(answer.status == 302)
    #expect(answer.headerNames == ["Location", "Cache-Control", "Date"])
    #expect(answer.header("cache-control") == "no-store")
    let location = answer.header("location") ?? ""
    #expect(location.hasPrefix("http://127.0.0.1/?state=s%26t&code=4%2F0A"))
    let fields = FormText.fields(String(location.split(separator: "?").last ?? ""))
    #expect(fields.map(\.name) == ["state", "code", "scope"])
    #expect(fields[2].value == GoogleHealthClient.scopes(["sleep", "profile"]))
  }

  @Test("without a state there is none, and a query of the redirect URI is kept")
  func details() {
    var client = GoogleHealthClient { $0.redirectURIs = ["https://example.org/cb?x=1"] }
    let answer = client.authorizePage([
      "state": nil, "redirect_uri": "https://example.org/cb?x=1",
    ])
    #expect(answer.header("location")?.hasPrefix("https://example.org/cb?x=1&code=") == true)
  }

  @Test(
    "a page says why nothing is sent to the redirect URI",
    arguments: [
      ("client_id", "somebody", 401, "invalid_client"),
      ("client_id", nil, 401, "invalid_client"),
      ("redirect_uri", "http://example.org/", 400, "redirect_uri_mismatch"),
      ("redirect_uri", "https://127.0.0.1/", 400, "redirect_uri_mismatch"),
      ("redirect_uri", "http://127.0.0.1/other", 400, "redirect_uri_mismatch"),
      ("redirect_uri", "http://127.0.0.1.example.org/", 400, "redirect_uri_mismatch"),
      ("redirect_uri", "http://127.0.0.1/#x", 400, "redirect_uri_mismatch"),
      ("redirect_uri", nil, 400, "invalid_request"),
      ("response_type", "token", 400, "unsupported_response_type"),
      ("response_type", nil, 400, "unsupported_response_type"),
      ("scope", nil, 400, "invalid_scope"),
      ("scope", "openid", 400, "invalid_scope"),
      ("code_challenge", "short", 400, "invalid_request"),
      ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", 400, "invalid_request"),
    ] as [(String, String?, Int, String)])
  func pages(field: String, value: String?, status: Int, error: String) {
    var client = GoogleHealthClient()
    let answer = client.authorizePage([field: value])
    #expect(answer.status == status)
    #expect(answer.header("location") == nil)
    #expect(answer.header("content-type") == "text/html; charset=utf-8")
    #expect(answer.bodyText.contains("Error \(status): \(error)"))
  }

  @Test("the page is read, not posted to")
  func post() {
    var client = GoogleHealthClient()
    #expect(client.send("POST", "/o/oauth2/v2/auth").status == 405)
  }

  @Test(
    "a loopback redirect of a desktop client may have any port",
    arguments: [
      ("http://127.0.0.1/", true),
      ("http://127.0.0.1", true),
      ("http://127.0.0.1:4711/", true),
      ("http://127.0.0.1:4711", true),
      ("http://localhost:1/", true),
      ("http://[::1]:4711/", false),
      ("http://127.0.0.1:4711/cb", false),
      ("http://127.0.0.1:x/", false),
      ("http://127.0.0.2:4711/", false),
      ("http://localhost.example.org/", false),
    ])
  func ports(uri: String, allowed: Bool) {
    let model = GoogleHealthClient().model
    #expect(model.isRegistered(uri) == allowed)
  }

  @Test("a web client has exactly its own")
  func exact() {
    let model = GoogleHealthClient { $0.isDesktop = false }.model
    #expect(model.isRegistered("http://127.0.0.1/"))
    #expect(!model.isRegistered("http://127.0.0.1"))
    #expect(!model.isRegistered("http://127.0.0.1:4711/"))
    #expect(!model.isRegistered("http://127.0.0.1/?x=1"))
  }

  @Test("without offline access there is no refresh token")
  func online() {
    var client = GoogleHealthClient()
    for type in ["online", nil] {
      let code = client.authorize(["access_type": type])["code"] ?? ""
      let answer = document(client.exchange(code))
      #expect(answer["access_token"]?.string?.isEmpty == false)
      #expect(answer["refresh_token"] == nil)
    }
  }

  @Test("without prompt=consent the refresh token comes with the first consent only")
  func prompt() {
    var client = GoogleHealthClient { $0.persons = 2 }
    func hasRefresh(_ client: inout GoogleHealthClient, _ prompt: String?) -> Bool {
      let code = client.authorize(["prompt": prompt])["code"] ?? ""
      return document(client.exchange(code))["refresh_token"] != nil
    }
    #expect(hasRefresh(&client, nil))
    #expect(!hasRefresh(&client, nil))
    #expect(!hasRefresh(&client, "select_account"))
    #expect(hasRefresh(&client, "consent"))
    #expect(hasRefresh(&client, "select_account consent"))
    #expect(!hasRefresh(&client, nil))
    client.model.person = 1
    #expect(hasRefresh(&client, nil), "another person has consented to nothing")
    _ = client.model.revoke(person: 0)
    client.model.person = 0
    #expect(hasRefresh(&client, nil), "what was taken back is a first time again")
  }

  @Test("who does not tick a scope gives a shorter list")
  func partial() {
    var client = GoogleHealthClient()
    client.model.withheld = ["sleep.readonly", "profile"]
    let fields = client.authorize(topics: ["sleep", "profile", "settings"])
    let answer = document(client.exchange(fields["code"] ?? ""))
    #expect(answer["scope"]?.string == HealthScope.reading("settings"))
    #expect(fields["scope"] == HealthScope.reading("settings"))
  }

  @Test("who ticks nothing has refused")
  func nothing() {
    var client = GoogleHealthClient()
    client.model.withheld = ["sleep"]
    #expect(client.authorize(topics: ["sleep"])["error"] == "access_denied")
  }

  @Test("granted scopes are included when that is asked for")
  func included() {
    var client = GoogleHealthClient()
    _ = client.authorize(topics: ["sleep"])
    let plain = client.authorize(topics: ["profile"])["scope"]
    #expect(plain == GoogleHealthClient.scopes(["profile"]))
    let all = client.authorize(topics: ["settings"], ["include_granted_scopes": "true"])["scope"]
    #expect(all == GoogleHealthClient.scopes(["settings", "sleep", "profile"]))
  }

  @Test("the request may name who agrees")
  func person() {
    var client = GoogleHealthClient { $0.persons = 3 }
    client.keep(client.exchange(client.authorize(["sim_person": "2"])["code"] ?? ""))
    let identity = document(client.get("identity"))
    #expect(identity["healthUserId"]?.string == client.model.healthUserID(2))
    #expect(client.authorize(["sim_person": "3"])["error"] == "access_denied")
  }
}
