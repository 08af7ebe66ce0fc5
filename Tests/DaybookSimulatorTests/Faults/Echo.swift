import DaybookCore

@testable import DaybookSimulator

/// The smallest model: tells what it was asked, and counts.
struct Echo: ProviderModel {
  var asked = 0

  mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    asked += 1
    return SimResponse(
      200,
      headers: [
        SimField("Content-Type", "application/json"), SimField("ETag", "\"1\""),
        SimField("Date", CivilText.httpDate(now)),
      ], body: Array("{\"path\":\"\(request.path)\"}".utf8))
  }

  func kind(of request: SimRequest) -> SimKind { request.path == "/token" ? .token : .data }

  func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    request.path == "/day" ? SimRequest("GET", "/daybefore") : nil
  }
}

extension Faulty<Echo> {
  init(_ rules: String..., seed: UInt64 = 1) throws {
    self.init(Echo(), Faults(seed: seed, try rules.map { try FaultRule($0) }))
  }

  mutating func get(_ path: String = "/x") -> SimResponse {
    answer(SimRequest("GET", path), now: MovesClient.noon)
  }
}
