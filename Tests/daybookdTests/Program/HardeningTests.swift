import CLinux
import Glibc
import Testing

@testable import daybookd

@Suite("Hardening of the process")
struct HardeningTests {
  private static func handler(_ number: Int32) -> Int {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
  }

  private static func setHandlers() {
    for number in Hardening.crashes { signal(number) { _ in } }
  }

  @Test("a crash ends the process at once and prints no memory: no handler is left")
  func crashes() async {
    await #expect(processExitsWith: .success) {
      HardeningTests.setHandlers()
      try Hardening.apply()
      for number in Hardening.crashes { precondition(HardeningTests.handler(number) == 0) }
    }
  }

  @Test("what systemd's watchdog sends kills, whatever the runtime had in mind")
  func watchdog() async {
    await #expect(processExitsWith: .signal(SIGABRT)) {
      HardeningTests.setHandlers()
      try Hardening.apply()
      kill(getpid(), SIGABRT)
      sleep(10)
    }
  }

  @Test("no core dump, and files for nobody else")
  func limits() async {
    await #expect(processExitsWith: .success) {
      try Hardening.apply()
      var core = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
      precondition(core.rlim_cur == 0 && core.rlim_max == 0)
      precondition(umask(0) == 0o077)
    }
  }

  @Test("a reader that goes away is an error of the write")
  func pipe() async {
    await #expect(processExitsWith: .success) {
      try Hardening.apply()
      var ends: [Int32] = [0, 0]
      precondition(Glibc.pipe(&ends) == 0)
      close(ends[0])
      precondition(write(ends[1], "x", 1) == -1 && errno == EPIPE)
    }
  }

  @Test("no other process of the same user can look into this one")
  func dumpable() async {
    await #expect(processExitsWith: .success) {
      try Hardening.apply()
      precondition(clinux_dumpable() == 0)
    }
  }
}
