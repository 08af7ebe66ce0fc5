import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitControlTests {
  static func set(_ client: inout FitbitClient, _ name: String, _ query: String = "") -> Bool {
    let request = SimRequest("POST", "/sim/fitbit/\(name)?\(query)")
    return client.model.control(name, request, now: client.now)
  }

  @Test(
    "what cannot be set is refused",
    arguments: [
      ("deny", "on=maybe"), ("deny", ""), ("pending", "on=1"), ("approved", ""), ("scopes", ""),
      ("scopes", "without=steps"), ("sync", ""), ("sync", "at=soon"), ("person", "n=2"),
      ("person", ""), ("revoke", "person=7"), ("zone", "id=Mars"), ("late", "day=20240601"),
      ("late", "day=2024-06-01&person=9"), ("end", "how=soon"), ("redirect", "uri=x"),
      ("redirect", ""), ("other", ""),
    ])
  func refused(name: String, query: String) {
    var client = FitbitClient.signedIn { $0.persons = 2 }
    let before = client.get("/profile.json").body
    let done = Self.set(&client, name, query)
    #expect(!done)
    #expect(client.get("/profile.json").body == before)
  }

  @Test("the person refuses, and is another")
  func consent() {
    var client = FitbitClient { $0.persons = 2 }
    let denied = Self.set(&client, "deny", "on=true")
    #expect(denied && client.authorize()["error"] == "access_denied")
    let agreed = Self.set(&client, "deny", "on=false")
    let moved = Self.set(&client, "person", "n=1")
    client.signIn()
    let user = document(client.get("/profile.json"))["user"]?["encodedId"]?.string
    #expect(agreed && moved && user == client.model.userID(1))
  }

  @Test("scopes are unticked and ticked again")
  func scopes() {
    var client = FitbitClient()
    let without = Self.set(&client, "scopes", "without=heartrate,weight")
    client.signIn()
    #expect(without && client.get("/hrv/date/2024-06-10/all.json").status == 403)
    let with = Self.set(&client, "scopes", "without=")
    client.signIn()
    #expect(with && client.get("/hrv/date/2024-06-10/all.json").status == 200)
  }

  @Test("a revoked consent answers as revoked, an expired token as expired")
  func tokens() {
    var client = FitbitClient.signedIn()
    let expired = Self.set(&client, "expire")
    #expect(expired && client.get("/profile.json").fitbitError == "expired_token")
    client.keep(client.refreshing(client.refresh))
    #expect(client.get("/profile.json").status == 200)
    let revoked = Self.set(&client, "revoke", "person=0")
    #expect(revoked && client.get("/profile.json").fitbitError == "invalid_token")
    #expect(client.refreshing(client.refresh).fitbitError == "invalid_grant")
  }

  @Test("the synchronisation is held back and released")
  func sync() {
    var client = FitbitClient.signedIn()
    let held = Self.set(&client, "sync", "at=2024-06-17T05:30:00")
    #expect(held && client.model.syncHeldAt == moment("2024-06-17T05:30:00"))
    let released = Self.set(&client, "sync", "at=always")
    #expect(released && client.model.syncHeldAt == nil)
  }

  @Test("flags, zone, end and redirect are set")
  func others() {
    var client = FitbitClient.signedIn()
    let flags = ["pending", "approved"].map { Self.set(&client, $0, "on=false") }
    #expect(flags == [true, true] && !client.model.approved)
    let zone = Self.set(&client, "zone", "id=Asia/Tokyo")
    #expect(zone && client.model.zone.id == "Asia/Tokyo")
    let redirect = Self.set(&client, "redirect", "uri=http%3A%2F%2F127.0.0.1%3A4711%2F")
    #expect(redirect && client.model.isRegistered("http://127.0.0.1:4711/"))
    let end = Self.set(&client, "end", "how=gone")
    #expect(end && client.get("/profile.json").status == 410)
    let late = Self.set(&client, "late", "day=2024-06-01")
    #expect(late && client.model.wearers[0].forced.count == 1)
  }

  @Test("the guide names every switch")
  func guide() {
    let names = [
      "deny", "scopes", "person", "revoke", "expire", "zone", "late", "sync", "pending",
      "approved", "end", "redirect",
    ]
    for name in names { #expect(FitbitModel.controlGuide.contains("/sim/fitbit/\(name)")) }
  }
}
