import DaybookCore
import Testing

@testable import DaybookSimulator

private struct Figures: ModelFigures, StatusFigures {
  enum Call: String, CaseIterable { case one, two }

  var bad = 0
  var unauthorized = 0
  var forbidden = 0
  var refused = 0

  static var named: [(name: String, figure: KeyPath<Figures, Int>)] {
    [("too_early", \.refused), ("bad", \.bad)]
  }
  static var streams: [String] { ["steps", "heart"] }
  static var tellsUnread: Bool { false }
}

/// The same, whose streams are all told.
private struct TellingFigures: ModelFigures {
  typealias Call = Figures.Call
  static var named: [(name: String, figure: KeyPath<TellingFigures, Int>)] { [] }
  static var streams: [String] { ["steps", "heart"] }
  static var tellsUnread: Bool { true }
}

struct ModelStatsTests {
  private static let first = day("2024-06-01")

  @Test("each call, status and day is counted for itself")
  func counts() {
    var stats = ModelStats<Figures>(windows: [SimWindow("Hour", length: .hours(1), limit: 2)])
    stats.add(.two)
    stats.add(.two)
    #expect(stats.count(.one) == 0 && stats.count(.two) == 2)
    for status in [200, 400, 400, 401, 403, 403, 403, 429, 500] { stats.count(status: status) }
    #expect(stats.bad == 2 && stats.unauthorized == 1)
    #expect(stats.forbidden == 3 && stats.refused == 1)
    stats.refused += 1
    #expect(stats.figures.refused == 2)
    stats.count("steps", Self.first...Self.first + 1)
    stats.count("steps", Self.first + 1...Self.first + 1)
    #expect(stats.days == [.init("steps", Self.first): 1, .init("steps", Self.first + 1): 2])
    for _ in 0..<3 { stats.meter(FitbitClient.noon) }
    #expect(stats.meters.map(\.meter.mostRolling) == [3])
  }

  @Test("the JSON has the calls, the figures by their names, the windows and the days")
  func json() throws {
    var stats = ModelStats<Figures>(windows: [SimWindow("Hour", length: .hours(1), limit: 2)])
    stats.add(.one)
    stats.refused = 4
    stats.meter(FitbitClient.noon)
    #expect(
      String(decoding: stats.json, as: UTF8.self)
        == #"{"calls":{"one":1,"two":0},"too_early":4,"bad":0,"windows":[{"name":"Hour","#
        + #""milliseconds":3600000,"limit":2,"most_rolling":1,"most_fixed":1,"total":1}],"#
        + #""days":{}}"#)
  }

  @Test("streams are told in their order, others behind them by name; unread ones where asked for")
  func streams() throws {
    var some = ModelStats<Figures>()
    var all = ModelStats<TellingFigures>()
    for stream in ["zinc", "heart", "air"] {
      some.count(stream, Self.first...Self.first + 2)
      all.count(stream, Self.first...Self.first + 2)
    }
    some.count("heart", Self.first...Self.first)
    let days = try JSONValue(parsing: some.json)["days"]
    #expect(days?.keys == ["heart", "air", "zinc"])
    #expect(days?["heart"] == ["read": 3, "most_reads": 2, "reads": 4])
    let told = try JSONValue(parsing: all.json)["days"]
    #expect(told?.keys == ["steps", "heart", "air", "zinc"])
    #expect(told?["steps"] == ["read": 0, "most_reads": 0, "reads": 0])
  }
}
