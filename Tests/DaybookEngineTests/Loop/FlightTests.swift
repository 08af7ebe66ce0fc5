import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Flights")
struct FlightTests {
  private static let login = PendingLogin(
    lane: 1, state: "s", verifier: nil, redirectURI: "r", expires: BootTime(microseconds: 0))
  private static let work = DayWork(stream: 1, day: Day(number: 1), workClass: .fresh)
  private static let grant = Grant.bench(at: Instant(seconds: 0))

  @Test(
    "calls for data pass the windows, calls for tokens do not",
    arguments: [
      (Flight.Purpose.day(work), true), (.facts("/me"), true), (.index(stream: 1), true),
      (.identity(login, grant, []), true), (.refresh, false), (.exchange(login), false),
      (.revoke, false),
    ])
  func windows(_ purpose: Flight.Purpose, _ expected: Bool) {
    let flight = Flight(
      lane: 1, purpose: purpose, inquiry: Inquiry(kind: .data, rows: []),
      sentAt: BootTime(microseconds: 0), client: "c:app")
    #expect(flight.usesWindows == expected)
  }
}
