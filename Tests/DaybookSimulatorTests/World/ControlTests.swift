import DaybookCore
import Testing

@testable import DaybookSimulator

struct ControlTests {
  static func world() -> SimWorld {
    var settings = MovesSettings(firstDay: day("2018-01-01"))
    settings.persons = 2
    var providers = ProvidersTests.all()
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
      "owntracks/end?how=refused", "fitbit/deny?on=true", "fitbit-site/layout?as=without-id",
      "google-health/testing?on=true", "faults?add=data:html",
    ]
    for target in targets { #expect(Self.post(&world, target) == 200, "\(target)") }
    #expect(world.providers.moves?.denies == true)
    #expect(world.providers.moves?.person == 1)
    #expect(world.providers.moves?.zone.id == "Asia/Tokyo")
    #expect(world.providers.moves?.end == .gone)
    #expect(world.providers.ownTracks?.end == .refused)
    #expect(world.providers.fitbit?.denies == true)
    #expect(world.providers.fitbitSite?.layout == .withoutID)
    #expect(world.providers.googleHealth?.testing == true)
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
      "owntracks/end?how=soon", "owntracks/end", "owntracks/deny?on=true", "fitbit",
      "fitbit/deny", "fitbit/end?how=soon", "fitbit/layout?as=known", "fitbit/deny/x?on=true",
      "fitbit-site/layout?as=x", "fitbit-site/pending?on=true", "fitbit_site/deny?on=true",
      "google-health", "google-health/testing?on=1", "google-health/approved?on=true", "faults",
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

  @Test("without a model its switches are 400, with it they are not", arguments: Providers.all)
  func absent(type: any ServedModel.Type) {
    let target = type.controlName + "/end?how=gone"
    var world = SimWorld(Providers())
    #expect(Self.post(&world, target) == 400)
    world = Self.world()
    #expect(Self.post(&world, target) == 200)
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

  @Test("an ended service is ended for who asks it, the others run on")
  func ends() {
    var world = Self.world()
    #expect(Self.post(&world, "fitbit/end?how=gone") == 200)
    let paths = ["/1/user/-/profile.json", "/v4/users/me/identity", "/api/1.1/user/profile"]
    let statuses = paths.map { world.answer(SimRequest("GET", $0), now: MovesClient.noon).status }
    #expect(statuses == [410, 401, 401])
  }

  @Test("the guide has the switches of every model, fits a terminal, and repeats nothing")
  func guide() {
    let lines = SimWorld.controlGuide.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { (1...78).contains($0.count) })
    #expect(Set(lines).count == lines.count)
    for type in Providers.all {
      #expect(SimWorld.controlGuide.contains("\n" + type.controlGuide))
      #expect(type.controlGuide.contains("POST /sim/\(type.controlName)/end?how="))
    }
    #expect(lines.first == "GET  /sim/stats                      what was counted, as JSON")
  }

  @Test("each line of the guide, as it stands there, is a switch", arguments: Providers.all)
  func examples(type: any ServedModel.Type) {
    for line in type.controlGuide.split(separator: "\n") where line.hasPrefix("POST /sim/") {
      // Of alternatives the first; what may be left out is left out.
      var target = line.dropFirst(10).prefix { $0 != " " && $0 != "[" && $0 != "|" }
      if target.hasSuffix("=URI") { target = target.dropLast(3) + "http://127.0.0.1:1/" }
      var world = Self.world()
      world.providers.fitbitSite = SiteBrowser().model
      #expect(Self.post(&world, String(target)) == 200, "\(line)")
    }
  }
}
