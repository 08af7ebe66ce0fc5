import Testing

@testable import DaybookCore

@Suite("Settling: the evidence that closes a day")
struct SettlingEvidenceTests {
  private typealias R = Reads
  private static let second = 1.0 / 3_600

  private func closes(
    _ rule: Settling, _ hours: [Double], text: String = "a", items: Int = 3, size: Int64 = 1_000
  ) -> Bool {
    var day: StoredDay?
    var state = DayState.missing
    for hour in hours {
      let read = R.read(R.at(hour), text, items: items, size: size)
      let outcome = rule.outcome(of: read, before: day, state: state)
      day = outcome.day
      state = outcome.state
    }
    return state == .final
  }

  // MARK: Two equal reads

  @Test(
    "two equal reads 24 h apart, the second after the end and the settling time",
    arguments: [
      (1, [24, 48], true), (1, [24, 48 - second], false), (1, [24 + second, 48], false),
      (1, [0, 24], true), (1, [-second, 24 - second], false), (1, [-12, 24], true),
      (1, [-30, -6], false), (1, [6, 24, 29], false), (1, [6, 24, 30], true), (1, [24], false),
      (0, [-24, 0], true), (0, [-24, -second], false), (0, [-24 + second, 0], false),
      (7, [144, 168], true), (7, [100, 168 - second], false), (7, [144, 160, 168], true),
      (60, [24 * 20, 24 * 29], false),
    ] as [(Int, [Double], Bool)])
  func twoReads(settle: Int, hours: [Double], isFinal: Bool) {
    #expect(closes(R.rule(settle: settle), hours) == isFinal)
  }

  @Test("empty answers close a day in the same way") func empty() {
    #expect(closes(R.rule(), [24, 48], items: 0))
    #expect(!closes(R.rule(), [24, 48 - Self.second], items: 0))
  }

  @Test("a different read in between begins the evidence anew") func different() {
    var outcome = R.rule().outcome(of: R.read(R.at(6)), before: nil, state: .missing)
    for (hours, text, state) in [
      (30, "b", DayState.open), (48, "a", .open), (71.9, "a", .open), (72, "a", .final),
    ] as [(Double, String, DayState)] {
      outcome = R.rule().outcome(
        of: R.read(R.at(hours), text), before: outcome.day, state: outcome.state)
      #expect(outcome.state == state, "\(hours)")
    }
    #expect(outcome.day.equalSince == R.at(48))
  }

  // MARK: One late read

  @Test(
    "one read 30 days after the end, if it is not odd",
    arguments: [
      (720, true), (720 - second, false), (744, true), (96_000, true), (719, false),
    ] as [(Double, Bool)])
  func oneRead(hours: Double, isFinal: Bool) {
    #expect(closes(R.rule(), [hours]) == isFinal)
    #expect(closes(R.rule(settle: 60), [hours]) == isFinal)
    #expect(!closes(R.rule(), [hours], items: 0))
  }

  @Test(
    "an odd one needs an equal read an hour before it",
    arguments: [
      ([720, 721], true), ([720, 721 - second], false), ([719, 720], true),
      ([719, 720 - second], false), ([720, 720.5, 721], true), ([720], false),
      ([719.5, 720], false),
    ] as [([Double], Bool)])
  func odd(hours: [Double], isFinal: Bool) {
    #expect(closes(R.rule(), hours, items: 0) == isFinal)
    #expect(closes(R.rule(neighbours: 4_001), hours) == isFinal)
  }

  @Test(
    "odd is what is empty, or less than a quarter of its neighbours",
    arguments: [
      (1_000, 4_000, false), (1_000, 4_001, true), (1_000, 3_999, false), (999, 4_000, true),
      (1_000, 100, false), (0, 0, false), (0, 1, true), (0, 4, true),
    ] as [(Int64, Int64, Bool)])
  func isOdd(size: Int64, neighbours: Int64, isOdd: Bool) {
    let rule = R.rule(neighbours: neighbours)
    #expect(rule.isOdd(R.read(R.end, size: size)) == isOdd)
    #expect(rule.isOdd(R.read(R.end, items: 0, size: 1 << 40)))
    #expect(!R.rule().isOdd(R.read(R.end, size: 1)))
    #expect(closes(rule, [720], size: size) == !isOdd)
  }

  // MARK: The provider's own word

  @Test(
    "the provider has synchronised past the end, and the read is later than that",
    arguments: [
      (1, 1, true), (1, 2, true), (1, 1 - second, false), (0, 5, false), (second, 1, true),
      (-1, 5, false), (5, 5, true), (300, 299, false),
    ])
  func synced(syncedAt: Double, read: Double, isFinal: Bool) {
    #expect(closes(R.rule(synced: true, syncedAt: R.at(syncedAt)), [read]) == isFinal)
    #expect(!closes(R.rule(synced: false, syncedAt: R.at(syncedAt)), [read]))
    #expect(!closes(R.rule(synced: true), [read]))
  }

  // MARK: Never before its end

  @Test("no read before its end closes a day, whatever speaks for it") func neverBefore() {
    let before: [Double] = [-Self.second, -1, -23, -960]
    for hours in before {
      let rule = R.rule(settle: 0, synced: true, syncedAt: R.at(500))
      #expect(!closes(rule, [hours - 960, hours - 744, hours]))
      let forced = rule.outcome(
        of: R.read(R.at(hours)), before: R.stored(hours - 100), state: .open, forced: true)
      #expect(forced.state == .open)
    }
  }

  @Test("a day that the provider is still at work on stays open, for 30 days at most")
  func pending() {
    var rule = R.rule(synced: true, syncedAt: R.at(1))
    rule.isPending = true
    #expect(!closes(rule, [2]) && !closes(rule, [24, 60]) && !closes(rule, [100, 700]))
    #expect(closes(rule, [721]))
    rule.isPending = false
    #expect(closes(rule, [2]) && closes(rule, [24, 60]))
  }
}
