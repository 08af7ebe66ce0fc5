import Glibc
import Testing

@testable import DaybookSimulator

struct SystemErrorTests {
  @Test(
    "an error names its call and what the system says", arguments: [ENOENT, EADDRINUSE, EACCES])
  func description(number: Int32) {
    errno = number
    let error = SystemError("open x")
    #expect(error.number == number)
    #expect(error.description == "open x: " + String(cString: strerror(number)))
  }
}
