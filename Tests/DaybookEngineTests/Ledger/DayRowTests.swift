import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Rows of days")
struct DayRowTests {
  @Test("keys are in the order of account, stream and day")
  func order() {
    let sorted = [
      LedgerFixture.key("2018-06-02", account: 1, stream: 1), LedgerFixture.key("2018-06-03"),
      LedgerFixture.key("2018-06-01", stream: 2), LedgerFixture.key("2018-05-01", account: 2),
    ]
    for seed in UInt64(0)..<8 {
      var random = SeededRandom(seed: seed)
      #expect(sorted.shuffled(using: &random).sorted() == sorted, "seed \(seed)")
    }
  }

  @Test(
    "a day is confirmed when it is final and was read twice alike",
    arguments: DayState.allCases, [0, 1, 2, 3])
  func confirmed(_ state: DayState, reads: Int) {
    let stored = reads == 0 ? nil : StoredDay(read: LedgerFixture.read(), reads: reads)
    let row = LedgerFixture.row("2018-06-01", state, stored: stored)
    #expect(row.isConfirmed == (state == .final && reads >= 2))
  }

  @Test("counts follow rows from state to state")
  func counts() {
    var counts = StreamCounts()
    counts.addMissing(3)
    let missing = LedgerFixture.row("2018-06-01")
    let open = LedgerFixture.row(
      "2018-06-01", .open, stored: StoredDay(read: LedgerFixture.read()))
    let final = LedgerFixture.row(
      "2018-06-01", .final, stored: StoredDay(read: LedgerFixture.read(), reads: 2))
    for (before, after) in [(missing, open), (missing, final), (open, final)] {
      counts.remove(before)
      counts.add(after)
    }
    #expect(counts[.missing] == 1 && counts[.open] == 0 && counts[.final] == 2)
    #expect(counts.confirmed == 2 && counts.stored == 2)
    counts.remove(final)
    #expect(counts.confirmed == 1 && counts.stored == 1)
  }

  @Test("open and final days are stored, the others are not", arguments: DayState.allCases)
  func stored(_ state: DayState) {
    var counts = StreamCounts()
    counts.add(LedgerFixture.row("2018-06-01", state))
    #expect(counts.stored == (state.isStored ? 1 : 0))
    #expect(DayState.allCases.map { counts[$0] }.reduce(0, +) == 1)
  }
}
