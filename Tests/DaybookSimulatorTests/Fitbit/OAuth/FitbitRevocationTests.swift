import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitRevocationTests {
  static func introspect(_ client: inout FitbitClient, _ token: String) -> SimResponse {
    client.send(
      "POST", "/1.1/oauth2/introspect",
      headers: [SimField("Authorization", "Bearer \(client.access)")], body: "token=\(token)")
  }

  @Test("revoking either token ends the consent and all its tokens", arguments: [true, false])
  func revoke(byAccess: Bool) {
    var client = FitbitClient.signedIn()
    let older = client.access
    client.keep(client.refreshing(client.refresh))
    let token = byAccess ? client.access : client.refresh
    let answer = client.send(
      "POST", "/oauth2/revoke", headers: [FitbitClient.basic], body: "token=\(token)")
    #expect(answer.status == 200 && answer.body.isEmpty)
    #expect(client.refreshing(client.refresh).fitbitError == "invalid_grant")
    for access in [older, client.access] {
      client.access = access
      let refused = client.get("/profile.json")
      #expect(refused.status == 401 && refused.fitbitError == "invalid_token")
    }
    #expect(client.model.grantsAlive == 0)
  }

  @Test("the consents of others live on")
  func others() {
    var first = FitbitClient { $0.persons = 2 }
    first.signIn()
    var second = first
    second.model.person = 1
    second.signIn()
    _ = second.send(
      "POST", "/oauth2/revoke", headers: [FitbitClient.basic], body: "token=\(second.access)")
    first.model = second.model
    #expect(first.get("/profile.json").status == 200)
    #expect(first.model.grantsAlive == 1)
  }

  @Test(
    "what cannot be revoked is told",
    arguments: [
      ("POST", "token=unknown", 401, "invalid_token"), ("POST", "x=y", 400, "invalid_request"),
      ("GET", "", 400, "request"),
    ])
  func wrong(method: String, body: String, status: Int, type: String) {
    var client = FitbitClient.signedIn()
    let answer = client.send(
      method, "/oauth2/revoke", headers: [FitbitClient.basic], body: body)
    #expect(answer.status == status && answer.fitbitError == type)
    #expect(client.model.grantsAlive == 1)
  }

  @Test(
    "a server application must name itself to revoke",
    arguments: [(.server, 401), (.client, 200), (.personal, 200)] as [(FitbitAppType, Int)])
  func unnamed(type: FitbitAppType, status: Int) {
    var client = FitbitClient { $0.appType = type }
    let isClient = type == .client
    let answer = client.exchange(
      client.authorize()["code"] ?? "", extra: "&client_id=daybook",
      headers: isClient ? [] : [FitbitClient.basic])
    client.keep(answer)
    let revoked = client.send("POST", "/oauth2/revoke", body: "token=\(client.access)")
    #expect(revoked.status == status)
  }

  @Test("a live token is described with the members of the facts")
  func active() {
    var client = FitbitClient.signedIn(scopes: "sleep%20weight")
    let value = document(Self.introspect(&client, client.access))
    #expect(
      value.keys == ["active", "scope", "client_id", "user_id", "token_type", "exp", "iat"])
    #expect(value["active"] == true)
    #expect(value["scope"] == "sleep weight")
    #expect(value["client_id"] == "daybook")
    #expect(value["user_id"]?.string == client.model.userID(0))
    #expect(value["iat"]?.int == client.now.seconds * 1_000)
    #expect(value["exp"]?.int == (client.now.seconds + 28_800) * 1_000)
  }

  @Test("every other token is not active")
  func inactive() {
    var client = FitbitClient.signedIn()
    for token in ["unknown", client.refresh] {
      #expect(document(Self.introspect(&client, token)) == ["active": false])
    }
    let old = client.access
    client.now = client.now + .hours(7)
    client.keep(client.refreshing(client.refresh))
    client.now = client.now + .hours(2)
    #expect(document(Self.introspect(&client, old)) == ["active": false])
  }

  @Test("introspection needs a token of its own, and takes nothing from the quota")
  func bearer() {
    var client = FitbitClient.signedIn()
    let bare = client.send("POST", "/1.1/oauth2/introspect", body: "token=\(client.access)")
    #expect(bare.status == 400 && bare.fitbitError == "invalid_request")
    let header = SimField("Authorization", "Bearer \(client.access)")
    let empty = client.send("POST", "/1.1/oauth2/introspect", headers: [header], body: "x=y")
    #expect(empty.status == 400)
    let wrong = client.send("GET", "/1.1/oauth2/introspect", headers: [header])
    #expect(wrong.status == 400 && wrong.fitbitError == "request")
    #expect(client.get("/profile.json").header("Fitbit-Rate-Limit-Remaining") == "149")
    #expect(client.model.stats.count(.introspect) == 3)
  }

  @Test("introspection is no use of a token")
  func noUse() {
    var client = FitbitClient.signedIn()
    let before = client.refresh
    client.keep(client.refreshing(before))
    _ = Self.introspect(&client, client.access)
    #expect(client.refreshing(before).status == 200)
  }
}
