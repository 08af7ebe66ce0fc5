import DaybookCore

/// The graphs that clients read, as `type` names them.
enum SiteGraph: String, CaseIterable, Sendable {
  case steps = "intradaySteps"
  case calories = "intradayCaloriesBurned"
  case activeScore = "intradayActiveScore"
  case sleep = "intradaySleep"

  var dataVersion: String { self == .sleep ? "2112" : "2108" }

  var call: FitbitSiteStats.Call {
    switch self {
    case .steps: .steps
    case .calories: .calories
    case .activeScore: .activeScore
    case .sleep: .sleep
    }
  }
}

/// What `/graph/getGraphData` is asked.
struct SiteGraphRequest: Hashable, Sendable {
  var userID: String
  var graph: SiteGraph
  /// `dateTo`; for sleep the day of the morning.
  var day: Day
  /// `arg`: the id of a sleep record.
  var record: String?

  /// Nil when a parameter is missing or is not what the site's own charts sent. Not confirmed:
  /// that the site was as strict.
  init?(_ query: [SimField]) {
    func value(_ name: String) -> String? { query.last(named: name) }
    guard let userID = value("userId"), let graph = value("type").flatMap(SiteGraph.init),
      let day = value("dateTo").flatMap({ Day($0) }), value("version") == "amchart",
      value("dataVersion") == graph.dataVersion, value("chart_Type") == "column2d",
      value("period") == "1d"
    else { return nil }
    self.userID = userID
    self.graph = graph
    self.day = day
    self.record = value("arg").flatMap { $0.isEmpty ? nil : $0 }
  }
}
