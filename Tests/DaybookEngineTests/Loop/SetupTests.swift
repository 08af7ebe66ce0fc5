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

  /// A state directory in which a database holds something else.
  private func setup(_ bench: Bench, spoiling name: String) -> EngineSetup {
    bench.folder.makeFolder("other")
    bench.folder.write(
      String(repeating: "no database ", count: 200), to: "other/\(name).sqlite", mode: 0o600)
    var setup = bench.setup()
    setup.stateDirectory = bench.folder.path("other")
    return setup
  }

  @Test("an account book that cannot be used is told at the start: it cannot be made again")
  func unusable() throws {
    let bench = try Bench()
    let (setup, now) = (setup(bench, spoiling: "accounts"), bench.now)
    let failure = #expect(throws: EngineFailure.self) { try Engine(setup, now: now) }
    #expect(failure?.status == 74)
    #expect(failure?.text.contains("accounts.sqlite") == true)
  }

  @Test("a malformed ledger is put aside, said, and made again")
  func malformed() throws {
    let bench = try Bench()
    let engine = try Engine(setup(bench, spoiling: "ledger"), now: bench.now)
    #expect(engine.ledger.isNew)
    let aside = bench.folder.path("other/ledger.sqlite.malformed-1")
    #expect(bench.folder.text("other/ledger.sqlite.malformed-1")?.hasPrefix("no database") == true)
    let said = engine.start(now: bench.now).compactMap { effect -> String? in
      guard case .log(let entry) = effect, entry.message == .repaired else { return nil }
      return entry.text
    }
    #expect(
      said == ["the ledger was malformed; it is kept as \(aside) and made again from the archive"])
  }
}
