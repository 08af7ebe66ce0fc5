import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Flights")
struct FlightTests {
  private static let login = PendingLogin(
    lane: 1, state: "s", redirectURI: "r", expires: BootTime(microseconds: 0))
  private static let work = DayWork(stream: 1, day: Day(number: 1), workClass: .fresh)
  private static let form = FormSignIn(
    FormSpec(page: "/in", post: "/in", user: "u", password: "p", success: ["/"]),
    at: BenchForm.origin, FormCredentials(user: Secret("u"), password: Secret("p")))
  private static let grant = Grant.bench(at: Instant(seconds: 0))

  @Test(
    "calls for data pass the windows, calls for tokens do not",
    arguments: [
      (Flight.Purpose.days(DaysRead(work)), true),
      (.walk(WalkPart(days: work.day...work.day)), true), (.facts("/me"), true),
      (.index(stream: 1), true),
      (
        .changes(
          stream: 1,
          ChangesRead(since: Instant(seconds: 0), askedAt: Instant(seconds: 0))), true
      ),
      (.identity(login, grant, []), true), (.refresh, false), (.exchange(login), false),
      (.form(form, login), false), (.form(form, nil), false), (.revoke, false),
    ])
  func windows(_ purpose: Flight.Purpose, _ expected: Bool) {
    let flight = Flight(
      lane: 1, purpose: purpose, inquiry: Inquiry(kind: .data, rows: []),
      sentAt: BootTime(microseconds: 0), client: "c:app", url: "https://p.test/")
    #expect(flight.usesWindows == expected)
  }
}
