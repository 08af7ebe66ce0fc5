import DaybookCore
import Testing

@testable import daybook

@Suite("daybook version")
struct VersionCommandTests {
  @Test("both versions are told")
  func both() {
    let daemon = FakeDaemon(.close)
    let run = daybook("version", daemon: daemon)
    #expect(run.out == "daybook \(Product.version)\ndaybookd 1.2.3\n")
    #expect(daemon.requests.map(\.method) == ["org.varlink.service.GetInfo"])
    #expect(
      daybook("version", "--json", daemon: daemon).out
        == "{\"daybook\":\"\(Product.version)\",\"daybookd\":\"1.2.3\"}\n")
  }

  @Test("a daemon that is not there is no failure here")
  func alone() {
    let run = daybook("version", "--socket", "/nowhere/s")
    #expect(run.status == .ok)
    #expect(run.out.hasPrefix("daybook \(Product.version)\ndaybookd the daemon is not running"))
    #expect(
      daybook("version", "--json", "--socket", "/nowhere/s").out
        == "{\"daybook\":\"\(Product.version)\"}\n")
  }
}
