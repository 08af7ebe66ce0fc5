import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleHealthStatsTests {
  static let windows = [SimWindow("UserMinute", length: .seconds(60), limit: 300)]

  @Test("an unused model has counted nothing")
  func empty() {
    let stats = GoogleHealthStats(windows: Self.windows)
    #expect(GoogleHealthStats.Call.allCases.allSatisfy { stats.count($0) == 0 })
    #expect(stats.meters.count == 1 && stats.meters[0].meter.total == 0)
    #expect(stats.days.isEmpty)
  }

  @Test("the JSON names every call and every figure")
  func json() throws {
    var stats = GoogleHealthStats(windows: Self.windows)
    stats.add(.list)
    stats.add(.list)
    stats.add(.dailyRollUp)
    stats.refused = 3
    stats.days[.init("steps", day("2026-02-03"))] = 2
    stats.days[.init("steps", day("2026-02-04"))] = 1
    stats.days[.init("sleep", day("2026-02-04"))] = 4
    stats.meters[0].meter.count(GoogleHealthClient.noon)
    let value = try JSONValue(parsing: stats.json)
    #expect(value["calls"]?.keys == GoogleHealthStats.Call.allCases.map(\.rawValue))
    #expect(value["calls"]?["list"] == 2)
    #expect(value["calls"]?["daily_roll_up"] == 1)
    #expect(value["refused"] == 3)
    #expect(value["days"]?.keys == ["steps", "sleep"], "in the order of the types")
    #expect(value["days"]?["steps"] == ["read": 2, "most_reads": 2, "reads": 3])
    #expect(value["days"]?["sleep"] == ["read": 1, "most_reads": 4, "reads": 4])
    #expect(
      value["windows"] == [
        [
          "name": "UserMinute", "milliseconds": 60_000, "limit": 300, "most_rolling": 1,
          "most_fixed": 1, "total": 1,
        ]
      ])
  }

  @Test("the figures of tokens and answers are there")
  func figures() throws {
    let value = try JSONValue(parsing: GoogleHealthStats(windows: []).json)
    #expect(
      value.keys == [
        "calls", "refused", "unauthorized", "forbidden", "bad", "refreshed", "dead_refreshes",
        "access_tokens", "refresh_tokens", "evicted", "empty_pages", "windows", "days",
      ])
  }

  @Test("a session is counted by what was asked")
  func session() {
    var client = GoogleHealthClient.signedIn()
    for path in ["identity", "profile", "settings", "pairedDevices", "nothing"] {
      _ = client.get(path)
    }
    _ = client.list("steps")
    _ = client.list("steps", method: "dataPoints:reconcile")
    _ = client.get("dataTypes/sleep/dataPoints/1")
    _ = client.get("dataTypes/exercise/dataPoints/1:exportExerciseTcx")
    _ = client.daily("steps", "2026-02-03", "2026-02-05")
    _ = client.post("steps", "rollUp", "{}")
    _ = client.refreshing(client.refresh)
    _ = client.send("POST", "/revoke?token=x")
    let stats = client.model.stats
    let counts = GoogleHealthStats.Call.allCases.map { stats.count($0) }
    #expect(counts == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(stats.refreshed == 1)
    #expect(stats.accessTokens == 2)
    #expect(stats.refreshTokens == 1)
    #expect(stats.bad == 1)
    #expect(stats.meters.map(\.meter.total) == [10, 10, 10])
  }

  @Test("days are counted once for each reading that begins, not for each page")
  func days() {
    var client = GoogleHealthClient.signedIn()
    let filter = GoogleHealthClient.on("2026-02-03", "steps.interval.civil_start_time")
    _ = client.all("steps", filter, pageSize: 50)
    #expect(client.model.stats.count(.list) > 2)
    #expect(client.model.stats.days == [.init("steps", day("2026-02-03")): 1])
    _ = client.daily("steps", "2026-02-03", "2026-02-05")
    #expect(client.model.stats.days[.init("steps", day("2026-02-03"))] == 2)
    #expect(client.model.stats.days[.init("steps", day("2026-02-04"))] == 1)
    #expect(client.model.stats.days[.init("steps", day("2026-02-05"))] == nil)
  }

  @Test("nothing is counted by day when that is not wanted, or when a bound is missing")
  func uncounted() {
    var client = GoogleHealthClient.signedIn { $0.countsDays = false }
    _ = client.daily("steps", "2026-02-03", "2026-02-05")
    #expect(client.model.stats.days.isEmpty)
    var other = GoogleHealthClient.signedIn()
    _ = other.list("steps", "steps.interval.civil_start_time >= \"2026-02-03\"")
    #expect(other.model.stats.days.isEmpty)
  }

  @Test("refusals are counted by their kinds")
  func refusals() {
    var client = GoogleHealthClient.signedIn(topics: ["sleep"]) { $0.userWindow.limit = 3 }
    _ = client.list("steps")
    _ = client.list("nonsense")
    _ = client.list("sleep", "nonsense")
    _ = client.list("sleep")
    client.access = "nothing"
    _ = client.list("sleep")
    let stats = client.model.stats
    #expect(stats.forbidden == 1)
    #expect(stats.bad == 2)
    #expect(stats.refused == 1)
    #expect(stats.unauthorized == 1)
  }
}
