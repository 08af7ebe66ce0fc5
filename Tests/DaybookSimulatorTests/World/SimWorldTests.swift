import DaybookCore
import Testing

@testable import DaybookSimulator

struct SimWorldTests {
  static func world(_ rules: String...) throws -> SimWorld {
    let faults = Faults(seed: 1, try rules.map { try FaultRule($0) })
    return SimWorld(ProvidersTests.both(), faults: faults)
  }

  static func send(_ world: inout SimWorld, _ method: String, _ target: String) -> SimResponse {
    world.answer(SimRequest(method, target), now: MovesClient.noon)
  }

  @Test("requests to providers are counted, those to the switches are not")
  func counted() throws {
    var world = try Self.world()
    for path in ["/api/0/list", "/api/1.1/user/profile", "/x", "/sim/stats"] {
      _ = Self.send(&world, "GET", path)
    }
    #expect(world.requests == 3)
  }

  @Test("faults strike providers and never the switches")
  func faults() throws {
    var world = try Self.world("any:status=500")
    #expect(Self.send(&world, "GET", "/api/0/list").status == 500)
    #expect(Self.send(&world, "GET", "/sim/stats").status == 200)
    #expect(world.requests == 1)
  }

  @Test("the statistics are one JSON object with everything in it")
  func statistics() throws {
    var world = try Self.world("data:html@every=2", "any:empty@nth=99")
    _ = Self.send(&world, "GET", "/api/0/locations")
    let answer = Self.send(&world, "GET", "/sim/stats")
    #expect(answer.header("content-type") == "application/json")
    let value = document(answer)
    #expect(
      value.keys == ["requests", "moves", "moves_grants_alive", "owntracks", "faults"])
    #expect(value["requests"] == 1)
    #expect(value["moves_grants_alive"] == 0)
    #expect(
      value["faults"] == [
        ["kind": "data", "seen": 1, "struck": 0], ["kind": "any", "seen": 1, "struck": 0],
      ])
    #expect(answer.body.last == UInt8(ascii: "\n"))
  }

  @Test("each model's statistics stand under its name, those with consents with their count")
  func models() {
    var world = SimWorld(ProvidersTests.all())
    for path in ["/1/user/-/profile.json", "/", "/v4/users/me/identity", "/v4/users/me/settings"] {
      _ = Self.send(&world, "GET", path)
    }
    let value = document(Self.send(&world, "GET", "/sim/stats"))
    #expect(
      value.keys == [
        "requests", "moves", "moves_grants_alive", "owntracks", "fitbit", "fitbit_grants_alive",
        "fitbit_site", "google_health", "google_health_grants_alive", "faults",
      ])
    #expect(value["requests"] == 4)
    #expect(value["fitbit"]?["bad"] == 1)
    #expect(value["fitbit_site"]?["agents"] == 1)
    #expect(value["google_health"]?["unauthorized"] == 2)
    #expect(value["google_health_grants_alive"] == 0)
  }

  @Test("consents are counted where there are any")
  func consents() {
    let fitbit = FitbitClient.signedIn()
    let google = GoogleHealthClient.signedIn()
    let world = SimWorld(Providers(fitbit: fitbit.model, googleHealth: google.model))
    let value = try? JSONValue(parsing: world.statistics)
    #expect(value?["fitbit_grants_alive"] == 1)
    #expect(value?["google_health_grants_alive"] == 1)
    #expect(value?["moves"] == nil && value?["fitbit_site"] == nil)
  }

  @Test("a world without providers has statistics too")
  func empty() {
    let world = SimWorld(Providers())
    #expect(String(decoding: world.statistics, as: UTF8.self) == "{\"requests\":0,\"faults\":[]}\n")
  }

  @Test("a world is itself a model")
  func model() throws {
    let world = try Self.world()
    let request = SimRequest("GET", "/api/1.1/user/places/daily/20180110")
    #expect(world.kind(of: request) == .data)
    #expect(world.askingDayBefore(request)?.path == "/api/1.1/user/places/daily/20180109")
  }
}
