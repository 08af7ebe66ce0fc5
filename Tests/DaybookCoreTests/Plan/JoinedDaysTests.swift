import Testing

@testable import DaybookCore

@Suite("Accounts joined in a timeline")
struct JoinedDaysTests {
  private static let order = Array("#oefd.rb-".utf8)

  @Test("of two characters the better one is the day's, whichever comes first")
  func better() {
    for (i, a) in Self.order.enumerated() {
      for (j, b) in Self.order.enumerated() {
        #expect(JoinedDays.better(a, b) == Self.order[min(i, j)])
      }
    }
    #expect(JoinedDays.better(UInt8(ascii: "?"), UInt8(ascii: "-")) == UInt8(ascii: "-"))
  }

  @Test("a coverage counts each day once, in whatever order they come")
  func coverage() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<50 {
      var coverage = Coverage()
      var days: Set<Int> = []
      let base = Int.random(in: -40_000...40_000, using: &random)
      for _ in 0..<Int.random(in: 1...400, using: &random) {
        let number = base + Int.random(in: -300...300, using: &random)
        coverage.insert(Day(number: number))
        days.insert(number)
      }
      #expect(coverage.held == days.count)
      #expect(coverage.first?.number == days.min() && coverage.last?.number == days.max())
    }
  }

  @Test("days are counted from the first one held until today, today included")
  func days() {
    var coverage = Coverage()
    let today = Day(number: 20_000)
    #expect(coverage.days(until: today) == 0 && coverage.held == 0 && coverage.first == nil)
    coverage.insert(today - 9)
    #expect(coverage.days(until: today) == 10 && coverage.held == 1)
    #expect(coverage.days(until: today - 30) == 0, "a clock that went back")
  }
}
