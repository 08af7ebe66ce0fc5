import Testing

@testable import daybookd

@Suite struct ExitStatusTests {
  @Test("the statuses are those of sysexits(3)")
  func values() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 64, 70, 74, 75, 78])
  }

  @Test("the table of --help has every status")
  func table() {
    let lines = ExitStatus.table.split(separator: "\n")
    #expect(lines.count == ExitStatus.allCases.count)
    for (line, status) in zip(lines, ExitStatus.allCases) {
      #expect(line.split(separator: " ").first == "\(status.rawValue)")
      #expect(line.hasSuffix(status.meaning))
    }
  }

  @Test("systemd does not restart after what stays wrong")
  func restart() throws {
    let unit = try repositoryText("systemd/daybook.service")
    #expect(unit.contains("RestartPreventExitStatus=64 78\n"))
    #expect(ExitStatus.usage.rawValue == 64 && ExitStatus.settings.rawValue == 78)
  }
}
