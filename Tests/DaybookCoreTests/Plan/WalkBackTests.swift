import Testing

@testable import DaybookCore

@Suite("Walking back to the first day")
struct WalkBackTests {
  private let today = Day(number: 20_000)
  private let floor = Day(number: 7_305)  // 1990-01-01

  /// Walks over a history that has data on these days; returns what was asked.
  private func walk(_ walk: inout WalkBack, _ days: [Day]) -> [ClosedRange<Day>] {
    var asked: [ClosedRange<Day>] = []
    while let part = walk.next {
      asked.append(part)
      guard asked.count < 3_000 else { break }
      walk.heard(days.filter(part.contains))
    }
    return asked
  }

  @Test(
    "the first day with data is found, gaps of under two years notwithstanding",
    arguments: [
      ([0], 0), ([0, 89], 89), ([0, 400, 1_000], 1_000), ([700], 700), ([0, 720, 1_440], 1_440),
    ])
  func found(_ ago: [Int], _ first: Int) {
    for span in [1, 14, 90, 365] {
      var it = WalkBack(today: today, span: span, floor: floor)
      let asked = walk(&it, ago.map { today - $0 })
      #expect(it.earliest == today - first, "span \(span)")
      // Parts tile the time that was looked at, without a gap and from today on.
      #expect(asked.first?.upperBound == today)
      for (later, earlier) in zip(asked, asked.dropFirst()) {
        #expect(earlier.upperBound == later.lowerBound - 1)
        #expect(earlier.upperBound - earlier.lowerBound + 1 <= span)
      }
    }
  }

  @Test("two years without data are the end; nothing at all is found in them")
  func nothing() {
    var it = WalkBack(today: today, span: 90, floor: floor)
    let asked = walk(&it, [])
    #expect(it.earliest == nil && asked.count == 9)
    var far = WalkBack(today: today, span: 90, floor: floor)
    _ = walk(&far, [today, today - 2_000])
    #expect(far.earliest == today)
  }

  @Test("below the floor nothing is asked")
  func floored() {
    var it = WalkBack(today: today, span: 90, floor: today - 100)
    let asked = walk(&it, (0...500).map { today - $0 })
    #expect(it.earliest == today - 100)
    #expect(asked.map(\.lowerBound) == [today - 89, today - 100])
    #expect(WalkBack(today: today, span: 90, floor: today + 1).next == nil)
  }

  @Test("days outside the part that was asked count for nothing")
  func foreign() {
    var it = WalkBack(today: today, span: 10, floor: floor)
    it.heard([today - 500, today + 3])
    #expect(it.earliest == nil)
    while it.next != nil { it.heard([]) }
    it.heard([today])
    #expect(it.earliest == nil)
  }
}
