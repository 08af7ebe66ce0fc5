import DaybookCore
import Testing

@testable import DaybookSimulator

struct OwnTracksStatsTests {
  @Test("the JSON names every call and every figure, and there are no windows")
  func json() throws {
    let value = try JSONValue(parsing: OwnTracksStats().json)
    #expect(value.keys == ["calls", "bad", "points", "windows", "days"])
    #expect(value["calls"] == ["lists": 0, "locations": 0, "published": 0, "other": 0])
    #expect(value["windows"] == [] && value["days"] == JSONValue.object([]))
  }

  @Test("a visit is counted by what was asked")
  func visit() {
    var recorder = Recorder()
    _ = recorder.get("list")
    _ = recorder.get("list?user=jane")
    let answer = recorder.get("locations?user=jane&device=phone&from=2015-01-05&to=2015-01-06")
    _ = recorder.get("locations?user=jane")
    _ = recorder.get("version")
    let stats = recorder.model.stats
    #expect(OwnTracksStats.Call.allCases.map { stats.count($0) } == [2, 2, 0, 1])
    #expect(stats.bad == 1)
    #expect(stats.points == document(answer)["data"]?.elements.count && stats.points > 0)
  }
}
