import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleHealthControlTests {
  static func switched(_ client: inout GoogleHealthClient, _ target: String) -> Bool {
    let request = SimRequest("POST", "/sim/google-health/" + target)
    return client.model.control(
      String(request.components[2]), request, now: client.now)
  }

  @Test(
    "what cannot be set like that is refused",
    arguments: [
      "nothing",
      "deny",
      "deny?on=yes",
      "person",
      "person?n=2",
      "person?n=x",
      "scopes",
      "testing",
      "testing?on=1",
      "revoke?person=2",
      "linked",
      "linked?person=0",
      "linked?on=false&person=7",
      "zone",
      "zone?id=Mars/Olympus",
      "sync?on=maybe",
      "sync?person=2",
      "late",
      "late?day=yesterday",
      "late?day=2026-02-03&person=2",
      "end",
      "end?how=suddenly",
      "redirect",
      "redirect?uri=nonsense",
    ])
  func refused(target: String) {
    var client = GoogleHealthClient { $0.persons = 2 }
    #expect(!Self.switched(&client, target))
  }

  @Test(
    "what can be set is set",
    arguments: [
      "deny?on=true",
      "person?n=1",
      "scopes?without=sleep",
      "scopes?without=",
      "testing?on=true",
      "revoke",
      "revoke?person=1",
      "expire",
      "linked?on=false",
      "linked?on=true&person=1",
      "zone?id=Asia/Tokyo",
      "zone?id=Somewhere=-0330",
      "sync",
      "sync?on=false",
      "sync?on=true&person=1",
      "late?day=2026-02-03",
      "late?day=2026-02-03&person=1",
      "end?how=gone",
      "redirect?uri=http://127.0.0.1:4711/cb",
    ])
  func accepted(target: String) {
    var client = GoogleHealthClient { $0.persons = 2 }
    #expect(Self.switched(&client, target))
  }

  @Test("the guide has a line for every switch")
  func guide() {
    let lines = GoogleHealthModel.controlGuide.split(separator: "\n")
    let names = lines.compactMap { line in
      line.firstMatch(of: /\/sim\/google-health\/([a-z]+)/).map { String($0.output.1) }
    }
    #expect(
      Set(names) == [
        "deny", "person", "scopes", "testing", "revoke", "expire", "linked", "zone", "sync",
        "late", "end", "redirect",
      ])
    #expect(lines.count == names.count)
  }

  @Test("who denies is sent back with access_denied, until it is switched off")
  func deny() {
    var client = GoogleHealthClient()
    #expect(Self.switched(&client, "deny?on=true"))
    #expect(client.authorize() == ["error": "access_denied", "state": "s&t"])
    #expect(Self.switched(&client, "deny?on=false"))
    #expect(client.authorize()["code"] != nil)
  }

  @Test("revoking kills the grants of one person, or all")
  func revoke() {
    var client = GoogleHealthClient.signedIn { $0.persons = 2 }
    var other = client
    other.model.person = 1
    other.signIn()
    #expect(other.model.grantsAlive == 2)
    #expect(Self.switched(&other, "revoke?person=0"))
    #expect(other.model.grantsAlive == 1)
    #expect(other.get("identity").status == 200)
    #expect(Self.switched(&other, "revoke"))
    #expect(other.get("identity").status == 401)
    #expect(other.refreshing(other.refresh).status == 400)
    #expect(client.get("identity").status == 200)
  }

  @Test("expired access tokens are 401, and a refresh helps")
  func expire() {
    var client = GoogleHealthClient.signedIn()
    #expect(Self.switched(&client, "expire"))
    #expect(client.get("identity").status == 401)
    let fresh = document(client.refreshing(client.refresh))["access_token"]?.string
    client.access = fresh ?? ""
    #expect(client.get("identity").status == 200)
  }

  @Test("an account can lose its link and get it back")
  func linked() {
    var client = GoogleHealthClient.signedIn()
    #expect(Self.switched(&client, "linked?on=false"))
    #expect(document(client.list("steps")).reason == "ACCOUNT_NOT_LINKED")
    #expect(Self.switched(&client, "linked?on=true"))
    #expect(client.list("steps").status == 200)
  }

  @Test("the zone switch changes the settings and what comes later")
  func zone() {
    var client = GoogleHealthClient.signedIn()
    let filter = GoogleHealthClient.on("2026-10-29", "steps.interval.civil_start_time")
    let before = client.list("steps", filter)
    #expect(Self.switched(&client, "zone?id=Asia/Tokyo"))
    let settings = document(client.get("settings"))
    #expect(settings["timeZone"] == "Asia/Tokyo")
    #expect(settings["utcOffset"] == "32400s")
    #expect(client.list("steps", filter).body == before.body, "old points keep their offset")
  }

  @Test("a late day changes in bytes, other days do not")
  func late() {
    var client = GoogleHealthClient.signedIn()
    let member = "steps.interval.civil_start_time"
    let before = client.list("steps", GoogleHealthClient.on("2025-02-03", member))
    let other = client.list("steps", GoogleHealthClient.on("2025-02-06", member))
    client.now = client.now + .minutes(5)
    #expect(Self.switched(&client, "late?day=2025-02-03"))
    let after = client.list("steps", GoogleHealthClient.on("2025-02-03", member))
    #expect(before.body != after.body)
    #expect(client.list("steps", GoogleHealthClient.on("2025-02-06", member)).body == other.body)
  }

  @Test("a redirect URI can be registered")
  func redirect() {
    var client = GoogleHealthClient { $0.isDesktop = false }
    #expect(client.authorizePage(["redirect_uri": "http://127.0.0.1:4711/cb"]).status == 400)
    #expect(Self.switched(&client, "redirect?uri=http://127.0.0.1:4711/cb"))
    #expect(client.authorizePage(["redirect_uri": "http://127.0.0.1:4711/cb"]).status == 302)
  }

  @Test("devices that are held back sync when they are told to")
  func sync() {
    var client = GoogleHealthClient.signedIn()
    #expect(Self.switched(&client, "sync?on=false"))
    func last(_ client: inout GoogleHealthClient) -> String? {
      document(client.get("pairedDevices"))["pairedDevices"]?.elements.first?["lastSyncTime"]?
        .string
    }
    let held = last(&client)
    client.now = client.now + .minutes(55)
    #expect(last(&client) == held)
    #expect(Self.switched(&client, "sync"))
    #expect(last(&client) == "2026-10-30T12:55:00Z")
    client.now = client.now + .minutes(1)
    #expect(last(&client) == "2026-10-30T12:55:00Z")
  }
}
