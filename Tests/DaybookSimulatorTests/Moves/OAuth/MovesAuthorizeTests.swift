import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesAuthorizeTests {
  static let base = "/oauth/v1/authorize"

  static func target(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String] = [
      "response_type": "code", "client_id": "daybook", "scope": "activity%20location",
      "state": "xyz",
    ]
    for (name, value) in changes { fields[name] = value }
    return base + "?"
      + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: "&")
  }

  static func location(_ answer: SimResponse) -> String { answer.header("location") ?? "" }

  @Test("agreeing redirects at once with a code and the state, unchanged")
  func agree() {
    var client = MovesClient()
    let answer = client.send("GET", Self.target(["state": "a%20b%26c%3D"]))
    #expect(answer.status == 302)
    let location = Self.location(answer)
    #expect(location.hasPrefix("http://localhost/?code="))
    #expect(location.hasSuffix("&state=a%20b%26c%3D"))
    #expect(answer.header("cache-control") == "no-store")
    #expect(answer.header("x-ratelimit-hourlimit") == nil)
  }

  @Test("without a state none comes back")
  func stateless() {
    var client = MovesClient()
    let answer = client.send("GET", Self.target(["state": nil]))
    #expect(!Self.location(answer).contains("state"))
  }

  @Test(
    "what could send a code to a stranger is a page, not a redirect",
    arguments: [
      ["client_id": "other"], ["client_id": nil], ["redirect_uri": "http://evil.example/"],
      ["redirect_uri": "http://127.0.0.1.evil.example/"],
      ["redirect_uri": "http://127.0.0.1:8080/"],
      ["redirect_uri": "http://127.0.0.1/other"], ["redirect_uri": "https://127.0.0.1/"],
      ["redirect_uri": ""], ["redirect_uri": "http://127.0.0.1/%0d%0aX:y"],
      ["redirect_uri": "http://127.0.0.1/%23x"],
    ] as [[String: String?]])
  func strangers(changes: [String: String?]) {
    var client = MovesClient()
    let answer = client.send("GET", Self.target(changes))
    #expect(answer.status == 400)
    #expect(answer.header("location") == nil)
    #expect(answer.header("content-type")?.hasPrefix("text/html") == true)
  }

  @Test(
    "what the client asked wrong is told to the client",
    arguments: [
      (["response_type": "token"], "unsupported_response_type"),
      (["response_type": nil], "unsupported_response_type"),
      (["scope": nil], "invalid_scope"), (["scope": ""], "invalid_scope"),
      (["scope": "sleep"], "invalid_scope"), (["scope": "activity%20sleep"], "invalid_scope"),
      (["scope": "activity+location"], "invalid_scope"),
      (["scope": "activity,location"], "invalid_scope"),
    ] as [([String: String?], String)])
  func wrong(changes: [String: String?], error: String) {
    var client = MovesClient()
    let answer = client.send("GET", Self.target(changes))
    #expect(answer.status == 302)
    #expect(Self.location(answer) == "http://localhost/?error=\(error)&state=xyz")
  }

  @Test(
    "a registered redirect URI may have further query parameters",
    arguments: ["http://127.0.0.1/", "http://127.0.0.1/?a=b", "http://localhost/?x=1%262"])
  func query(uri: String) {
    var client = MovesClient()
    let answer = client.send("GET", Self.target(["redirect_uri": FormText.encoded(uri)]))
    let joint = uri.contains("?") ? "&code=" : "?code="
    #expect(Self.location(answer).hasPrefix(uri + joint))
  }

  @Test(
    "any loopback port is fine where that is switched on",
    arguments: [
      ("http://127.0.0.1:40123/", true), ("http://127.0.0.1/", true), ("http://127.0.0.1", true),
      ("http://localhost:1/", true), ("http://[::1]:1/", false), ("http://127.0.0.1:1/x", false),
      ("http://127.0.0.2:1/", false), ("http://127.0.0.1:1@evil/", false),
    ])
  func anyPort(uri: String, accepted: Bool) {
    #expect(MovesClient { $0.anyLoopbackPort = true }.model.isRegistered(uri) == accepted)
  }

  @Test("a person who denies sends access_denied, and may change their mind")
  func deny() {
    var client = MovesClient()
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
    var client = MovesClient { $0.persons = 3 }
    let code = client.authorize(extra: "&sim_person=2")["code"] ?? ""
    let answer = client.exchange(code)
    #expect(document(answer)["user_id"]?.int == Int64(client.model.userID(2)))
    #expect(client.authorize(extra: "&sim_person=3")["error"] == "access_denied")
    #expect(client.authorize(extra: "&sim_person=x")["code"] != nil)
  }

  @Test("only GET shows the page", arguments: ["POST", "PUT", "HEAD"])
  func method(method: String) {
    var client = MovesClient()
    #expect(client.send(method, Self.target()).status == 405)
  }
}
