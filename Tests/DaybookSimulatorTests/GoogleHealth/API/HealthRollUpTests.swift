import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthRollUpTests {
  static func sums(_ value: JSONValue) -> [Int] {
    (value["rollupDataPoints"]?.elements ?? []).map {
      Int($0["steps"]?["countSum"]?.string ?? "") ?? -1
    }
  }

  @Test("a day is a civil one, with its sum as a string")
  func daily() {
    var client = GoogleHealthClient.signedIn()
    let value = document(client.daily("steps", "2026-02-03", "2026-02-04"))
    #expect(value.keys == ["rollupDataPoints"])
    let point = value["rollupDataPoints"]?.elements.first
    #expect(point?.keys == ["civilStartTime", "civilEndTime", "steps"])
    #expect(
      point?["civilStartTime"] == ["date": ["year": 2026, "month": 2, "day": 3], "time": [:]])
    #expect(
      point?["civilEndTime"] == ["date": ["year": 2026, "month": 2, "day": 4], "time": [:]])
    #expect(Self.sums(value)[0] > 1_000)
  }

  @Test(
    "the sum of a day is the sum of its reconciled points",
    arguments: ["2026-02-03", "2026-03-29", "2026-10-25", "2020-01-01"])
  func agrees(date: String) {
    var client = GoogleHealthClient.signedIn { $0.phoneRate = 0.5 }
    let filter = GoogleHealthClient.on(date, "steps.interval.civil_start_time")
    func total(_ points: [JSONValue]) -> Int {
      points.map { Int($0["steps"]?["count"]?.string ?? "") ?? 0 }.reduce(0, +)
    }
    let merged = total(client.all("steps", filter, method: "dataPoints:reconcile"))
    let raw = total(client.all("steps", filter))
    let value = document(client.daily("steps", date, "\(day(date) + 1)"))
    #expect(Self.sums(value) == [merged])
    #expect(raw > merged, "the phone counts twice")
  }

  @Test("days come newest first, and a day without data is missing")
  func missing() {
    var client = GoogleHealthClient.signedIn { $0.emptyRate = 1 }
    let value = document(client.daily("steps", "2026-02-01", "2026-04-30"))
    let history = client.model.histories[0]
    let expected = (day("2026-02-01").number..<day("2026-04-30").number).filter {
      history.isWorn($0)
    }
    #expect(expected.count < 88)
    let days = (value["rollupDataPoints"]?.elements ?? []).map { point in
      let date = point["civilStartTime"]?["date"]
      return Day(
        year: Int(date?["year"]?.int ?? 0), month: Int(date?["month"]?.int ?? 0),
        day: Int(date?["day"]?.int ?? 0))?.number ?? 0
    }
    #expect(days == days.sorted(by: >))
    #expect(Set(days).isSuperset(of: expected))
    // Summer time begins: the hour after midnight may belong to the day's neighbour.
    #expect(days.count <= expected.count + 2)
  }

  @Test("nothing at all is an empty object")
  func nothing() {
    var client = GoogleHealthClient.signedIn()
    #expect(client.daily("steps", "2019-02-01", "2019-03-01").bodyText == "{}")
    #expect(client.daily("active-minutes", "2026-02-01", "2026-02-03").bodyText == "{}")
    #expect(client.daily("steps", "2027-02-01", "2027-03-01").bodyText == "{}")
  }

  @Test(
    "the longest range is 90 days, of some types 14",
    arguments: [
      ("steps", 90, 200),
      ("steps", 91, 400),
      ("weight", 90, 200),
      ("weight", 91, 400),
      ("heart-rate", 14, 200),
      ("heart-rate", 15, 400),
      ("total-calories", 14, 200),
      ("total-calories", 15, 400),
      ("active-minutes", 14, 200),
      ("active-minutes", 15, 400),
      ("calories-in-heart-rate-zone", 15, 400),
      ("steps", 0, 400),
      ("steps", -1, 400),
    ])
  func longest(type: String, days: Int, status: Int) {
    var client = GoogleHealthClient.signedIn()
    let answer = client.daily(type, "2026-02-03", "\(day("2026-02-03") + days)")
    #expect(answer.status == status)
    if status == 400 { #expect(document(answer)["error"]?["status"] == "INVALID_ARGUMENT") }
    let from = moment("2026-02-03T00:00:00")
    let to = from + .days(Int64(days))
    let physical = client.post(
      type, "rollUp",
      "{\"range\":{\"startTime\":\"\(from)\",\"endTime\":\"\(to)\"},\"windowSize\":\"86400s\"}")
    #expect(physical.status == status)
  }

  @Test(
    "what is wrong in a body is 400 INVALID_ARGUMENT",
    arguments: [
      "",
      "[]",
      "{}",
      "{\"range\":{}}",
      "{\"range\":RANGE,\"windowSizeDays\":0}",
      "{\"range\":RANGE,\"windowSizeDays\":\"x\"}",
      "{\"range\":RANGE,\"pageSize\":-1}",
      "{\"range\":RANGE,\"pageToken\":\"x\"}",
      "{\"range\":RANGE,\"windowSize\":\"60s\"}",
      "{\"range\":RANGE,\"filter\":\"x\"}",
      "{\"range\":{\"startTime\":\"2026-02-03T00:00:00Z\",\"endTime\":\"2026-02-04T00:00:00Z\"}}",
    ])
  func wrong(body: String) {
    var client = GoogleHealthClient.signedIn()
    let range = GoogleHealthClient.range("2026-02-03", "2026-02-04")
    let text = body.split(separator: "RANGE", omittingEmptySubsequences: false)
      .joined(separator: range)
    let answer = client.post("steps", "dailyRollUp", text)
    #expect(answer.status == 400)
    #expect(document(answer)["error"]?["status"] == "INVALID_ARGUMENT")
  }

  @Test("days must begin at midnight, and may end before it")
  func aligned() {
    var client = GoogleHealthClient.signedIn()
    func body(_ from: Int, _ to: Int) -> String {
      let date = "\"date\":{\"year\":2026,\"month\":2,\"day\":3}"
      return "{\"range\":{\"start\":{\(date),\"time\":{\"hours\":\(from)}},"
        + "\"end\":{\(date),\"time\":{\"hours\":\(to)}}}}"
    }
    #expect(client.post("steps", "dailyRollUp", body(1, 12)).status == 400)
    let value = document(client.post("steps", "dailyRollUp", body(0, 12)))
    let whole = document(client.daily("steps", "2026-02-03", "2026-02-04"))
    #expect(value["rollupDataPoints"]?.elements.first?["civilEndTime"]?["time"] == ["hours": 12])
    #expect(Self.sums(value)[0] < Self.sums(whole)[0])
  }

  @Test("windows of several days add them up, the last one is cut")
  func windows() {
    var client = GoogleHealthClient.signedIn()
    let days = Self.sums(document(client.daily("steps", "2026-02-03", "2026-02-13")))
    let value = document(
      client.daily("steps", "2026-02-03", "2026-02-13", more: ",\"windowSizeDays\":4"))
    #expect(days.count == 10)
    #expect(
      Self.sums(value) == [days[0] + days[1], days[2...5].reduce(0, +), days[6...9].reduce(0, +)])
    let first = value["rollupDataPoints"]?.elements.first
    #expect(first?["civilEndTime"]?["date"] == ["year": 2026, "month": 2, "day": 13])
  }

  @Test("pages go on in the body, all other fields unchanged")
  func paging() {
    var client = GoogleHealthClient.signedIn()
    let whole = document(client.daily("steps", "2026-02-03", "2026-02-20"))
    var pages: [JSONValue] = []
    var more = ",\"pageSize\":5"
    var counts: [Int] = []
    while true {
      let page = document(client.daily("steps", "2026-02-03", "2026-02-20", more: more))
      let points = page["rollupDataPoints"]?.elements ?? []
      pages += points
      counts.append(points.count)
      guard let token = page["nextPageToken"]?.string, counts.count < 9 else { break }
      more = ",\"pageSize\":5,\"pageToken\":\"\(token)\""
      let foreign = client.daily("steps", "2026-02-03", "2026-02-21", more: more)
      #expect(foreign.status == 400)
    }
    #expect(counts == [5, 5, 5, 2])
    #expect(pages == whole["rollupDataPoints"]?.elements)
  }

  @Test("a page size above the most is cut without a word")
  func sizes() {
    var client = GoogleHealthClient.signedIn()
    let more = ",\"pageSize\":1000"
    let value = document(client.daily("steps", "2026-02-03", "2026-05-04", more: more))
    #expect(value["rollupDataPoints"]?.elements.count == 90)
    #expect(value["nextPageToken"] == nil)
  }

  @Test(
    "every type that sums up does so",
    arguments: HealthDataType.all.filter { $0.stream != nil && $0.methods.contains(.dailyRollUp) })
  func types(type: HealthDataType) {
    var client = GoogleHealthClient.signedIn()
    let value = document(client.daily(type.name, "2026-02-01", "2026-02-15"))
    let points = value["rollupDataPoints"]?.elements ?? []
    #expect(!points.isEmpty)
    #expect(points.allSatisfy { $0.keys.count == 3 })
  }

  @Test("today is summed up as far as it is known")
  func today() {
    var client = GoogleHealthClient.signedIn()
    let now = Self.sums(document(client.daily("steps", "2026-10-30", "2026-10-31")))
    client.now = client.now + .days(2)
    client.signIn()
    let later = Self.sums(document(client.daily("steps", "2026-10-30", "2026-10-31")))
    #expect(now.count == 1 && later.count == 1)
    #expect(now[0] < later[0])
  }

  @Test("families of sources are those of the points")
  func families() {
    var client = GoogleHealthClient.signedIn()
    func answer(_ family: String) -> SimResponse {
      client.daily(
        "steps", "2026-02-03", "2026-02-04", more: ",\"dataSourceFamily\":\"\(family)\"")
    }
    #expect(Self.sums(document(answer("users/me/dataSourceFamilies/google-wearables"))).count == 1)
    #expect(answer("users/me/dataSourceFamilies/self-sources").bodyText == "{}")
    #expect(document(answer("x")).reason == "INVALID_DATA_POINT_DATA_SOURCE_FAMILY")
  }
}
