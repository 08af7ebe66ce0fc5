import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitModelTests {
  static let paths = [
    "/activities/steps/date/2024-05-20/1d/1min.json",
    "/activities/calories/date/2024-05-20/1d/1min.json",
    "/activities/heart/date/2024-05-20/1d/1sec.json", "/activities/date/2024-05-20.json",
    "/activities/steps/date/2024-05-20/2024-05-20.json",
    "/1.2/user/-/sleep/date/2024-05-20.json",
    "/body/log/weight/date/2024-05-20/2024-05-20.json",
  ]

  @Test("every answer has the date of its moment")
  func date() {
    var client = FitbitClient()
    for target in ["/oauth2/authorize", "/oauth2/token", "/1/user/-/profile.json", "/x"] {
      #expect(client.send("GET", target).header("Date") == "Tue, 18 Jun 2024 12:00:00 GMT")
    }
  }

  @Test("the same requests at the same moments give the same bytes")
  func replay() {
    func session(_ seed: UInt64) -> [SimResponse] {
      var client = FitbitClient {
        $0.seed = seed
        $0.lateRate = 0.3
        $0.emptyRate = 0.3
      }
      client.signIn()
      var out: [SimResponse] = []
      for hours in 0..<4 {
        client.now = FitbitClient.noon + .hours(Int64(hours) * 7)
        for path in Self.paths { out.append(client.get(path)) }
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
    var client = FitbitClient.signedIn()
    client.model.end = .gone
    let answers = [
      client.get("/profile.json"), client.refreshing(client.refresh), client.exchange("x"),
      client.send("GET", "/oauth2/authorize"),
    ]
    #expect(answers.allSatisfy { $0.status == 410 && $0.fitbitError == "system" })
    client.model.end = .refused
    #expect(client.get("/profile.json").delivery == .refused)
    client.model.end = .running
    #expect(client.get("/profile.json").status == 200)
  }

  @Test(
    "requests have their kinds and their owner",
    arguments: [
      ("/oauth2/authorize?x=y", .authorize, true), ("/oauth2/token", .token, true),
      ("/oauth2/revoke", .token, true), ("/1.1/oauth2/introspect", .token, true),
      ("/1/user/-/profile.json", .account, true), ("/1/user/-/devices.json", .index, true),
      ("/1/user/-/activities/steps/date/a/1d/1min.json", .data, true),
      ("/1.2/user/-/sleep/date/2024-06-10.json", .data, true), ("/1/user/-/x.json", .other, true),
      ("/", .other, false), ("/api/1.1/user/profile", .other, false), ("/v4/x", .other, false),
    ] as [(String, SimKind, Bool)])
  func kinds(target: String, kind: SimKind, isOwn: Bool) {
    let model = FitbitClient().model
    #expect(model.kind(of: SimRequest("GET", target)) == kind)
    #expect(model.owns(SimRequest("GET", target)) == isOwn)
  }

  @Test(
    "the day before is asked in the same form",
    arguments: [
      (
        "/1/user/-/activities/steps/date/2024-03-01/1d/1min.json",
        "/1/user/-/activities/steps/date/2024-02-29/1d/1min.json"
      ),
      ("/1.2/user/-/sleep/date/2024-01-01.json?a=b", "/1.2/user/-/sleep/date/2023-12-31.json?a=b"),
      (
        "/1/user/-/hrv/date/2024-03-01/2024-03-02/all.json",
        "/1/user/-/hrv/date/2024-02-29/2024-03-01/all.json"
      ),
    ])
  func dayBefore(target: String, expected: String) {
    let headers = [SimField("Authorization", "Bearer x")]
    let other = FitbitClient().model.askingDayBefore(SimRequest("GET", target, headers: headers))
    #expect(other == SimRequest("GET", expected, headers: headers))
  }

  @Test(
    "what names no day has no day before",
    arguments: [
      "/1/user/-/profile.json", "/oauth2/authorize", "/1.2/user/-/sleep/date/today.json",
      "/1/user/-/x/2024-01-01.json",
    ])
  func noDayBefore(target: String) {
    #expect(FitbitClient().model.askingDayBefore(SimRequest("GET", target)) == nil)
  }

  @Test("a day changed by hand changes in every stream, other days do not", arguments: paths)
  func change(path: String) {
    var client = FitbitClient.signedIn()
    let before = client.get(path)
    let other = client.get(path.split(separator: "2024-05-20").joined(separator: "2024-05-24"))
    _ = client.model.change(day("2024-05-20"), now: client.now)
    let after = client.get(path)
    let unchanged = client.get(
      path.split(separator: "2024-05-20").joined(separator: "2024-05-24"))
    #expect(before.body != after.body)
    #expect(other.body == unchanged.body)
    let nobody = client.model.change(day("2024-05-20"), person: 7, now: client.now)
    #expect(!nobody)
  }

  @Test("days change late by themselves, at the same moment each time")
  func late() throws {
    var client = FitbitClient.signedIn { $0.lateRate = 1 }
    let date = day("2024-05-20")
    let change = try #require(client.model.wearers[0].changes(date).first)
    let path = Self.paths[0]
    func body(_ offset: Int) -> [UInt8] {
      client.now = Instant(seconds: Int64(change + offset))
      client.signIn()
      return client.get(path).body
    }
    let before = body(-1)
    let after = body(0)
    #expect(before != after)
    #expect(body(9_999_999) == after)
  }

  @Test("people have days and ids of their own")
  func persons() {
    var a = FitbitClient { $0.persons = 2 }
    a.signIn()
    var b = a
    b.model.person = 1
    b.signIn()
    // Neither may have been on the scale that day.
    for path in Self.paths.dropLast() { #expect(a.get(path).body != b.get(path).body, "\(path)") }
    #expect(a.model.userID(0) != a.model.userID(1))
    #expect(b.model.grantsAlive == 2)
  }

  @Test("days keep what they were when the person travels, and known days stay known")
  func travel() throws {
    var client = FitbitClient.signedIn()
    let before = Self.paths.map { client.get($0).body }
    let today = "/activities/steps/date/2024-06-18/1d/1min.json"
    let part = client.get(today).body
    client.model.travel(to: try #require(SimZone("America/Los_Angeles")), now: client.now)
    #expect(Self.paths.map { client.get($0).body } == before)
    #expect(client.get(today).body == part)
  }
}
