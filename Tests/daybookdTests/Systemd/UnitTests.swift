import Testing

/// The unit files: that systemd takes them, and how much they leave open.
@Suite struct UnitTests {
  private static let analyze = "/usr/bin/systemd-analyze"
  private let units = [
    "systemd/daybook.service", "systemd/daybook.socket", "systemd/user/daybook.service",
    "systemd/user/daybook.socket",
  ]

  private func settings(_ unit: String) throws -> [String] {
    try repositoryText(unit).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") && $0.contains("=") }
  }

  /// A copy whose program is one that this machine has: verify looks for it.
  private func installed(_ folder: String) throws -> WorkTree {
    let tree = WorkTree()
    for name in ["daybook.service", "daybook.socket"] {
      let text = try repositoryText("\(folder)/\(name)").split(
        separator: "\n", omittingEmptySubsequences: false)
      let lines = text.map { $0.hasPrefix("ExecStart=") ? "ExecStart=/bin/true" : String($0) }
      try tree.write("/\(name)", lines.joined(separator: "\n"))
    }
    return tree
  }

  @Test(
    "systemd has nothing to say against them",
    .enabled(if: isInstalled(analyze), "systemd-analyze is not installed"),
    arguments: [("systemd", "--system"), ("systemd/user", "--user")])
  func verify(folder: String, manager: String) async throws {
    let tree = try installed(folder)
    let run = try await runProgram(
      UnitTests.analyze,
      [
        "verify", manager, "--man=no", "\(tree.path)/daybook.service",
        "\(tree.path)/daybook.socket",
      ],
      environment: ["XDG_RUNTIME_DIR": tree.path, "HOME": tree.path])
    #expect(run.status == 0 && run.output.isEmpty, "\(run.output)")
  }

  @Test(
    "the service is exposed to 1.2 of 10 at most",
    .enabled(if: isInstalled(analyze), "systemd-analyze is not installed"))
  func exposure() async throws {
    let run = try await runProgram(
      UnitTests.analyze,
      [
        "security", "--offline=true", "--threshold=12", "--no-pager",
        repositoryPath("systemd/daybook.service"),
      ])
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("every line of the sandbox says why it is there")
  func reasons() throws {
    for unit in units {
      var explained = false
      for line in try repositoryText(unit)
        .split(separator: "\n", omittingEmptySubsequences: false)
      {
        if line.hasPrefix("#") {
          explained = true
        } else if line.isEmpty {
          explained = false
        } else if UnitTests.isSandbox(line) {
          #expect(explained, "\(unit): \(line)")
        }
      }
    }
  }

  private static func isSandbox(_ line: Substring) -> Bool {
    [
      "Protect", "Private", "Restrict", "NoNew", "Cap", "Ambient", "Lock", "Memory", "System",
      "UMask",
    ]
    .contains { line.hasPrefix($0) }
  }

  @Test("Dispatch may believe that it set a thread's priority")
  func priority() throws {
    #expect(try settings("systemd/daybook.service").contains("SystemCallFilter=~setpriority:0"))
  }

  @Test(
    "wrong settings are not tried again and again",
    arguments: ["systemd/daybook.service", "systemd/user/daybook.service"])
  func noRestart(unit: String) throws {
    let settings = try settings(unit)
    #expect(settings.contains("RestartPreventExitStatus=64 78"))
    #expect(settings.contains("Restart=on-failure"))
    #expect(settings.contains("WatchdogSec=120s"))
  }

  @Test("the service waits for no network and makes no runtime folder of its own")
  func wants() throws {
    let settings = try settings("systemd/daybook.service")
    #expect(settings.contains("After=network.target"))
    #expect(!settings.contains { $0.contains("network-online") })
    #expect(!settings.contains { $0.hasPrefix("RuntimeDirectory=") })
    #expect(settings.contains("Requires=daybook.socket"))
  }

  @Test("what the socket lets in is the group, and for one person nobody else")
  func socketMode() throws {
    #expect(try settings("systemd/daybook.socket").contains("SocketMode=0660"))
    #expect(try settings("systemd/daybook.socket").contains("SocketGroup=daybook"))
    #expect(try settings("systemd/user/daybook.socket").contains("SocketMode=0600"))
  }

  @Test("a line is at most 100 characters, so that it can be read anywhere")
  func width() throws {
    for file in units + ["systemd/daybook.catalog", "systemd/daybook.sysusers"] {
      for line in try repositoryText(file).split(separator: "\n") {
        #expect(line.count <= 100, "\(file): \(line)")
      }
    }
  }
}
