import DaybookCore
import Testing

@testable import DaybookSimulator

/// A recorder with the points of a known session with the program itself, version 1.0.1: what it
/// answered then is what the tests expect.
struct Recorder {
  var model: OwnTracksModel
  var now = moment("2015-03-01")

  /// Points as the phone sent them, in that order.
  static let posted = [
    1_420_070_400, 1_420_156_800, 1_420_156_801, 1_420_200_000, 1_420_243_199, 1_420_243_200,
    1_422_800_000, 1_420_180_000,
  ]

  init(_ adjust: (inout OwnTracksSettings) -> Void = { _ in }) {
    var settings = OwnTracksSettings(firstDay: day("2015-01-01"))
    settings.lateRate = 0
    settings.emptyRate = 0
    adjust(&settings)
    self.model = OwnTracksModel(settings)
  }

  /// Only what was posted.
  static func known() -> Recorder {
    var recorder = Recorder { $0.devices = [] }
    for tst in posted {
      _ = recorder.post(
        #"{"_type":"location","tid":"ja","tst":\#(tst),"lat":60.1696,"lon":24.93,"acc":12}"#)
    }
    return recorder
  }

  mutating func get(_ target: String, headers: [SimField] = []) -> SimResponse {
    model.answer(SimRequest("GET", "/api/0/" + target, headers: headers), now: now)
  }

  mutating func post(_ body: String, to target: String = "/pub?u=Jane&d=Phone") -> SimResponse {
    let headers = [SimField("Content-Type", "application/json")]
    return model.answer(
      SimRequest("POST", target, headers: headers, body: Array(body.utf8)), now: now)
  }

  /// Times of the points in an answer.
  static func times(_ answer: SimResponse) -> [Int64] {
    document(answer)["data"]?.elements.compactMap { $0["tst"]?.int } ?? []
  }
}
