import DaybookCore
import DaybookEngine

@testable import daybookd

extension Performers {
  /// Performers that do nothing well; a test replaces those it looks at.
  static var idle: Performers {
    Performers(
      send: { _ in }, cancel: { _ in }, answer: { _, _, _ in },
      persist: { $0.map { PersistOutcome(id: $0.id, result: .success(())) } },
      assemble: { AssembleResult(id: $0.id, days: .success([])) },
      discard: { _ in }, probe: { _ in .writable }, check: { CheckResult(id: $0.id) },
      sweep: {}, move: { _, _ in true }, readSettings: { .settingsRefused([]) })
  }
}

/// A spooled day of 2016 for tests that only pass it along.
func testSpooled(_ number: Int) -> Spooled {
  Spooled(
    path: DayPath(account: "me", stream: "steps", day: Day(number: 16_800 + number)),
    temporary: ".tmp-\(number)", size: 1, sha256: SHA256.digest([UInt8(truncatingIfNeeded: number)])
  )
}

func testItem(_ number: UInt64) -> PersistItem {
  PersistItem(
    id: CallID(number), spooled: testSpooled(Int(number)), keepOldFetchedAt: nil,
    fetchedAt: Instant(seconds: 0))
}
