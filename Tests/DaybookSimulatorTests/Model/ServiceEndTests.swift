import Testing

@testable import DaybookSimulator

struct ServiceEndTests {
  @Test("a running service answers for itself")
  func running() {
    #expect(ServiceEnd.running.answer("x") == nil)
  }

  @Test("a service that is gone says 410")
  func gone() {
    let answer = ServiceEnd.gone.answer("over\n")
    #expect(answer?.status == 410)
    #expect(answer?.bodyText == "over\n")
    #expect(answer?.delivery == .whole)
  }

  @Test("a service that refuses does not answer at all")
  func refused() {
    #expect(ServiceEnd.refused.answer("x")?.delivery == .refused)
  }

  @Test("the names are those of the switches")
  func names() {
    #expect(ServiceEnd.allCases.map(\.rawValue) == ["running", "gone", "refused"])
  }
}
