import DaybookCore
import Testing

@testable import DaybookSimulator

struct ControlTests {
  static func world() -> SimWorld {
    var settings = MovesSettings(firstDay: day("2018-01-01"))
    settings.persons = 2
    var providers = ProvidersTests.both()
    providers.moves = MovesModel(settings)
    return SimWorld(providers)
  }

  static func post(_ world: inout SimWorld, _ target: String) -> Int {
    world.answer(SimRequest("POST", "/sim/" + target), now: MovesClient.noon).status
  }

  @Test("switches change the model")
  func switches() {
    var world = Self.world()
    let targets = [
      "moves/deny?on=true", "moves/person?n=1", "moves/zone?id=Asia/Tokyo", "moves/end?how=gone",
      "owntracks/end?how=refused", "faults?add=data:html",
    ]
    for target in targets { #expect(Self.post(&world, target) == 200, "\(target)") }
    #expect(world.providers.moves?.denies == true)
    #expect(world.providers.moves?.person == 1)
    #expect(world.providers.moves?.zone.id == "Asia/Tokyo")
    #expect(world.providers.moves?.end == .gone)
    #expect(world.providers.ownTracks?.end == .refused)
    #expect(world.faults.rules == [FaultRule(.data, .html)])
    for target in ["moves/deny?on=false", "moves/end?how=running", "faults?clear"] {
      #expect(Self.post(&world, target) == 200)
    }
    #expect(world.providers.moves?.denies == false)
    #expect(world.providers.moves?.end == .running)
    #expect(world.faults.rules.isEmpty)
  }

  @Test(
    "what cannot be switched is 400 with the guide, and changes nothing",
    arguments: [
      "moves/deny", "moves/deny?on=maybe", "moves/person", "moves/person?n=2", "moves/person?n=x",
      "moves/zone", "moves/zone?id=Mars", "moves/end?how=soon", "moves/end", "moves/late",
      "moves/late?day=2018-13-01", "moves/late?day=2018-01-05&person=2", "moves/redirect",
      "moves/redirect?uri=x", "moves/revoke?person=9", "moves/nothing", "moves", "owntracks",
      "owntracks/end?how=soon", "owntracks/end", "owntracks/deny?on=true", "faults",
      "faults?add=nonsense", "faults?other=1", "nothing", "",
    ])
  func refused(target: String) {
    var world = Self.world()
    let answer = world.answer(SimRequest("POST", "/sim/" + target), now: MovesClient.noon)
    #expect(answer.status == 400)
    #expect(answer.bodyText.contains("POST /sim/faults?add=RULE"))
    #expect(world.statistics == Self.world().statistics)
    #expect(world.faults.rules.isEmpty)
  }

  @Test("without a model its switches are 400")
  func absent() {
    var world = SimWorld(Providers())
    #expect(Self.post(&world, "moves/deny?on=true") == 400)
    #expect(Self.post(&world, "owntracks/end?how=gone") == 400)
  }

  @Test(
    "GET shows the guide and switches nothing", arguments: ["faults?clear", "moves/expire", "x"])
  func get(target: String) {
    var world = Self.world()
    let answer = world.answer(SimRequest("GET", "/sim/" + target), now: MovesClient.noon)
    #expect(answer.status == 404)
    #expect(answer.bodyText.contains("GET  /sim/stats"))
  }

  @Test("a rule in a query is decoded")
  func encoded() {
    var world = Self.world()
    let rule = FormText.encoded("data:status=503,retry-after=7@nth=1+2")
    #expect(Self.post(&world, "faults?add=\(rule)&add=any:empty") == 200)
    #expect(
      world.faults.rules == [
        FaultRule(.data, .status(503, retryAfter: "7", processed: false), .nth([1, 2])),
        FaultRule(nil, .empty),
      ])
  }

  @Test("revoking and expiring reach the grants")
  func grants() {
    var client = MovesClient.signedIn()
    var world = SimWorld(Providers(moves: client.model))
    #expect(
      document(world.answer(SimRequest("GET", "/sim/stats"), now: client.now))["moves_grants_alive"]
        == 1)
    #expect(Self.post(&world, "moves/expire") == 200)
    client.model = world.providers.moves ?? client.model
    #expect(client.get("/user/profile").status == 401)
    #expect(Self.post(&world, "moves/revoke?person=0") == 200)
    #expect(world.providers.moves?.grantsAlive == 0)
  }

  @Test("a late change and one more redirect URI")
  func others() {
    var world = Self.world()
    #expect(Self.post(&world, "moves/late?day=20180105&person=1") == 200)
    #expect(world.providers.moves?.timelines[1].forced.count == 1)
    #expect(Self.post(&world, "moves/redirect?uri=http://127.0.0.1:4711/cb") == 200)
    #expect(world.providers.moves?.isRegistered("http://127.0.0.1:4711/cb") == true)
    #expect(Self.post(&world, "moves/redirect?uri=http://127.0.0.1:4712/cb") == 400)
  }

  @Test("the guide fits a terminal")
  func guide() {
    #expect(SimWorld.controlGuide.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
