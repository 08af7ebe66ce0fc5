import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitAuthorizeTests {
  static func target(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String] = [
      "response_type": "code", "client_id": "daybook", "scope": "sleep%20heartrate",
      "state": "xyz", "redirect_uri": "http://127.0.0.1/",
    ]
    for (name, value) in changes { fields[name] = value }
    let parts = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "/oauth2/authorize?" + parts.joined(separator: "&")
  }

  static func location(_ answer: SimResponse) -> String { answer.header("location") ?? "" }

  @Test("agreeing redirects at once with a code and the state, unchanged")
  func agree() {
    var client = FitbitClient()
    let answer = client.send("GET", Self.target(["state": "a%20b%26c%3D"]))
    #expect(answer.status == 302)
    #expect(Self.location(answer).hasPrefix("http://127.0.0.1/?code="))
    #expect(Self.location(answer).hasSuffix("&state=a%20b%26c%3D"))
    #expect(answer.header("cache-control") == "no-store")
    #expect(answer.header("fitbit-rate-limit-limit") == nil)
  }

  @Test("without a state none comes back")
  func stateless() {
    var client = FitbitClient()
    #expect(!Self.location(client.send("GET", Self.target(["state": nil]))).contains("state"))
  }

  @Test(
    "what could send a code to a stranger is a page, not a redirect",
    arguments: [
      ["client_id": "other"], ["client_id": nil], ["redirect_uri": "http://evil.example/"],
      ["redirect_uri": "http://127.0.0.1"], ["redirect_uri": "http://127.0.0.1/?a=b"],
      ["redirect_uri": "http://127.0.0.1:8080/"], ["redirect_uri": "https://127.0.0.1/"],
      ["redirect_uri": ""], ["redirect_uri": nil],
    ] as [[String: String?]])
  func strangers(changes: [String: String?]) {
    var client = FitbitClient()
    let answer = client.send("GET", Self.target(changes))
    #expect(answer.status == 400)
    #expect(answer.header("location") == nil)
    #expect(answer.header("content-type")?.hasPrefix("text/html") == true)
  }

  @Test("the redirect URI may lack when exactly one is registered and there is no prompt")
  func onlyOne() {
    var client = FitbitClient { $0.redirectURIs = ["http://127.0.0.1/"] }
    #expect(client.send("GET", Self.target(["redirect_uri": nil])).status == 302)
    let prompted = client.send("GET", Self.target(["redirect_uri": nil, "prompt": "consent"]))
    #expect(prompted.status == 400)
  }

  @Test(
    "what the client asked wrong is told to the client",
    arguments: [
      (["response_type": "token"], "unsupported_response_type"),
      (["response_type": nil], "unsupported_response_type"),
      (["scope": nil], "invalid_request"), (["scope": ""], "invalid_request"),
      (["scope": "steps"], "invalid_request"), (["scope": "sleep,weight"], "invalid_request"),
      (["prompt": "often"], "invalid_request"), (["code_challenge": "short"], "invalid_request"),
      (
        ["code_challenge": PKCEChallengeTests.challenge, "code_challenge_method": "S512"],
        "invalid_request"
      ),
    ] as [([String: String?], String)])
  func wrong(changes: [String: String?], error: String) {
    var client = FitbitClient()
    let answer = client.send("GET", Self.target(changes))
    #expect(answer.status == 302)
    #expect(Self.location(answer) == "http://127.0.0.1/?error=\(error)&state=xyz")
  }

  @Test(
    "the documented prompts are taken",
    arguments: ["none", "consent", "login", "login%20consent", "login+consent"])
  func prompts(prompt: String) {
    var client = FitbitClient()
    #expect(Self.location(client.send("GET", Self.target(["prompt": prompt]))).contains("code="))
  }

  @Test("the scopes may be joined by a plus or an escaped space", arguments: ["+", "%20"])
  func scopes(joint: String) {
    var client = FitbitClient()
    client.keep(client.exchange(client.authorize(scopes: "sleep\(joint)weight")["code"] ?? ""))
    #expect(client.model.tokens.pair(access: client.access)?.pair.scopes == ["sleep", "weight"])
  }

  @Test("scopes that the person unticks are missing from the token")
  func partial() {
    var client = FitbitClient { $0.unticked = ["heartrate"] }
    let answer = client.exchange(
      client.authorize(scopes: "sleep%20heartrate%20weight")["code"] ?? "")
    #expect(document(answer)["scope"] == "sleep weight")
    client.model.unticked = ["sleep"]
    #expect(client.authorize(scopes: "sleep")["error"] == "access_denied")
    client.model.unticked = []
    let full = client.exchange(client.authorize(scopes: "sleep%20heartrate")["code"] ?? "")
    #expect(document(full)["scope"] == "sleep heartrate")
  }

  @Test(
    "any loopback port is fine where that is switched on",
    arguments: [
      ("http://127.0.0.1:40123/", true), ("http://127.0.0.1/", true),
      ("http://localhost:1/", true), ("http://[::1]:1/", false), ("http://127.0.0.1:1/x", false),
      ("http://127.0.0.2:1/", false), ("http://127.0.0.1:1@evil/", false), ("x", false),
    ])
  func anyPort(uri: String, accepted: Bool) {
    #expect(FitbitClient { $0.anyLoopbackPort = true }.model.isRegistered(uri) == accepted)
  }

  @Test("a person who denies sends access_denied, and may change their mind")
  func deny() {
    var client = FitbitClient()
    client.model.denies = true
    let denied = client.authorize()
    client.model.denies = false
    let agreed = client.authorize()
    #expect(denied["error"] == "access_denied" && denied["code"] == nil)
    #expect(denied["state"] == "s&t")
    #expect(agreed["code"] != nil)
  }

  @Test("the person can be named in the URL, but must exist")
  func person() {
    var client = FitbitClient { $0.persons = 3 }
    let answer = client.exchange(client.authorize(extra: "&sim_person=2")["code"] ?? "")
    #expect(document(answer)["user_id"]?.string == client.model.userID(2))
    #expect(client.authorize(extra: "&sim_person=3")["error"] == "access_denied")
    #expect(client.authorize(extra: "&sim_person=x")["code"] != nil)
  }

  @Test("only GET shows the page", arguments: ["POST", "PUT", "HEAD"])
  func method(method: String) {
    var client = FitbitClient()
    #expect(client.send(method, Self.target()).status == 400)
  }
}
