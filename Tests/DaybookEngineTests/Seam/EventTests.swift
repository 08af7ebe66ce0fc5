import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Events")
struct EventTests {
  private static let command = Command(
    id: CommandID(1), call: .reload, more: false, entropy: [])

  @Test(
    "what puts a claim into the ledger is committed FULL",
    arguments: [
      (.tick, false), (.replied(CallID(1), Reply(.failed(TransportFailure(.cut)))), false),
      (.persisted([]), true), (.commanded(command), true), (.hungUp(CommandID(1)), false),
      (
        .settingsRead(Configuration(settings: Settings(), providers: [:], secrets: [:])), true
      ),
      (.settingsRefused([]), false), (.probed(.writable), false),
      (.checked(CheckResult(id: 1)), true), (.moved(from: "a", to: "b", ok: true), true),
      (.clockStepped, false), (.reloadAsked, false), (.stopAsked, true),
    ] as [(Event, Bool)])
  func settles(_ event: Event, _ expected: Bool) { #expect(event.settles == expected) }

  @Test("a failure of the archive is told in its own words")
  func descriptions() {
    let all: [ArchiveFailure] = [
      .full("why"), .syncFailed("why"), .away("why"), .obstructed("why"), .failed("why"),
    ]
    #expect(all.map(\.description) == all.map { _ in "why" })
  }
}
