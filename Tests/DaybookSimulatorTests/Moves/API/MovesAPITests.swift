import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesAPITests {
  static let storyline = "/user/storyline/daily/20180110"

  @Test("the token may stand in the header or in the query")
  func token() {
    var client = MovesClient.signedIn()
    let target = "/api/1.1" + Self.storyline
    let header = [SimField("Authorization", "bearer \(client.access)")]
    #expect(client.send("GET", target, headers: header).status == 200)
    #expect(client.send("GET", target + "?access_token=\(client.access)").status == 200)
  }

  @Test(
    "other tokens are 401, and no quota is shown",
    arguments: [
      nil, "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "token", "Bearer  x",
    ] as [String?])
  func unauthorized(header: String?) {
    var client = MovesClient.signedIn()
    let headers = header.map { [SimField("Authorization", $0)] } ?? []
    let answer = client.send("GET", "/api/1.1" + Self.storyline, headers: headers)
    #expect(answer.status == 401)
    #expect(answer.bodyText == "expired_access_token")
    #expect(answer.header("x-ratelimit-minutelimit") == nil)
    #expect(client.model.stats.unauthorized == 1)
  }

  @Test("a wrong header is not saved by a right query")
  func precedence() {
    var client = MovesClient.signedIn()
    let answer = client.send(
      "GET", "/api/1.1" + Self.storyline + "?access_token=\(client.access)",
      headers: [SimField("Authorization", "Bearer x")])
    #expect(answer.status == 401)
  }

  @Test(
    "all four headers are on every answer of a known token",
    arguments: [
      "/user/profile", "/activities", storyline, "/user/storyline/daily/xx",
      "/user/summary/daily/20100101",
    ])
  func headers(path: String) {
    var client = MovesClient.signedIn()
    let answer = client.get(path)
    let meters = answer.headers.filter { $0.name.hasPrefix("X-RateLimit") }
    #expect(
      meters == [
        SimField("X-RateLimit-HourLimit", "4000"), SimField("X-RateLimit-HourRemaining", "3999"),
        SimField("X-RateLimit-MinuteLimit", "120"), SimField("X-RateLimit-MinuteRemaining", "119"),
      ])
  }

  @Test("the limits are doubled in the first hour of a token only")
  func fresh() {
    var client = MovesClient.signedIn()
    let limits = [0, 3_599, 3_600, 7_200].map { (seconds: Int64) -> String? in
      client.now = MovesClient.noon + .seconds(seconds)
      return client.get("/user/profile").header("x-ratelimit-minutelimit")
    }
    #expect(limits == ["120", "120", "60", "60"])
    client.keep(client.refreshing(client.refresh))
    #expect(client.get("/user/profile").header("x-ratelimit-hourlimit") == "4000")
  }

  @Test("over the limit it is 429 without Retry-After until the clock's next minute")
  func refused() {
    var client = MovesClient.signedIn { $0.freshFactor = 1 }
    client.now = MovesClient.noon + .seconds(30)
    for _ in 0..<60 { #expect(client.get("/user/profile").status == 200) }
    let refused = client.get("/user/profile")
    #expect(refused.status == 429)
    #expect(refused.header("retry-after") == nil)
    #expect(refused.header("x-ratelimit-minuteremaining") == "0")
    #expect(refused.header("x-ratelimit-hourremaining") == "1940")
    client.now = MovesClient.noon + .seconds(59)
    #expect(client.get("/user/profile").status == 429)
    client.now = MovesClient.noon + .seconds(60)
    #expect(client.get("/user/profile").status == 200)
    #expect(client.model.stats.refused == 2)
    #expect(client.model.stats.meters[0].meter.mostFixed == 62)
  }

  @Test("the hour limits too")
  func hour() {
    var client = MovesClient.signedIn {
      $0.freshFactor = 1
      $0.windows = [
        SimWindow("Minute", length: .seconds(1), limit: 5),
        SimWindow("Hour", length: .seconds(10), limit: 12),
      ]
    }
    var answered = 0
    for tenth in 0..<100 {
      client.now = MovesClient.noon + .milliseconds(tenth * 100)
      if client.get("/user/profile").status == 200 { answered += 1 }
    }
    #expect(answered == 12)
  }

  @Test("the pool is the client's, or each grant's own", arguments: [true, false])
  func pools(perApp: Bool) {
    var a = MovesClient {
      $0.freshFactor = 1
      $0.limitsPerApp = perApp
      $0.persons = 2
    }
    a.signIn()
    var b = a
    b.model.person = 1
    b.signIn()
    a.model = b.model
    for _ in 0..<60 { _ = a.get("/user/profile") }
    b.model = a.model
    #expect(b.get("/user/profile").status == (perApp ? 429 : 200))
  }

  @Test("an entity tag is weak with 32 digits, and brings 304 while nothing changes")
  func tags() {
    var client = MovesClient.signedIn()
    let first = client.get(Self.storyline)
    let tag = first.header("etag") ?? ""
    #expect(tag.wholeMatch(of: /W\/"[0-9a-f]{32}"/) != nil)
    let second = client.get(Self.storyline, headers: [SimField("If-None-Match", tag)])
    #expect(second.status == 304)
    #expect(second.body.isEmpty)
    #expect(second.header("etag") == tag)
    #expect(second.header("content-type") == nil)
    #expect(
      client.get(Self.storyline, headers: [SimField("If-None-Match", "W/\"0\"")]).status == 200)
    let changed = client.model.change(day("2018-01-10"), now: client.now)
    #expect(changed)
    let third = client.get(Self.storyline, headers: [SimField("If-None-Match", tag)])
    #expect(third.status == 200)
    #expect(client.model.stats.unchanged == 1)
  }

  @Test(
    "an unchanged answer takes a slot, or not, as it is set",
    arguments: [(true, "117"), (false, "118")])
  func unchangedCounts(counts: Bool, left: String) {
    var client = MovesClient.signedIn { $0.unchangedCounts = counts }
    let tag = client.get(Self.storyline).header("etag") ?? ""
    _ = client.get(Self.storyline, headers: [SimField("If-None-Match", tag)])
    #expect(client.get("/user/profile").header("x-ratelimit-minuteremaining") == left)
  }

  @Test(
    "a stream needs its scopes",
    arguments: [
      ("activity", "summary", 200), ("activity", "activities", 200), ("activity", "places", 403),
      ("activity", "storyline", 403), ("location", "summary", 403), ("location", "places", 200),
      ("location", "storyline", 403), ("activity%20location", "storyline", 200),
    ])
  func scopes(scopes: String, stream: String, status: Int) {
    var client = MovesClient.signedIn(scopes: scopes)
    #expect(client.get("/user/\(stream)/daily/20180110").status == status)
    #expect(client.get("/user/profile").status == 200)
  }

  @Test(
    "bad dates are 400 and counted",
    arguments: [
      "/user/storyline/daily/2018011", "/user/storyline/daily", "/user/storyline/daily/20180426",
      "/user/storyline/daily/20100101", "/user/storyline/daily/201801?trackPoints=true",
      "/user/storyline/daily?from=20180101&to=20180108&trackPoints=true",
      "/user/summary/daily?pastDays=32", "/user/summary/daily/20180110?updatedSince=yesterday",
    ])
  func bad(path: String) {
    var client = MovesClient.signedIn()
    #expect(client.get(path).status == 400)
    #expect(client.model.stats.bad == 1)
    #expect(client.model.stats.days.isEmpty)
  }

  @Test("today is the person's today, east and west of Greenwich")
  func today() throws {
    var client = MovesClient.signedIn(now: moment("2018-04-25T22:30:00"))
    #expect(client.get("/user/storyline/daily/20180426").status == 200)
    client.model.zone = try #require(SimZone("America/Los_Angeles"))
    #expect(client.get("/user/storyline/daily/20180426").status == 400)
    #expect(client.get("/user/storyline/daily/20180425").status == 200)
  }

  @Test("an account younger than the clock has one day")
  func young() {
    var client = MovesClient.signedIn { $0.firstDay = day("2019-01-01") }
    #expect(client.get("/user/storyline/daily/20190101").status == 200)
    #expect(client.get("/user/storyline/daily/20180425").status == 400)
  }

  @Test("only GET reads", arguments: ["POST", "PUT", "DELETE"])
  func method(method: String) {
    var client = MovesClient.signedIn()
    let headers = [SimField("Authorization", "Bearer \(client.access)")]
    #expect(client.send(method, "/api/1.1/user/profile", headers: headers).status == 405)
  }
}
