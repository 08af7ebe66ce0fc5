import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSiteStatsTests {
  static let windows = [SimWindow("Minute", length: .seconds(60), limit: 60)]

  @Test("an unused site has counted nothing")
  func empty() {
    let stats = FitbitSiteStats(windows: Self.windows)
    #expect(FitbitSiteStats.Call.allCases.allSatisfy { stats.count($0) == 0 })
    #expect(stats.meters.count == 1 && stats.meters[0].meter.total == 0)
    #expect(stats.days.isEmpty)
  }

  @Test("the JSON names every call, every figure, every window and every graph")
  func json() throws {
    var stats = FitbitSiteStats(windows: Self.windows)
    stats.add(.steps)
    stats.add(.steps)
    stats.add(.activeScore)
    stats.refused = 3
    stats.days[StreamDay("steps", day("2014-06-18"))] = 2
    stats.days[StreamDay("steps", day("2014-06-17"))] = 1
    stats.meters[0].meter.count(SiteBrowser.noon)
    let value = try JSONValue(parsing: stats.json)
    #expect(
      value.keys == [
        "calls", "refused", "unauthorized", "forbidden", "bad", "agents", "cookieless",
        "stale_forms", "wrong_credentials", "logins", "renewed", "sessions", "unavailable",
        "windows", "days",
      ])
    #expect(value["calls"]?.keys == FitbitSiteStats.Call.allCases.map(\.rawValue))
    #expect(value["calls"]?["steps"] == 2)
    #expect(value["calls"]?["active_score"] == 1)
    #expect(value["refused"] == 3)
    #expect(value["days"]?.keys == ["steps", "calories", "active_score", "sleep"])
    #expect(value["days"]?["steps"] == ["read": 2, "most_reads": 2, "reads": 3])
    #expect(value["days"]?["sleep"] == ["read": 0, "most_reads": 0, "reads": 0])
    #expect(
      value["windows"] == [
        [
          "name": "Minute", "milliseconds": 60_000, "limit": 60, "most_rolling": 1,
          "most_fixed": 1, "total": 1,
        ]
      ])
  }

  @Test("a visit is counted by what was asked")
  func visit() throws {
    var browser = SiteBrowser()
    _ = browser.send("GET", "/login")
    _ = browser.signIn(["password": "wrong"])
    _ = browser.signIn(["__fp": "old"])
    _ = browser.signIn()
    for graph in SiteGraph.allCases { _ = browser.graph(graph.rawValue, "2014-06-01") }
    _ = browser.graph("intradaySteps", "2014-06-01")
    _ = browser.graph("intradaySteps", "2014-06-01", ["userId": "ABCDEF"])
    _ = browser.graph("intradayFloors", "2014-06-01")
    _ = browser.send("GET", "/logout")
    _ = browser.graph("intradaySteps", "2014-06-01")
    let stats = browser.model.stats
    let counts = FitbitSiteStats.Call.allCases.map { stats.count($0) }
    #expect(counts == [3, 1, 4, 3, 1, 4, 1, 1, 1, 1])
    #expect(stats.cookieless == 1)
    #expect(stats.wrongCredentials == 1)
    #expect(stats.staleForms == 1)
    #expect(stats.logins == 1)
    #expect(stats.sessions == 1)
    #expect(stats.forbidden == 1)
    #expect(stats.bad == 1)
    #expect(stats.unauthorized == 1)
    #expect(stats.days[.init("steps", day("2014-06-01"))] == 2)
    #expect(stats.days[.init("active_score", day("2014-06-01"))] == 1)
    #expect(stats.meters.map(\.meter.total) == [7, 7])
    #expect(try JSONValue(parsing: stats.json)["wrong_credentials"] == 1)
  }

  @Test("counting days can be left out")
  func uncounted() {
    var browser = SiteBrowser.signedIn { $0.countsDays = false }
    _ = browser.graph("intradaySteps", "2014-06-01")
    #expect(browser.model.stats.days.isEmpty)
    #expect(browser.model.stats.count(.steps) == 1)
  }
}
