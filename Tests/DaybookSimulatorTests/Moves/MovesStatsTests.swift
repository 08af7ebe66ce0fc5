import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesStatsTests {
  static let windows = [SimWindow("Minute", length: .seconds(60), limit: 60)]

  @Test("an unused model has counted nothing")
  func empty() {
    let stats = MovesStats(windows: Self.windows)
    #expect(MovesStats.Call.allCases.allSatisfy { stats.count($0) == 0 })
    #expect(stats.meters.count == 1 && stats.meters[0].meter.total == 0)
    #expect(stats.days.isEmpty)
  }

  @Test("the JSON names every call and every figure")
  func json() throws {
    var stats = MovesStats(windows: Self.windows)
    stats.add(.storyline)
    stats.add(.storyline)
    stats.add(.refresh)
    stats.refused = 3
    stats.days[StreamDay("storyline", day("2018-04-25"))] = 2
    stats.days[StreamDay("storyline", day("2018-04-26"))] = 1
    stats.meters[0].meter.count(MovesClient.noon)
    let value = try JSONValue(parsing: stats.json)
    #expect(value["calls"]?.keys == MovesStats.Call.allCases.map(\.rawValue))
    #expect(value["calls"]?["storyline"] == 2)
    #expect(value["calls"]?["refresh"] == 1)
    #expect(value["refused"] == 3)
    #expect(value["days"]?["storyline"] == ["read": 2, "most_reads": 2, "reads": 3])
    #expect(value["days"]?["summary"] == ["read": 0, "most_reads": 0, "reads": 0])
    #expect(
      value["windows"] == [
        [
          "name": "Minute", "milliseconds": 60_000, "limit": 60, "most_rolling": 1,
          "most_fixed": 1, "total": 1,
        ]
      ])
  }

  @Test("the figures of tokens and answers are there")
  func figures() throws {
    let value = try JSONValue(parsing: MovesStats(windows: []).json)
    #expect(
      value.keys == [
        "calls", "refused", "unauthorized", "unchanged", "bad", "refreshed", "dead_refreshes",
        "graced", "windows", "days",
      ])
  }

  @Test("a session is counted by what was asked")
  func session() {
    var client = MovesClient.signedIn()
    _ = client.get("/user/profile")
    _ = client.get("/activities")
    _ = client.get("/user/storyline/daily/20180424")
    _ = client.get("/user/storyline/daily?pastDays=3")
    _ = client.get("/user/summary/daily/20180101")
    _ = client.get("/nothing")
    let refreshed = client.refreshing(client.refresh)
    client.keep(refreshed)
    let stats = client.model.stats
    let counts = MovesStats.Call.allCases.map { stats.count($0) }
    #expect(counts == [1, 1, 1, 0, 1, 1, 1, 0, 0, 2, 1])
    #expect(stats.refreshed == 1)
    #expect(stats.days[.init("storyline", day("2018-04-24"))] == 2)
    #expect(stats.days[.init("storyline", day("2018-04-25"))] == 1)
    #expect(stats.days[.init("summary", day("2018-01-01"))] == 1)
    #expect(stats.meters.map(\.meter.total) == [5, 5])
  }

  @Test("counting days can be left out")
  func uncounted() {
    var client = MovesClient.signedIn { $0.countsDays = false }
    _ = client.get("/user/storyline/daily/20180424")
    #expect(client.model.stats.days.isEmpty)
  }
}
