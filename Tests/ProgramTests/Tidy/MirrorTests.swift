import Testing

/// Each source file has its test file: `Sources/X/Y/Z.swift` is tested by
/// `Tests/XTests/Y/ZTests.swift`.
@Suite("Tests mirror the sources")
struct MirrorTests {
  /// Source files without one, each with the reason.
  private static let elsewhere = [
    "DaybookCore/Calendar/TimeZoneRule+Parsing.swift": "one thing with the rule: TimeZoneRuleTests",
    "DaybookCore/Control/ControlRecords.swift": "tables, held by ControlRecordTests",
    "DaybookCore/JSON/ScanMachine+Scalars.swift": "parts of one machine: ScanMachineTests",
    "DaybookCore/JSON/ScanMachine+Strings.swift": "parts of one machine: ScanMachineTests",
    "DaybookCore/JSON/ScanMachine+Values.swift": "parts of one machine: ScanMachineTests",
    "DaybookCore/JSON/ScanPlan.swift": "what the scanner is told and tells: JSONScannerPlanTests",
    "DaybookEngine/Seam/Effect.swift": "a list of words: DriverTests perform each of them",
    "daybookd/HTTP/BodySink.swift": "four closures: BodySink+ArchiveTests, BodyPipeTests",
    "daybookd/Loop/Performers.swift": "closures only: DriverTests, ArchiveWorkerTests",
    "daybookd/Loop/Signals.swift": "signals are the whole process's: DaemonTests send them",
    "daybookd/Program/Wiring.swift": "connects what is tested apart: DaemonTests run the whole",
    "daybook-sim/Commands.swift": "a program, run by DaybookSimTests",
    "daybook-sim/DaybookSim.swift": "a program, run by DaybookSimTests",
    "daybook-sim/FitbitOptions.swift": "a program, run by FitbitCommandTests",
    "daybook-sim/FitbitSiteOptions.swift": "a program, run by FitbitSiteCommandTests",
    "daybook-sim/GoogleHealthOptions.swift": "a program, run by GoogleHealthCommandTests",
    "daybook-sim/Running.swift": "a program, run by DaybookSimTests",
    "daybook-sim/MovesOptions.swift": "a program, run by OptionsTests",
    "daybook-sim/OwnTracksOptions.swift": "a program, run by OptionsTests",
    "daybook-sim/ServerOptions.swift": "a program, run by OptionsTests",
    "daybook-sim/SharedOptions.swift": "a program, run by OptionsTests",
  ]

  private func mirror(of source: some StringProtocol) -> String {
    let parts = source.split(separator: "/")
    return "Tests/\(parts[0])Tests/" + parts.dropFirst().joined(separator: "/").dropLast(6)
      + "Tests.swift"
  }

  @Test("each source file has its test file, or a reason")
  func mirrored() throws {
    let sources = try Repository.files(in: "Sources", "swift").map { $0.dropFirst(8) }
    #expect(sources.count > 200)
    for source in sources where Self.elsewhere[String(source)] == nil {
      #expect(Repository.exists(mirror(of: source)), "\(source) has no \(mirror(of: source))")
    }
  }

  @Test("no reason outlives its need")
  func reasons() throws {
    for source in Self.elsewhere.keys.sorted() {
      #expect(Repository.exists("Sources/\(source)"), "\(source) is gone")
      #expect(!Repository.exists(mirror(of: source)), "\(source) has its test")
    }
  }

  @Test("a test file tests: it is never empty")
  func tests() throws {
    for file in try Repository.files(in: "Tests", "swift") where file.hasSuffix("Tests.swift") {
      #expect(try Repository.has(file, "@Test"), "\(file)")
    }
  }

  @Test("there are 1.2 lines of tests for each line of source")
  func ratio() throws {
    func count(_ folder: String) throws -> Int {
      try Repository.files(in: folder, "swift").map { try Repository.lines($0).count }.reduce(0, +)
    }
    let (sources, tests) = (try count("Sources"), try count("Tests"))
    #expect(Double(tests) >= 1.2 * Double(sources), "\(tests) for \(sources)")
  }
}
