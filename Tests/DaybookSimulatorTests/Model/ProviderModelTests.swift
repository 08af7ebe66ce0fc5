import DaybookCore
import Testing

@testable import DaybookSimulator

struct ProviderModelTests {
  @Test("each kind of request can be chosen for a fault, and the help says so")
  func kinds() throws {
    let line = try #require(
      FaultRule.grammar.split(separator: "\n").first { $0.contains("KIND   ") })
    let told = line.split(separator: " ").dropFirst().map(String.init)
    #expect(told == ["any"] + SimKind.allCases.map(\.rawValue))
    for kind in SimKind.allCases {
      #expect(try FaultRule("\(kind.rawValue):html") == FaultRule(kind, .html, .always))
    }
  }

  /// A model as its world has it, asked the same at the same moments.
  static func bodies(_ make: () -> any ProviderModel, _ targets: [String]) -> [[UInt8]] {
    var model = make()
    return targets.enumerated().map { index, target in
      model.answer(SimRequest("GET", target), now: moment("2018-04-25") + .seconds(index)).body
    }
  }

  @Test("the same state, requests and moments give the same bytes")
  func pure() {
    let targets = [
      "/api/0/list", "/api/0/locations?user=jane&device=phone&from=2018-04-01&to=2018-04-20",
      "/api/1.1/user/profile", "/nothing", "/api/0/version",
    ]
    let makes: [() -> any ProviderModel] = [
      { OwnTracksModel(OwnTracksSettings(firstDay: day("2018-01-01"))) },
      { MovesModel(MovesSettings(firstDay: day("2018-01-01"))) },
    ]
    for make in makes {
      let first = Self.bodies(make, targets)
      #expect(first == Self.bodies(make, targets))
      #expect(Set(first).count > 1)
    }
  }

  @Test("only a request that names a day has a day before", arguments: ["/", "/api/0/list"])
  func dayBefore(target: String) {
    let request = SimRequest("GET", target)
    let models: [any ProviderModel] = [
      OwnTracksModel(OwnTracksSettings(firstDay: day("2018-01-01"))),
      MovesModel(MovesSettings(firstDay: day("2018-01-01"))),
    ]
    for model in models { #expect(model.askingDayBefore(request) == nil) }
  }
}
