import DaybookCore
import Testing

@testable import daybook

@Suite("The command daybook")
struct DaybookTests {
  static let names = [
    "status", "days", "plan", "login", "logout", "resync", "pause", "resume", "verify", "reload",
    "check", "doctor", "version",
  ]

  @Test("the names here are those of the program")
  func allNames() {
    let own = Daybook.configuration.groupedSubcommands.flatMap(\.subcommands)
    #expect(own.compactMap { $0.configuration.commandName } == DaybookTests.names)
  }

  @Test("help goes to standard output and is no failure", arguments: [["--help"], ["help"], []])
  func help(arguments: [String]) {
    let run = LiveCommand(arguments, daemon: nil, input: "").wait()
    #expect(run.status == .ok)
    #expect(run.err.isEmpty)
    for name in DaybookTests.names { #expect(run.out.contains("  \(name) ")) }
    for status in ExitStatus.allCases { #expect(run.out.contains(status.meaning)) }
  }

  @Test("each command has help of its own, within 80 columns", arguments: names)
  func helpOfCommand(name: String) {
    let run = daybook(name, "--help")
    #expect(run.status == .ok)
    #expect(run.out.contains("USAGE: daybook \(name)"))
    #expect(run.out.contains("--json"))
    #expect(run.out.split(separator: "\n").filter { $0.count > 80 } == [])
  }

  @Test("the usage names the options and arguments that are explained below it", arguments: names)
  func usage(name: String) throws {
    let help = daybook(name, "--help").out
    let sections = try #require(help.split(separator: "USAGE: ").last).split(separator: "\n\n")
    let usage = try #require(sections.first).matches(of: /--[a-z-]+( <[a-z]+>)?|<[a-z]+>/)
    let explained = sections.dropFirst().joined(separator: "\n")
      .matches(of: /(?m)^  (?:-h, )?(--[a-z-]+( <[a-z]+>)?|<[a-z]+>)/)
    let always: Set<Substring> = ["--version", "--help"]
    #expect(Set(usage.map(\.output.0)) == Set(explained.map(\.output.1)).subtracting(always))
  }

  @Test(
    "a mistake goes to standard error and ends with 64",
    arguments: [
      ["nothing"], ["status", "a", "b"], ["status", "--nothing"], ["resync"], ["login"],
      ["logout"], ["days", "--year", "0"], ["days", "--year", "x"], ["plan", "--limit", "0"],
      ["plan", "--limit", "1001"], ["resume", "--probe"], ["verify", "--yes"],
      ["resync", "a", "--all", "--from", "2016-01-01"], ["resync", "a", "--to", "2016-01-01"],
      ["resync", "a", "--from", "2016-01-02", "--to", "2016-01-01"],
      ["resync", "a", "--timeout", "9s"],
    ])
  func mistakes(arguments: [String]) {
    let run = LiveCommand(arguments, daemon: nil, input: "").wait()
    #expect(run.status == .usage)
    #expect(run.out.isEmpty)
    #expect(run.err.hasPrefix("Error: "))
  }

  @Test("--version says the version")
  func version() {
    let run = daybook("--version")
    #expect(run == CommandRun(status: .ok, out: "daybook \(Product.version)\n", err: ""))
  }

  @Test("completions can be made for each shell", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) {
    let run = daybook("--generate-completion-script", shell)
    #expect(run.status == .ok)
    #expect(run.out.contains("resync"))
  }
}
