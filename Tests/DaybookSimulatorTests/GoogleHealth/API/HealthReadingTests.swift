import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthReadingTests {
  static let start = "steps.interval.civil_start_time"

  static func starts(_ points: [JSONValue]) -> [String] {
    points.map { $0["steps"]?["interval"]?["startTime"]?.string ?? "" }
  }

  @Test(
    "points come newest first, and all of them, whatever the page's size", arguments: [1, 7, 100])
  func pages(size: Int) {
    var client = GoogleHealthClient.signedIn {
      $0.userWindow.limit = 10_000
      $0.phoneRate = 0.5
    }
    let filter = GoogleHealthClient.on("2026-02-03", Self.start)
    let whole = client.all("steps", filter)
    #expect(whole.count > 100)
    #expect(Self.starts(whole) == Self.starts(whole).sorted(by: >))
    #expect(client.all("steps", filter, pageSize: size) == whole)
  }

  @Test(
    "a page has the usual number of points, and never more than the most",
    arguments: [
      ("heart-rate", nil, 1_440),
      ("heart-rate", "0", 1_440),
      ("heart-rate", "1441", 1_441),
      ("heart-rate", "20000", 10_000),
      ("steps", nil, 1_440),
      ("sleep", nil, 25),
      ("sleep", "100", 25),
      ("sleep", "3", 3),
      ("exercise", nil, 25),
      ("exercise", "26", 25),
    ] as [(String, String?, Int)])
  func sizes(type: String, size: String?, count: Int) {
    var client = GoogleHealthClient.signedIn()
    let page = document(client.list(type, "", size.map { [("pageSize", $0)] } ?? []))
    #expect(page["dataPoints"]?.elements.count == count)
    #expect(page["nextPageToken"]?.string?.isEmpty == false)
  }

  @Test("names of the query may be written in either way")
  func spelling() {
    var client = GoogleHealthClient.signedIn()
    let camel = document(client.list("steps", "", [("pageSize", "5")]))
    let snake = document(client.list("steps", "", [("page_size", "5")]))
    #expect(camel == snake)
    let token = camel["nextPageToken"]?.string ?? ""
    let next = client.list("steps", "", [("page_size", "5"), ("page_token", token)])
    #expect(document(next)["dataPoints"]?.elements.count == 5)
  }

  @Test("the last page has no token")
  func last() {
    var client = GoogleHealthClient.signedIn()
    let filter = GoogleHealthClient.on("2026-02-03", Self.start)
    let page = document(client.list("steps", filter, [("pageSize", "10000")]))
    #expect(page.keys == ["dataPoints"])
    let count = page["dataPoints"]?.elements.count ?? 0
    let exact = document(client.list("steps", filter, [("pageSize", "\(count)")]))
    #expect(exact.keys == ["dataPoints"])
    let less = document(client.list("steps", filter, [("pageSize", "\(count - 1)")]))
    #expect(less.keys == ["dataPoints", "nextPageToken"])
  }

  @Test("without a filter the newest come first; with a lower bound everything since")
  func unbounded() {
    var client = GoogleHealthClient.signedIn()
    let newest = document(client.list("steps", "", [("pageSize", "10")]))
    let since = document(
      client.list("steps", "\(Self.start) >= \"2026-02-03\"", [("pageSize", "10")]))
    #expect(newest["dataPoints"] == since["dataPoints"])
    let day = Self.starts(newest["dataPoints"]?.elements ?? []).first?.prefix(10)
    #expect(day == "2026-10-30")
  }

  @Test("with an upper bound only, the newest before it; history has no limit")
  func history() {
    var client = GoogleHealthClient.signedIn()
    let old = client.list("steps", "\(Self.start) < \"2020-01-03\"", [("pageSize", "10000")])
    let starts = Self.starts(document(old)["dataPoints"]?.elements ?? [])
    #expect(starts.first?.hasPrefix("2020-01-02") == true)
    #expect(starts.last?.hasPrefix("2020-01-01") == true)
    #expect(client.list("steps", "\(Self.start) < \"2020-01-01\"").bodyText == "{}")
    #expect(client.list("steps", "\(Self.start) >= \"2027-01-01\"").bodyText == "{}")
  }

  @Test("days of the civil clock tile the time", arguments: ["Europe/Berlin", "America/New_York"])
  func tiling(id: String) throws {
    let zone = try #require(SimZone(id))
    var client = GoogleHealthClient.signedIn { $0.zone = zone }
    var apart: [JSONValue] = []
    for n in 0..<8 {
      let filter = GoogleHealthClient.on("\(day("2026-10-20") + n)", Self.start)
      apart = client.all("steps", filter) + apart
    }
    let together = client.all(
      "steps", "\(Self.start) >= \"2026-10-20\" AND \(Self.start) < \"2026-10-28\"",
      pageSize: 10_000)
    #expect(together == apart)
  }

  @Test("a page may be empty and still have a token; the points are the same")
  func empty() {
    var plain = GoogleHealthClient.signedIn()
    var client = GoogleHealthClient.signedIn {
      $0.emptyPageRate = 0.5
      $0.userWindow.limit = 10_000
    }
    let filter = GoogleHealthClient.on("2026-02-03", Self.start)
    #expect(client.all("steps", filter, pageSize: 20) == plain.all("steps", filter))
    #expect(client.model.stats.emptyPages > 3)
    var seen = 0
    for n in 0..<40 {
      let filter = GoogleHealthClient.on("\(day("2026-02-03") + n)", Self.start)
      let page = document(client.list("steps", filter))
      guard page["dataPoints"] == nil else { continue }
      seen += 1
      #expect(page.keys == ["nextPageToken"])
      #expect(document(client.list("steps", filter)) == page, "the same each time")
    }
    #expect((8...32).contains(seen))
  }

  @Test("a wrong token is 400, and so is one of another request")
  func tokens() {
    var client = GoogleHealthClient.signedIn { $0.persons = 2 }
    let token = document(client.list("steps"))["nextPageToken"]?.string ?? ""
    func status(_ type: String, _ filter: String, _ token: String, _ method: String) -> Int {
      client.list(type, filter, [("pageToken", token)], method: method).status
    }
    #expect(status("steps", "", token, "dataPoints") == 200)
    #expect(status("steps", "", token + "x", "dataPoints") == 400)
    #expect(status("steps", "", "nonsense", "dataPoints") == 400)
    #expect(status("distance", "", token, "dataPoints") == 400)
    #expect(status("steps", "", token, "dataPoints:reconcile") == 400)
    let filter = GoogleHealthClient.on("2026-02-03", Self.start)
    #expect(status("steps", filter, token, "dataPoints") == 400)
    client.model.person = 1
    client.signIn()
    #expect(client.list("steps", "", [("pageToken", token)]).status == 400)
    let answer = document(client.list("steps", "", [("pageToken", token)]))
    #expect(answer["error"]?["status"] == "INVALID_ARGUMENT")
  }

  @Test("a wrong page size is 400", arguments: ["-1", "x", "1.5", ""])
  func wrongSize(size: String) {
    var client = GoogleHealthClient.signedIn()
    #expect(client.list("steps", "", [("pageSize", size)]).status == 400)
  }

  @Test(
    "families of sources: all is from wearables, or all through another app",
    arguments: [
      ("users/me/dataSourceFamilies/all-sources", true, true),
      ("users/me/dataSourceFamilies/google-wearables", true, false),
      ("users/me/dataSourceFamilies/google-sources", true, false),
      ("users/me/dataSourceFamilies/self-sources", false, false),
    ])
  func families(family: String, ofFitbit: Bool, ofOthers: Bool) {
    for (without, expected) in [([], ofFitbit), ([0], ofOthers)] {
      var client = GoogleHealthClient.signedIn { $0.withoutFitbit = without }
      let answer = client.list("steps", "", [("dataSourceFamily", family)])
      #expect(answer.status == 200)
      #expect((document(answer)["dataPoints"] != nil) == expected)
    }
  }

  @Test(
    "an unknown family is refused, and any when sleep is listed",
    arguments: [
      ("steps", "all-sources", "dataPoints", 400),
      ("steps", "users/me/dataSourceFamilies/others", "dataPoints", 400),
      ("sleep", "users/me/dataSourceFamilies/all-sources", "dataPoints", 400),
      ("sleep", "users/me/dataSourceFamilies/all-sources", "dataPoints:reconcile", 200),
    ])
  func wrongFamilies(type: String, family: String, method: String, status: Int) {
    var client = GoogleHealthClient.signedIn()
    let answer = client.list(type, "", [("dataSourceFamily", family)], method: method)
    #expect(answer.status == status)
    if status == 400 {
      #expect(document(answer).reason == "INVALID_DATA_POINT_DATA_SOURCE_FAMILY")
    }
  }

  @Test("what was measured after the last sync is not there yet")
  func sync() {
    var client = GoogleHealthClient.signedIn { $0.syncsByItself = false }
    let filter = GoogleHealthClient.on("2026-10-30", Self.start)
    #expect(client.all("steps", filter).isEmpty)
    client.now = moment("2026-10-30T11:00:00")
    client.model.sync(now: client.now)
    client.now = GoogleHealthClient.noon
    let known = Self.starts(client.all("steps", filter))
    #expect(!known.isEmpty)
    #expect(known.allSatisfy { $0 < "2026-10-30T11:00:00Z" })
    client.model.sync(now: client.now)
    let more = Self.starts(client.all("steps", filter))
    #expect(more.count > known.count)
    #expect(Array(more.suffix(known.count)) == known)
  }

  @Test("who travels takes the day along; old points keep their offset")
  func travel() throws {
    let tokyo = try #require(SimZone("Asia/Tokyo"))
    var client = GoogleHealthClient.signedIn(now: moment("2026-10-28T12:00:00")) {
      $0.heartRateEvery = 300
    }
    client.model.travel(to: tokyo, now: client.now)
    client.now = GoogleHealthClient.noon
    client.signIn()
    let all = client.all("heart-rate", "heart_rate.sample_time.civil_time >= \"2026-10-27\"")
    #expect(all.count > 800)
    for point in all {
      let time = point["heartRate"]?["sampleTime"]
      let isBefore = time?["physicalTime"]?.string ?? "" < "2026-10-28T12:00:00Z"
      #expect(time?["utcOffset"] == (isBefore ? "3600s" : "32400s"))
    }
    let nights = client.all("sleep", "sleep.interval.civil_end_time >= \"2026-10-28\"")
    #expect(nights.contains { $0["sleep"]?["interval"]?["endUtcOffset"] == "32400s" })
  }

  @Test("a point is found by its id, and no other")
  func get() {
    var client = GoogleHealthClient.signedIn()
    for type in ["sleep", "exercise", "weight", "body-fat"] {
      let listed = document(client.list(type))["dataPoints"]?.elements ?? []
      for point in listed.prefix(5) {
        let id = point["name"]?.string?.split(separator: "/").last ?? ""
        #expect(document(client.get("dataTypes/\(type)/dataPoints/\(id)")) == point)
      }
      for id in ["0", "x", "12345699", "99999999999999", "-1"] {
        let answer = client.get("dataTypes/\(type)/dataPoints/\(id)")
        #expect(answer.status == 404)
        #expect(document(answer)["error"]?["status"] == "NOT_FOUND")
      }
    }
    #expect(client.get("dataTypes/steps/dataPoints/1").status == 400, "steps have no ids")
  }
}
