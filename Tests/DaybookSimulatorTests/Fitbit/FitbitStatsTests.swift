import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitStatsTests {
  static let window = SimWindow("Hour", length: .hours(1), limit: 150)

  @Test("an unused model has counted nothing")
  func empty() {
    let stats = FitbitStats(windows: [Self.window])
    #expect(FitbitStats.Call.allCases.allSatisfy { stats.count($0) == 0 })
    #expect(stats.meters.count == 1 && stats.meters[0].meter.total == 0)
    #expect(stats.days.isEmpty)
  }

  @Test("statuses are counted where they say something")
  func statuses() {
    var stats = FitbitStats(windows: [Self.window])
    for status in [200, 400, 400, 401, 403, 403, 403, 429, 500] { stats.count(status: status) }
    #expect(stats.bad == 2 && stats.unauthorized == 1)
    #expect(stats.forbidden == 3 && stats.refused == 1)
  }

  @Test("the JSON names every call and every figure")
  func json() throws {
    var stats = FitbitStats(windows: [Self.window])
    stats.add(.sleep)
    stats.add(.sleep)
    stats.add(.refresh)
    stats.count("sleep", day("2024-06-01")...day("2024-06-03"))
    stats.count("sleep", day("2024-06-03")...day("2024-06-03"))
    stats.count("br", day("2024-06-03")...day("2024-06-03"))
    stats.meters[0].meter.count(FitbitClient.noon)
    let value = try JSONValue(parsing: stats.json)
    #expect(
      value.keys == [
        "calls", "refused", "unauthorized", "forbidden", "bad", "issued", "refreshed",
        "dead_refreshes", "graced", "windows", "days",
      ])
    #expect(value["calls"]?.keys == FitbitStats.Call.allCases.map(\.rawValue))
    #expect(value["calls"]?["sleep"] == 2 && value["calls"]?["refresh"] == 1)
    #expect(value["days"]?.keys == ["br", "sleep"])
    #expect(value["days"]?["sleep"] == ["read": 3, "most_reads": 2, "reads": 4])
    #expect(
      value["windows"] == [
        [
          "name": "Hour", "milliseconds": 3_600_000, "limit": 150, "most_rolling": 1,
          "most_fixed": 1, "total": 1,
        ]
      ])
  }

  @Test("a session is counted by what was asked")
  func session() {
    var client = FitbitClient.signedIn()
    let paths = [
      "/profile.json", "/devices.json", "/activities/date/2024-06-10.json",
      "/activities/steps/date/2024-06-10/2024-06-11.json",
      "/activities/steps/date/2024-06-10/1d/1min.json",
      "/activities/heart/date/2024-06-10/2024-06-11.json",
      "/activities/heart/date/2024-06-10/1d/1min.json", "/hrv/date/2024-06-10/all.json",
      "/spo2/date/2024-06-10/all.json", "/br/date/2024-06-10/all.json",
      "/1.2/user/-/sleep/date/2024-06-10.json",
      "/body/log/weight/date/2024-06-10/2024-06-11.json", "/nothing.json",
    ]
    for path in paths { _ = client.get(path) }
    client.keep(client.refreshing(client.refresh))
    let stats = client.model.stats
    let counts = FitbitStats.Call.allCases.map { stats.count($0) }
    #expect(counts == [1, 1, 1, 0, 0] + [Int](repeating: 1, count: 13))
    #expect(stats.issued == 2 && stats.refreshed == 1)
    #expect(stats.meters.map(\.meter.total) == [12])
  }
}
