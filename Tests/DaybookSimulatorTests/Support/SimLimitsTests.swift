import Testing

@testable import DaybookSimulator

struct SimLimitsTests {
  @Test("the longest token fits a head, and a head is no body")
  func head() {
    #expect(SimLimits.headBytes >= 16 << 10)
    #expect(SimLimits.headBytes < SimLimits.requestBodyBytes)
  }

  @Test("a chunk fits the queue of a connection")
  func chunk() {
    #expect(SimLimits.chunkBytes < SimLimits.writeQueueBytes)
  }

  @Test("the oldest pending code goes when there are too many")
  func codes() {
    var client = MovesClient()
    let first = client.authorize()["code"] ?? ""
    for _ in 0..<SimLimits.pendingCodes { _ = client.authorize() }
    let answer = client.exchange(first)
    #expect(answer.status == 400)
  }

  @Test("no more rules than the limit are taken")
  func rules() {
    let rule = FaultRule(nil, .empty)
    var faults = Faults(seed: 1, Array(repeating: rule, count: SimLimits.faultRules + 9))
    #expect(faults.rules.count == SimLimits.faultRules)
    let added = faults.add(rule)
    #expect(!added)
    #expect(faults.rules.count == SimLimits.faultRules)
  }
}
