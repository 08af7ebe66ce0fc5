import DaybookCore
import Testing

@testable import daybook

@Suite("daybook doctor")
struct DoctorCommandTests {
  @Test("a daemon that is not there is a problem, and all else is looked at all the same")
  func problem() throws {
    let folder = TestFolder()
    let settings = try folder.write("", to: "daybook.yaml")
    let run = daybook("doctor", "--config", settings, "--socket", "/nowhere/s")
    #expect(run.status == .problems)
    #expect(run.out.contains("ok       settings"))
    #expect(run.out.contains("problem  socket"))
    #expect(run.out.contains("clock"))
    #expect(run.err.isEmpty)
  }

  @Test("--json lists the checks")
  func json() throws {
    let run = daybook("doctor", "--json", "--config", "/nowhere", "--socket", "/nowhere/s")
    let json = try JSONValue(parsing: Array(run.out.utf8))
    let names = json["checks"]?.array?.compactMap { $0["name"]?.string }
    #expect(names == ["settings", "socket", "daemon", "clock"])
    #expect(json["checks"]?.array?.first?["state"] == "problem")
    #expect(run.status == .problems)
  }

  @Test("without problems it ends with 0")
  func well() throws {
    let folder = TestFolder()
    let settings = try folder.write("", to: "daybook.yaml")
    let daemon = FakeDaemon { _ in statusSteps([Samples.idle]) }
    let run = daybook("doctor", "--config", settings, daemon: daemon)
    #expect(run.status == .ok)
    #expect(run.out.hasSuffix("no problems\n"))
  }
}
