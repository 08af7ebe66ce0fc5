import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Verification")
struct VerificationTests {
  @Test("a client that is gone is not answered, and the run goes on")
  func forget() {
    var verification = Verification()
    verification.forget(CommandID(1))
    #expect(verification.run?.command == nil)
    var run = Verification.Run(id: 1, request: VerifyRequest(), pieces: [])
    run.command = CommandID(1)
    verification.run = run
    verification.forget(CommandID(2))
    #expect(verification.run?.command == CommandID(1))
    verification.forget(CommandID(1))
    #expect(verification.run != nil && verification.run?.command == nil)
  }
}
