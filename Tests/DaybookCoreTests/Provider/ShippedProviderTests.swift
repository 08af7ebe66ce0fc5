import Testing

@testable import DaybookCore

@Suite("The provider files that are installed")
struct ShippedProviderTests {
  @Test("Moves is as its facts say")
  func moves() throws {
    let moves = try Shipped.provider("moves")
    #expect(moves.title == "Moves")
    #expect(moves.login == .code)
    #expect(
      moves.urls
        == URLs(
          api: "https://api.moves-app.com/api/1.1",
          authorize: "https://api.moves-app.com/oauth/v1/authorize",
          token: "https://api.moves-app.com/oauth/v1/access_token"))
    #expect(moves.client == .form && !moves.pkce && !moves.freeRedirectPort)
    #expect(moves.scopes == Scopes(needed: ["activity", "location"]))
    #expect(moves.scopes.asked == "activity location")
    #expect(moves.fixed == Fixed() && moves.tokenAt == .root && moves.tokenLife == .answer)
    #expect(moves.params.isEmpty)
    #expect(moves.sunset == Day(year: 2018, month: 7, day: 31))
    let profile = "/user/profile"
    #expect(moves.account.id == Fact(get: profile, at: pointer("/userId"), form: .text))
    #expect(
      moves.account.zone
        == Fact(get: profile, at: pointer("/profile/currentTimeZone/id"), form: .text))
    #expect(
      moves.account.firstDay
        == Fact(get: profile, at: pointer("/profile/firstDate"), form: .compact))
    #expect(moves.account.syncedAt == nil)
  }

  @Test("Moves has two windows and four meters, and one word that ends a grant")
  func movesBudget() throws {
    let moves = try Shipped.provider("moves")
    #expect(
      moves.windows == [
        WindowSpec(name: "minute", seconds: 60, limit: 60, per: .app, align: .clock),
        WindowSpec(name: "hour", seconds: 3_600, limit: 2_000, per: .app, align: .clock),
      ])
    #expect(
      moves.meters == [
        Meter(header: "X-RateLimit-MinuteLimit", says: .limit, windows: ["minute"]),
        Meter(header: "X-RateLimit-MinuteRemaining", says: .left, windows: ["minute"]),
        Meter(header: "X-RateLimit-HourLimit", says: .limit, windows: ["hour"]),
        Meter(header: "X-RateLimit-HourRemaining", says: .left, windows: ["hour"]),
      ])
    #expect(
      moves.answers == [
        AnswerRow(
          call: .token, status: 400, at: pointer("/error"), values: ["invalid_grant"],
          means: .deadGrant)
      ])
  }

  @Test("Moves has one stream: the storyline, a day a call")
  func movesStream() throws {
    let moves = try Shipped.provider("moves")
    var storyline = StreamSpec(
      name: "storyline",
      request: Request(
        path: "/user/storyline/daily/{start}", query: [Field("trackPoints", "true")]),
      window: DayWindow(form: .compact, ends: .both))
    storyline.items = [pointer("/0/segments"), pointer("/0/summary")]
    storyline.belongs = Belongs(at: pointer("/0/date"), form: .compact)
    storyline.settle = Settle(
      days: 7,
      changes: Changes(
        Fact(
          get: "/user/summary/daily?pastDays=31&updatedSince={since}", at: pointer("/*/date"),
          form: .compact), since: .basic))
    storyline.printsInCurrentZone = true
    #expect(moves.streams == [storyline])
    #expect(moves.stream("storyline") == storyline)
    #expect(moves.stream("steps") == nil)
  }

  @Test("OwnTracks is as its facts say")
  func ownTracks() throws {
    let recorder = try Shipped.provider("owntracks")
    #expect(recorder.title == "OwnTracks Recorder")
    #expect(recorder.login == .none)
    #expect(recorder.urls == URLs(api: "http://127.0.0.1:8083/api/0"))
    #expect(recorder.params == ["user", "device"])
    let months = Fact(
      get: "/list?user={user}&device={device}", at: pointer("/results/*"), form: .month)
    #expect(recorder.account.firstDay == months)
    #expect(recorder.account.zone == nil && recorder.account.id == nil)
    #expect(recorder.windows.isEmpty && recorder.meters.isEmpty && recorder.sunset == nil)
    #expect(recorder.answers.map(\.call) == [.account, .index, nil])
    #expect(recorder.answers.map(\.means) == [.later, .later, .bug])
    #expect(recorder.streams.map(\.name) == ["locations"])
    #expect(recorder.stream("locations")?.index == months)
  }

  @Test("OwnTracks asks for a day between two moments, both outside")
  func ownTracksStream() throws {
    let locations = try #require(try Shipped.provider("owntracks").stream("locations"))
    #expect(locations.request.path == "/locations")
    #expect(
      locations.request.query == [
        Field("user", "{user}"), Field("device", "{device}"), Field("from", "{start}"),
        Field("to", "{end}"), Field("format", "json"),
      ])
    #expect(locations.window == DayWindow(form: .naive, ends: .neither))
    #expect(locations.items == [pointer("/data")])
    #expect(locations.settle == Settle(days: 32))
    #expect(locations.volatile.contains(pointer("/data/*/addr")))
    #expect(!locations.printsInCurrentZone)
  }

  @Test("a damaged provider file is a provider or problems, never a crash", arguments: 0..<400)
  func mutations(seed: UInt64) throws {
    let name = seed % 2 == 0 ? "moves" : "owntracks"
    let bytes = try Shipped.bytes("etc/daybook/providers/\(name).yaml")
    switch ProviderFile.load(mutated(bytes, seed: seed), file: "\(name).yaml") {
    case .success(let provider): #expect(provider.name == name, "seed \(seed)")
    case .failure(let problems):
      #expect(!problems.isEmpty, "seed \(seed)")
      let places = problems.list.compactMap(\.position)
      #expect(places == places.sorted(), "seed \(seed)")
    }
  }

  private func pointer(_ text: String) -> JSONPointer {
    JSONPointer(text) ?? JSONPointer(segments: [.key("no pointer: \(text)")])
  }
}
