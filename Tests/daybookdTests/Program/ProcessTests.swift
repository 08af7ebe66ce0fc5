import Glibc
import Testing

@testable import daybookd

@Suite struct ProcessTests {
  @Test("a variable that is set is read, one that is not is none")
  func variables() async {
    await #expect(processExitsWith: .success) {
      setenv("DAYBOOK_TEST", "a b", 1)
      setenv("DAYBOOK_EMPTY", "", 1)
      precondition(Process.variable("DAYBOOK_TEST") == "a b")
      precondition(Process.variable("DAYBOOK_EMPTY") == "")
      precondition(Process.variable("DAYBOOK_NONE") == nil)
    }
  }

  @Test("the current folder is told as an absolute path without links")
  func folder() async {
    await #expect(processExitsWith: .success) {
      precondition(chdir("/proc/self/root/usr/.") == 0)
      precondition(Process.currentFolder() == "/usr")
    }
  }
}
