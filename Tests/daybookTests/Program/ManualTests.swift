import Foundation
import Testing

@testable import daybook

/// The manual pages are written by hand; here they are held to what the programs understand.
@Suite("The manual")
struct ManualTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func read(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Long options of the text that a program prints with --help, with the names of their values.
  private static func options(help: some StringProtocol) -> Set<String> {
    Set(
      String(help).matches(of: /(?m)^  (?:-h, )?--([a-z][a-z-]*)(?: <([a-z]+)>)?/)
        .map { "\($0.output.1) \($0.output.2 ?? "")" })
  }

  /// Long options of a manual page, or of a part of it, with the names of their values.
  private static func options(page: some StringProtocol) -> Set<String> {
    Set(
      String(page).matches(of: /Fl -([a-z][a-z-]*)(?: Ar ([a-z]+))?/)
        .map { "\($0.output.1) \($0.output.2 ?? "")" })
  }

  /// Those that the part about a command explains, each in an item of its own.
  private static func explained(_ part: some StringProtocol) -> Set<String> {
    options(
      page: part.split(separator: "\n").filter { $0.hasPrefix(".It Fl ") }.joined(separator: "\n"))
  }

  /// The part of the page about a command: from its item to the next command's.
  private static func part(_ name: String, of page: String) -> Substring? {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    func isItem(_ line: Substring) -> Bool {
      line.hasPrefix(".It Cm ") || line.hasPrefix(".It Xo Cm ") || line.hasPrefix(".Sh ")
    }
    func names(_ line: Substring) -> Bool {
      isItem(line) && line.split(separator: " ").contains(name[...])
    }
    guard let first = lines.firstIndex(where: names) else { return nil }
    let rest = lines[(first + 1)...]
    let last = rest.firstIndex(where: isItem) ?? rest.endIndex
    return lines[first..<last].joined(separator: "\n")[...]
  }

  @Test("each command has its options in the manual, and no others", arguments: DaybookTests.names)
  func command(name: String) throws {
    let page = try ManualTests.read("man/daybook.1")
    let part = try #require(ManualTests.part(name, of: page), "no \(name)")
    let common: Set = ["socket path", "json ", "help ", "version "]
    let help = try #require(daybook(name, "--help").out.split(separator: "\nOPTIONS:").last)
    let understood = ManualTests.options(help: help).subtracting(common)
    #expect(ManualTests.explained(part) == understood)
    // The head of the part names them too, and the text about them no other.
    let head = part.split(separator: "\n").prefix { !$0.hasPrefix(".Bl") }.joined(separator: "\n")
    #expect(ManualTests.options(page: head).isSuperset(of: understood))
    let names = { (options: Set<String>) in Set(options.map { $0.prefix { $0 != " " } }) }
    #expect(names(ManualTests.options(page: part)) == names(understood))
  }

  @Test(
    "each command has its arguments in the manual, and no others", arguments: DaybookTests.names)
  func arguments(name: String) throws {
    let part = try #require(ManualTests.part(name, of: try ManualTests.read("man/daybook.1")))
    let help = daybook(name, "--help").out
    let usage = try #require(help.split(separator: "USAGE: ").last?.split(separator: "\n\n").first)
    let wanted = usage.replacing(/--[a-z-]+( <[a-z]+>)?/, with: "").matches(of: /(\[)?<([a-z]+)>/)
    let line = try #require(part.split(separator: "\n").first)
    let told = line.matches(of: /Cm [a-z]+ (Oo |Op )?Ar ([a-z]+)/)
    #expect(told.map(\.output.2) == wanted.map(\.output.2))
    // Both say which may be left out.
    #expect(told.map { $0.output.1 != nil } == wanted.map { $0.output.1 != nil })
  }

  @Test("what every command understands is told once for all")
  func common() throws {
    let page = try ManualTests.read("man/daybook.1")
    let head = try #require(page.split(separator: ".Sh COMMANDS").first)
    for option in ["socket", "json", "help", "version"] {
      #expect(head.contains(try Regex("(?m)^\\.It (Fl h , )?Fl -\(option)\\b")), "\(option)")
    }
  }

  @Test("the synopsis names each command with its options", arguments: DaybookTests.names)
  func synopsis(name: String) throws {
    let page = try ManualTests.read("man/daybook.1")
    let synopsis = try #require(page.split(separator: ".Sh DESCRIPTION").first)
    let block = synopsis.split(separator: ".Nm\n").first { $0.hasPrefix(".Cm \(name)\n") }
    let part = try #require(ManualTests.part(name, of: page))
    #expect(ManualTests.options(page: try #require(block)) == ManualTests.explained(part))
  }

  @Test("the README names each command", arguments: DaybookTests.names)
  func readme(name: String) throws {
    #expect(try ManualTests.read("README.md").contains(try Regex("`(daybook )?\(name)( [^`]*)?`")))
  }

  @Test("places are the same in the help, the manual and the program")
  func places() throws {
    let page = try ManualTests.read("man/daybook.1")
    let overview = try #require(daybook("--help").out.split(separator: "USAGE: ").first)
    let told = overview.matches(of: /[$~\/][A-Za-z_~\/.]*control\.sock/).map { String($0.output) }
    #expect(told.count == 3)
    #expect(told.contains(SocketPath.system))
    for path in told { #expect(page.contains(".Pa \(path)"), "\(path)") }
    #expect(page.contains(".It Pa \(SocketPath.system)\n"))
    #expect(page.contains(".It Pa \(SettingsCheck.systemPath)\n"))
    let folders = SettingsCheck.systemFolders.map { "\($0)/" }.joined(separator: " , ")
    #expect(page.contains(".It Pa \(folders)\n"))
  }

  @Test(
    "pages refer to pages that are there",
    arguments: ["daybook.1", "daybook-sim.1", "daybookd.8", "daybook.yaml.5"])
  func references(name: String) throws {
    let others = try ManualTests.read("man/\(name)").matches(of: /\.Xr (daybook[a-z.-]*) ([158])/)
    #expect(others.count >= 2)
    for other in others { _ = try ManualTests.read("man/\(other.output.1).\(other.output.2)") }
  }

  @Test("the exit statuses are those of the program, word for word")
  func exitStatuses() throws {
    let page = try ManualTests.read("man/daybook.1")
    let section = try #require(page.split(separator: ".Sh EXIT STATUS\n").last)
      .split(separator: ".El").first
    let items = (section ?? "").split(separator: "\n").dropFirst()
    let expected = ExitStatus.allCases.flatMap { [".It \($0.rawValue)", $0.meaning] }
    #expect(items.map(String.init) == expected)
  }

  @Test("each character of the calendar is explained")
  func calendar() throws {
    let page = try ManualTests.read("man/daybook.1")
    for (character, _, _) in Calendar.legend {
      #expect(page.contains(".It Li \(character)\n") || page.contains(".It Li \\&\(character)\n"))
    }
  }

  @Test("each variable that the program reads is told, and no other")
  func variables() throws {
    let page = try ManualTests.read("man/daybook.1")
    let source = try ManualTests.read("Sources/daybook/Program/Context.swift")
    let names = source.matches(of: /"([A-Z_]+)"/).map(\.output.1)
    #expect(names.count >= 9)
    let section =
      try #require(page.split(separator: ".Sh ENVIRONMENT\n").last)
      .split(separator: ".Sh ").first ?? ""
    let told = section.split(separator: "\n").filter { $0.hasPrefix(".It Ev ") }
      .flatMap { $0.dropFirst(7).split(separator: " , ") }
    #expect(Set(told) == Set(names))
  }

  @Test("each key of the settings that come with the product is explained")
  func settings() throws {
    let page = try ManualTests.read("man/daybook.yaml.5")
    let example = try ManualTests.read("etc/daybook/daybook.yaml")
    let chosen = ["minute", "quarter", "seconds", "limit", "per", "align", "user", "device"]
    let keys = example.matches(of: /(?m)^[# ]*([a-z_]+):/).map { String($0.output.1) }
      .filter { !chosen.contains($0) }
    #expect(keys.count > 15)
    for key in keys { #expect(page.contains(".It Ic \(key)\n"), "\(key)") }
    for key in ["seconds", "limit", "per", "align"] { #expect(page.contains(".Ic \(key)")) }
  }

  @Test(
    "the pages are well formed",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")),
    arguments: ["daybook.1", "daybook-sim.1", "daybookd.8", "daybook.yaml.5"])
  func wellFormed(name: String) throws {
    let groff = Process()
    let pipe = Pipe()
    groff.executableURL = URL(fileURLWithPath: "/usr/bin/groff")
    groff.arguments = [
      "-mdoc", "-Tascii", "-ww", "-z", ManualTests.root.appendingPathComponent("man/\(name)").path,
    ]
    groff.standardError = pipe
    try groff.run()
    groff.waitUntilExit()
    try pipe.fileHandleForWriting.close()
    let warnings = try pipe.fileHandleForReading.readToEnd() ?? Data()
    #expect(groff.terminationStatus == 0)
    #expect(String(decoding: warnings, as: UTF8.self) == "")
  }
}
