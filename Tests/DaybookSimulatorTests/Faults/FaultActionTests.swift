import Testing

@testable import DaybookSimulator

struct FaultActionTests {
  @Test(
    "some faults leave the provider unasked",
    arguments: [
      (.status(503, retryAfter: nil, processed: false), true),
      (.status(503, retryAfter: nil, processed: true), false),
      (.reset(after: nil, processed: false), true), (.reset(after: nil, processed: true), false),
      (.reset(after: 5, processed: true), false), (.refused, true), (.html, true),
      (.stall(after: nil), true), (.stall(after: 0), false), (.cut(at: 0, .length), false),
      (.delay(.seconds(1)), false), (.empty, false), (.noise, false), (.wrongDay, false),
      (.duplicateKeys, false), (.gzip(.whole), false), (.malformed(.header), false),
      (.dateSkew(1), false),
    ] as [(FaultAction, Bool)])
  func replaces(action: FaultAction, expected: Bool) {
    #expect(action.replacesAnswer == expected)
  }
}
