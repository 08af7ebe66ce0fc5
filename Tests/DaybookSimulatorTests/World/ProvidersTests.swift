import DaybookCore
import Testing

@testable import DaybookSimulator

struct ProvidersTests {
  static func both() -> Providers {
    Providers(
      moves: MovesModel(MovesSettings(firstDay: day("2018-01-01"))),
      ownTracks: OwnTracksModel(OwnTracksSettings(firstDay: day("2018-01-01"))))
  }

  static func get(_ providers: inout Providers, _ path: String) -> SimResponse {
    providers.answer(SimRequest("GET", path), now: MovesClient.noon)
  }

  @Test(
    "paths lead to their providers",
    arguments: [
      ("/api/1.1/user/profile", 401), ("/oauth/v1/tokeninfo", 400), ("/oauth/x", 404),
      ("/api/0/list", 200), ("/api/0/locations", 416), ("/pub", 404), ("/", 404), ("/api", 404),
      ("/api/2/list", 404),
    ])
  func routes(path: String, status: Int) {
    var providers = Self.both()
    #expect(Self.get(&providers, path).status == status)
  }

  @Test("a provider that is not simulated is not there")
  func missing() {
    var none = Providers()
    for path in ["/api/1.1/user/profile", "/api/0/list", "/oauth/v1/authorize"] {
      let answer = Self.get(&none, path)
      #expect(answer.status == 404)
      #expect(answer.bodyText == "no provider is simulated here\n")
      #expect(none.kind(of: SimRequest("GET", path)) == .other)
    }
    var moves = Self.both()
    moves.ownTracks = nil
    #expect(Self.get(&moves, "/api/0/list").status == 404)
    #expect(Self.get(&moves, "/api/1.1/user/profile").status == 401)
  }

  @Test(
    "kinds and days before are those of the provider",
    arguments: [
      ("/api/1.1/user/places/daily/20180110", .data, "/api/1.1/user/places/daily/20180109"),
      ("/api/0/locations?from=2018-01-02", .data, "/api/0/locations"),
      ("/api/0/list", .index, nil), ("/oauth/v1/authorize", .authorize, nil), ("/x", .other, nil),
    ] as [(String, SimKind, String?)])
  func kinds(target: String, kind: SimKind, before: String?) {
    let request = SimRequest("GET", target)
    #expect(Self.both().kind(of: request) == kind)
    #expect(Self.both().askingDayBefore(request)?.path == before)
  }
}
