import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Setup")
struct SetupTests {
  @Test(
    "a failure to start has the exit status of its kind, and its text",
    arguments: [
      (EngineFailure("why", status: 78), 78, "why"),
      (DatabaseError(.full, "no room", path: "/l"), 74, "/l: no room"),
      (ArchiveFailure.away("not there"), 74, "not there"),
      (BenchError("odd"), 70, "odd"),
    ] as [(any Error, Int32, String)])
  func failures(_ error: any Error, _ status: Int32, _ text: String) {
    let failure = EngineFailure(error)
    #expect(failure.status == status && failure.text == text)
  }

  @Test("a state that cannot be used is told at the start", arguments: ["ledger", "accounts"])
  func unusable(_ name: String) throws {
    let bench = try Bench()
    bench.folder.makeFolder("other")
    bench.folder.write(
      String(repeating: "no database ", count: 200), to: "other/\(name).sqlite", mode: 0o600)
    var setup = bench.setup()
    setup.stateDirectory = bench.folder.path("other")
    let now = bench.now
    let failure = #expect(throws: EngineFailure.self) { try Engine(setup, now: now) }
    #expect(failure?.status == 74)
    #expect(failure?.text.contains("\(name).sqlite") == true)
  }
}
