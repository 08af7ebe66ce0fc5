import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteGraphTests {
  static let whole = [
    "userId=2ABCDE", "type=intradaySteps", "version=amchart", "dataVersion=2108",
    "chart_Type=column2d", "period=1d", "dateTo=2014-06-01",
  ]

  static func request(_ fields: [String]) -> SiteGraphRequest? {
    SiteGraphRequest(FormText.fields(fields.joined(separator: "&")))
  }

  @Test(
    "the four graphs have their types, versions and names",
    arguments: [
      (.steps, "intradaySteps", "2108", "steps"),
      (.calories, "intradayCaloriesBurned", "2108", "calories"),
      (.activeScore, "intradayActiveScore", "2108", "active_score"),
      (.sleep, "intradaySleep", "2112", "sleep"),
    ] as [(SiteGraph, String, String, String)])
  func graphs(graph: SiteGraph, type: String, version: String, name: String) {
    #expect(graph.rawValue == type)
    #expect(graph.dataVersion == version)
    #expect(graph.call.rawValue == name)
  }

  @Test("a request is read from its parameters, in any order")
  func reading() throws {
    let request = try #require(Self.request(Self.whole))
    #expect(request.userID == "2ABCDE")
    #expect(request.graph == .steps)
    #expect(request.day == day("2014-06-01"))
    #expect(request.record == nil)
    #expect(Self.request(Self.whole.reversed()) == request)
    #expect(Self.request(Self.whole + ["other=1"]) == request)
  }

  @Test("arg names a sleep record, empty it names none")
  func record() {
    #expect(Self.request(Self.whole + ["arg=123"])?.record == "123")
    #expect(Self.request(Self.whole + ["arg="])?.record == nil)
  }

  @Test("no parameter can be left out", arguments: whole.indices)
  func missing(index: Int) {
    var fields = Self.whole
    fields.remove(at: index)
    #expect(Self.request(fields) == nil)
  }

  @Test(
    "values that the charts never sent are not understood",
    arguments: [
      "type=intradayFloors", "type=intradaySleep", "version=2", "dataVersion=2112",
      "chart_Type=line", "period=7d", "dateTo=20140601", "dateTo=2014-6-1", "dateTo=2014-02-30",
      "dateTo=today", "dateTo=",
    ])
  func wrong(field: String) {
    #expect(Self.request(Self.whole + [field]) == nil)
  }

  @Test("sleep comes with a data version of its own")
  func sleep() {
    let fields = Self.whole + ["type=intradaySleep", "dataVersion=2112"]
    #expect(Self.request(fields)?.graph == .sleep)
  }
}
