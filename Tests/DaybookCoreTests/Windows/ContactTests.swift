import DaybookCore
import Testing

/// An oracle that cannot refuse proves nothing.
@Suite("The servers that the windows are tested against")
struct ContactTests {
  private let oracle = Oracle(WindowSpec(2, in: 0.000_010))

  private func contacts(_ arrivals: [Int64]) -> [Contact] {
    arrivals.map { Contact(sent: $0 - 1, ended: $0 + 1, arrived: $0) }
  }

  @Test(
    "the call that is one too many is found",
    arguments: [
      (.rolling, [0, 5, 10, 15], nil), (.rolling, [0, 5, 9], 9), (.rolling, [0, 9, 18, 18], 18),
      (.rolling, [1, 8, 12, 18], nil), (.rolling, [1, 8, 11, 12], 12),
      (.fixed(phase: 0), [8, 9, 10, 11], nil), (.fixed(phase: 0), [0, 8, 9], 9),
      (.fixed(phase: 5), [8, 9, 10], 10), (.fixed(phase: -5), [3, 4, 5, 6, 14], 14),
      (.firstCall, [8, 9, 10, 18], 10), (.firstCall, [8, 17, 18, 19, 28], nil),
      (.firstCall, [8, 17, 18, 19, 27], 27),
    ] as [(Counting, [Int64], Int64?)])
  func finds(counting: Counting, arrivals: [Int64], refused: Int64?) {
    #expect(oracle.refused(contacts(arrivals), counting)?.arrived == refused)
  }

  @Test("a repeat counts from the moment its call has ended") func repeats() {
    var some = contacts([0, 5, 9])
    some[1].isRepeat = true
    some[1].ended = 6
    #expect(oracle.refused(some, .rolling)?.arrived == 9)
    some[1].ended = 9
    #expect(oracle.refused(some, .rolling) == nil)
  }
}
