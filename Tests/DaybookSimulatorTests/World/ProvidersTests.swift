import DaybookCore
import Testing

@testable import DaybookSimulator

struct ProvidersTests {
  static func both() -> Providers {
    Providers(
      moves: MovesModel(MovesSettings(firstDay: day("2018-01-01"))),
      ownTracks: OwnTracksModel(OwnTracksSettings(firstDay: day("2018-01-01"))))
  }

  /// All of them, since the first day of 2018.
  static func all() -> Providers {
    let first = day("2018-01-01")
    var all = both()
    all.fitbit = FitbitModel(FitbitSettings(memberSince: first))
    all.fitbitSite = FitbitSiteModel(FitbitSiteSettings(firstDay: first))
    all.googleHealth = GoogleHealthModel(GoogleHealthSettings(firstDay: first))
    return all
  }

  static func get(_ providers: inout Providers, _ path: String) -> SimResponse {
    providers.answer(SimRequest("GET", path), now: MovesClient.noon)
  }

  @Test(
    "paths lead to their providers",
    arguments: [
      ("/api/1.1/user/profile", 401), ("/oauth/v1/tokeninfo", 400), ("/oauth/x", 404),
      ("/api/0/list", 200), ("/api/0/locations", 416), ("/pub", 404), ("/", 404), ("/api", 404),
      ("/api/2/list", 404), ("/oauth2/authorize", 404), ("/v4/users/me/identity", 404),
    ])
  func routes(path: String, status: Int) {
    var providers = Self.both()
    #expect(Self.get(&providers, path).status == status)
  }

  @Test(
    "each path has one owner, whoever else is there",
    arguments: [
      ("/oauth/v1/authorize", "moves"), ("/oauth", "moves"), ("/api/1.1/user/profile", "moves"),
      ("/api/0/list", "owntracks"), ("/pub", "owntracks"), ("/oauth2/authorize", "fitbit"),
      ("/oauth2/token", "fitbit"), ("/1/user/-/profile.json", "fitbit"),
      ("/1.1/oauth2/introspect", "fitbit"), ("/1.2/user/-/sleep/date/2018-01-02.json", "fitbit"),
      ("/", "fitbit-site"), ("/login", "fitbit-site"), ("/logout", "fitbit-site"),
      ("/graph/getGraphData?type=intradaySteps", "fitbit-site"),
      ("/o/oauth2/v2/auth", "google-health"), ("/token", "google-health"),
      ("/revoke", "google-health"), ("/v4/users/me/identity", "google-health"), ("/x", nil),
      ("/api", nil), ("/2/user", nil), ("/o", nil), ("/token/x", nil), ("/login/x", nil),
    ] as [(String, String?)])
  func owners(target: String, owner: String?) {
    let all = Self.all()
    let models: [(any ServedModel)?] = [
      all.moves, all.ownTracks, all.fitbit, all.fitbitSite, all.googleHealth,
    ]
    let owners = zip(Providers.all, models).filter {
      $0.1?.owns(SimRequest("GET", target)) ?? false
    }
    #expect(owners.map { $0.0.controlName } == (owner.map { [$0] } ?? []))
    var whole = all
    let answer = Self.get(&whole, target)
    #expect((answer.bodyText == "no provider is simulated here\n") == (owner == nil))
  }

  @Test("a model that is put in and taken out is the one that answers")
  func replaced() {
    var providers = Self.all()
    #expect(Self.get(&providers, "/1/user/-/profile.json").status == 400)
    providers.fitbit?.end = .gone
    #expect(Self.get(&providers, "/1/user/-/profile.json").status == 410)
    #expect(providers.fitbit?.end == .gone)
    providers.fitbit = nil
    #expect(Self.get(&providers, "/1/user/-/profile.json").status == 404)
    #expect(Self.get(&providers, "/v4/users/me/identity").status == 401)
    #expect(providers.googleHealth?.stats.unauthorized == 1)
    #expect(providers.fitbit == nil && providers.moves != nil && providers.fitbitSite != nil)
  }

  @Test("the models that are given are there, and no others")
  func given() {
    let first = day("2018-01-01")
    let some = Providers(
      fitbit: FitbitModel(FitbitSettings(memberSince: first)),
      googleHealth: GoogleHealthModel(GoogleHealthSettings(firstDay: first)))
    #expect(some.fitbit?.settings.memberSince == first)
    #expect(some.googleHealth?.settings.firstDay == first)
    #expect(some.moves == nil && some.ownTracks == nil && some.fitbitSite == nil)
    let site = Providers(fitbitSite: FitbitSiteModel(FitbitSiteSettings(firstDay: first)))
    #expect(site.fitbitSite?.settings.firstDay == first && site.fitbit == nil)
  }

  @Test("what is asked does not depend on who else is there")
  func alone() {
    var client = FitbitClient.signedIn()
    var providers = Self.all()
    providers.fitbit = client.model
    let request = SimRequest(
      "GET", "/1/user/-/activities/steps/date/2024-06-10/1d/1min.json",
      headers: [SimField("Authorization", "Bearer \(client.access)")])
    let answer = providers.answer(request, now: client.now)
    #expect(answer.status == 200)
    let alone = client.model.answer(request, now: client.now)
    #expect(answer == alone)
    #expect(providers.fitbit?.stats == client.model.stats)
  }

  @Test("a provider that is not simulated is not there")
  func missing() {
    var none = Providers()
    for path in ["/api/1.1/user/profile", "/api/0/list", "/oauth/v1/authorize", "/", "/token"] {
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
      ("/oauth2/token", .token, nil), ("/1/user/-/devices.json", .index, nil),
      (
        "/1/user/-/activities/steps/date/2018-01-10/1d/1min.json", .data,
        "/1/user/-/activities/steps/date/2018-01-09/1d/1min.json"
      ),
      ("/", .account, nil), ("/login", .authorize, nil),
      ("/graph/getGraphData?dateTo=2018-01-10", .data, "/graph/getGraphData"),
      ("/token", .token, nil), ("/v4/users/me/settings", .account, nil),
    ] as [(String, SimKind, String?)])
  func kinds(target: String, kind: SimKind, before: String?) {
    let request = SimRequest("GET", target)
    #expect(Self.all().kind(of: request) == kind)
    #expect(Self.all().askingDayBefore(request)?.path == before)
  }
}
