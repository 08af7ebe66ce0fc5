import Glibc
import Testing

@testable import daybookd

@Suite struct StartFailureTests {
  @Test("what a step makes is passed on")
  func made() throws {
    let value = try starting(.software) { () throws(SystemError) in 5 }
    #expect(value == 5)
  }

  @Test("what a step throws becomes a line and the exit status", arguments: ExitStatus.allCases)
  func thrown(status: daybookd.ExitStatus) {
    let failure = #expect(throws: StartFailure.self) {
      try starting(status) { () throws(SystemError) in
        throw SystemError("open", "/x", number: ENOENT)
      }
    }
    #expect(failure == StartFailure(["/x: open: No such file or directory"], status))
    #expect(failure?.status == status.rawValue)
  }

  @Test("one line may come with a status of its own")
  func line() {
    let failure = StartFailure("gone", status: 75)
    #expect(failure == StartFailure(["gone"], .locked))
  }
}
