import Testing

@testable import DaybookSimulator

struct FaultRuleTests {
  /// At which of ten calls a rule strikes.
  static func strikes(_ when: FaultRule.When) -> [Int] {
    var rule = FaultRule(nil, .empty, when)
    return (1...10).filter { _ in rule.strikes(Seeded(1)) }
  }

  @Test(
    "the calls at which a rule strikes",
    arguments: [
      (.always, Array(1...10)), (.nth([3]), [3]), (.nth([1, 10, 11]), [1, 10]), (.nth([]), []),
      (.every(3), [3, 6, 9]), (.every(1), Array(1...10)), (.every(0), []), (.first(2), [1, 2]),
      (.first(0), []), (.rate(0), []), (.rate(1), Array(1...10)),
    ] as [(FaultRule.When, [Int])])
  func strikes(when: FaultRule.When, expected: [Int]) {
    #expect(Self.strikes(when) == expected)
  }

  @Test("calls and strikes are counted")
  func counts() {
    var rule = FaultRule(.data, .html, .every(4))
    for _ in 0..<10 { _ = rule.strikes(Seeded(1)) }
    #expect(rule.seen == 10 && rule.struck == 2)
    #expect(rule.kind == .data)
  }
}
