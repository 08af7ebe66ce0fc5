import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesControlTests {
  static func set(_ client: inout MovesClient, _ target: String) -> Bool {
    let request = SimRequest("POST", "/sim/moves/" + target)
    return client.model.control(
      request.components.last.map(String.init) ?? "", request, now: client.now)
  }

  @Test(
    "what cannot be set is refused, and changes nothing",
    arguments: [
      "deny", "deny?on=maybe", "person", "person?n=2", "person?n=x", "zone", "zone?id=Mars",
      "end?how=soon", "end", "late", "late?day=2018-13-01", "late?day=2018-01-05&person=2",
      "redirect", "redirect?uri=x", "revoke?person=9", "nothing",
    ])
  func refused(target: String) {
    var client = MovesClient.signedIn { $0.persons = 2 }
    let before = client.get("/user/profile").body
    let done = Self.set(&client, target)
    #expect(!done)
    #expect(client.get("/user/profile").body == before)
    #expect(client.model.grantsAlive == 1)
  }

  @Test("the person refuses, is another, travels, and the service ends")
  func switches() {
    var client = MovesClient { $0.persons = 2 }
    for target in ["deny?on=true", "person?n=1", "zone?id=Asia/Tokyo", "end?how=gone"] {
      let done = Self.set(&client, target)
      #expect(done, "\(target)")
    }
    #expect(client.model.denies && client.model.person == 1)
    #expect(client.model.zone.id == "Asia/Tokyo" && client.model.end == .gone)
  }

  @Test("revoked grants are dead, expired tokens are not the end")
  func grants() {
    var client = MovesClient.signedIn()
    let expired = Self.set(&client, "expire")
    #expect(expired && client.get("/user/profile").status == 401)
    client.keep(client.refreshing(client.refresh))
    #expect(client.get("/user/profile").status == 200)
    let revoked = Self.set(&client, "revoke?person=0")
    #expect(revoked && client.get("/user/profile").status == 401)
    #expect(client.model.grantsAlive == 0 && client.model.consents == 0)
  }

  @Test("a late change and one more redirect URI, but not a fourth")
  func others() {
    var client = MovesClient { $0.persons = 2 }
    let late = Self.set(&client, "late?day=20180105&person=1")
    #expect(late && client.model.timelines[1].forced.count == 1)
    let third = Self.set(&client, "redirect?uri=http://127.0.0.1:4711/cb")
    #expect(third && client.model.isRegistered("http://127.0.0.1:4711/cb"))
    let fourth = Self.set(&client, "redirect?uri=http://127.0.0.1:4712/cb")
    #expect(!fourth)
  }

  @Test("the guide names every switch")
  func guide() {
    for name in ["deny", "person", "revoke", "expire", "zone", "late", "end", "redirect"] {
      #expect(MovesModel.controlGuide.contains("POST /sim/moves/\(name)"))
    }
  }

  @Test("what was counted is what the statistics are")
  func counted() {
    let client = MovesClient.signedIn()
    #expect(client.model.counted == client.model.stats.json)
  }
}
