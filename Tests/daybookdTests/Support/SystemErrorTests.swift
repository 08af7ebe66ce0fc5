import Glibc
import Testing

@testable import daybookd

@Suite("System calls that failed") struct SystemErrorTests {
  @Test("it says on what, which call and why")
  func text() {
    #expect("\(SystemError("open", "/x/y", number: EACCES))" == "/x/y: open: Permission denied")
    #expect("\(SystemError("prctl", number: EINVAL))" == "prctl: Invalid argument")
  }

  @Test("without a number it takes the last error as it is")
  func last() {
    let fd = open("/none/at/all", O_RDONLY | O_CLOEXEC)
    let error = SystemError("open", "/none/at/all")
    #expect(fd == -1)
    #expect(error.number == ENOENT)
    #expect(error == SystemError("open", "/none/at/all", number: ENOENT))
  }
}
