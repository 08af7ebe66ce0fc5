import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesModelTests {
  @Test("every answer has the date of its moment")
  func date() {
    var client = MovesClient()
    for target in ["/oauth/v1/authorize", "/api/1.1/user/profile", "/nothing"] {
      #expect(client.send("GET", target).header("Date") == "Wed, 25 Apr 2018 12:00:00 GMT")
    }
  }

  @Test(
    "what is not there is 404",
    arguments: [
      "/", "/oauth", "/oauth/v1", "/oauth/v1/revoke", "/oauth/v2/authorize",
      "/api/1.0/user/profile",
      "/api/1.1", "/api/1.1/user", "/api/1.1/user/profile/x", "/api/1.1/user/sleep/daily/20180424",
      "/api/1.1/user/storyline/weekly/20180424", "/api/1.1/user/storyline/daily/20180424/x",
      "/oauth/v1/authorize/x",
    ])
  func unknown(target: String) {
    var client = MovesClient.signedIn()
    #expect(client.send("GET", target).status == 404)
    #expect(client.model.stats.count(.other) == 1)
  }

  @Test("the same requests at the same moments give the same bytes")
  func replay() {
    func session(_ seed: UInt64) -> [SimResponse] {
      var client = MovesClient.signedIn {
        $0.seed = seed
        $0.lateRate = 0.3
        $0.emptyRate = 0.3
      }
      var out: [SimResponse] = []
      for hours in 0..<30 {
        client.now = MovesClient.noon + .hours(Int64(hours) * 7)
        out.append(client.get("/user/storyline/daily?pastDays=7&trackPoints=true"))
        out.append(client.refreshing(client.refresh))
        client.keep(out[out.count - 1])
      }
      return out
    }
    let first = session(5)
    #expect(first == session(5))
    #expect(first != session(6))
    #expect(first.allSatisfy { $0.status == 200 })
  }

  @Test("after the end everything is gone, the token endpoint too")
  func gone() {
    var client = MovesClient.signedIn()
    client.model.end = .gone
    #expect(client.get("/user/profile").status == 410)
    #expect(client.refreshing(client.refresh).status == 410)
    #expect(client.send("GET", "/oauth/v1/authorize").status == 410)
    client.model.end = .refused
    #expect(client.get("/user/profile").delivery == .refused)
    client.model.end = .running
    #expect(client.get("/user/profile").status == 200)
  }

  @Test("ids have 17 digits and differ from person to person", arguments: [1, 2, 77] as [UInt64])
  func ids(seed: UInt64) {
    let model = MovesClient {
      $0.seed = seed; $0.persons = 5
    }.model
    let ids = (0..<5).map { model.userID($0) }
    #expect(ids.allSatisfy { String($0).count == 17 })
    #expect(ids.allSatisfy { $0 > 1 << 53 })
    #expect(Set(ids).count == 5)
    #expect(ids == (0..<5).map { model.userID($0) })
  }

  @Test(
    "requests have their kinds",
    arguments: [
      ("/oauth/v1/authorize?x=y", .authorize), ("/oauth/v1/access_token", .token),
      ("/oauth/v1/tokeninfo", .token), ("/api/1.1/user/profile", .account),
      ("/api/1.1/activities", .account), ("/api/1.1/user/summary/daily/20180424", .data),
      ("/api/1.1/user/storyline/daily?pastDays=2", .data), ("/api/1.0/user/profile", .other),
      ("/", .other), ("/api/1.1", .other),
    ] as [(String, SimKind)])
  func kinds(target: String, kind: SimKind) {
    #expect(MovesClient().model.kind(of: SimRequest("GET", target)) == kind)
  }

  @Test(
    "the day before is asked in the same form",
    arguments: [
      ("/api/1.1/user/storyline/daily/20180301", "/api/1.1/user/storyline/daily/20180228"),
      ("/api/1.1/user/places/daily/2018-01-01?a=b", "/api/1.1/user/places/daily/2017-12-31?a=b"),
    ])
  func dayBefore(target: String, expected: String) {
    let headers = [SimField("Authorization", "Bearer x")]
    let request = SimRequest("GET", target, headers: headers)
    let other = MovesClient().model.askingDayBefore(request)
    #expect(other == SimRequest("GET", expected, headers: headers))
  }

  @Test(
    "what names no single day has no day before",
    arguments: [
      "/api/1.1/user/storyline/daily/2018-W24", "/api/1.1/user/storyline/daily?pastDays=3",
      "/api/1.1/user/profile", "/oauth/v1/authorize", "/api/1.1/user/storyline/daily/201804",
    ])
  func noDayBefore(target: String) {
    #expect(MovesClient().model.askingDayBefore(SimRequest("GET", target)) == nil)
  }

  @Test("a redirect URI can be registered while there are fewer than three")
  func register() {
    var model = MovesClient().model
    let first = model.register(redirectURI: "http://127.0.0.1:4711/cb")
    let second = model.register(redirectURI: "http://127.0.0.1:4712/cb")
    #expect(first && !second)
    #expect(model.isRegistered("http://127.0.0.1:4711/cb"))
    var fresh = MovesClient().model
    let nonsense = fresh.register(redirectURI: "nonsense")
    #expect(!nonsense)
  }

  @Test("a day changed by hand changes in bytes and in time, other days do not")
  func change() {
    var client = MovesClient.signedIn()
    let before = client.get("/user/storyline/daily/20180110")
    let other = client.get("/user/storyline/daily/20180220")
    client.now = client.now + .minutes(5)
    let changed = client.model.change(day("2018-01-10"), now: client.now)
    let after = client.get("/user/storyline/daily/20180110")
    let unchanged = client.get("/user/storyline/daily/20180220")
    #expect(changed)
    #expect(before.header("ETag") != after.header("ETag"))
    #expect(after.bodyText.contains("\"lastUpdate\":\"20180425T120500Z\""))
    #expect(other.body == unchanged.body)
    let nobody = client.model.change(day("2018-01-10"), person: 7, now: client.now)
    #expect(!nobody)
  }

  @Test("people have days of their own")
  func persons() {
    var a = MovesClient { $0.persons = 2 }
    a.signIn()
    var b = a
    b.model.person = 1
    b.signIn()
    let first = a.get("/user/storyline/daily/20180110")
    let second = b.get("/user/storyline/daily/20180110")
    #expect(first.status == 200 && second.status == 200)
    #expect(first.body != second.body)
  }
}
