import Foundation
import Testing

@testable import DaybookSimulator

/// The manual page is written by hand; here it is held to what the program understands.
struct ManualTests {
  static let page: String = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = tests.appendingPathComponent("../../../man/daybook-sim.1").standardizedFileURL
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// A section or subsection, up to the next one.
  static func section(_ head: String) throws -> Substring {
    let parts = page.split(separator: #/(?m)^\.S[hs] /#)
    let part = try #require(parts.first { $0.hasPrefix(head + "\n") }, "no \(head)")
    return part.dropFirst(head.count + 1)
  }

  /// Options with the names of their values, as the page explains them.
  static func told(_ head: String) throws -> Set<String> {
    let items = try section(head).split(separator: "\n").filter { $0.hasPrefix(".It Fl ") }
    return Set(
      items.flatMap { $0.matches(of: /Fl -([a-z0-9-]+)(?: Ar ([a-z\/]+))?/) }
        .map { "\($0.output.1) \($0.output.2 ?? "")" })
  }

  static func understood(_ command: String) throws -> Set<String> {
    let help = try SimProgram(command, "--help").end().output
    let items = help.matches(
      of: /(?m)^  (?:-h, )?--([a-z0-9-]+)(?:\/--([a-z-]+))?(?: <([a-z\/]+)>)?/)
    var out: Set<String> = []
    for item in items {
      out.insert("\(item.output.1) \(item.output.3 ?? "")")
      if let other = item.output.2 { out.insert("\(other) ") }
    }
    return out.subtracting(["help "])
  }

  /// The commands that serve one provider, with the sections that explain their options.
  static let servers = [
    "moves": ["Options of the people"], "owntracks": [], "fitbit": ["Options of the people"],
    "fitbit-site": ["Options of the people"], "google-health": ["Options of the people"],
  ]

  static func toldOfServer(_ command: String) throws -> Set<String> {
    let heads = try #require(servers[command], "no \(command)")
    return try (heads + ["Options of every server", "Options of \(command)"]).reduce(into: []) {
      $0.formUnion(try told($1))
    }
  }

  @Test("each server's options are explained, and no others", arguments: servers.keys.sorted())
  func options(command: String) throws {
    #expect(try Self.understood(command) == Self.toldOfServer(command))
  }

  @Test("the options of the other commands are explained, and no others")
  func otherOptions() throws {
    let serve = try Self.told("Options of serve").union(try Self.toldOfServer("moves"))
      .union(try Self.toldOfServer("owntracks"))
    #expect(try Self.understood("serve") == serve)
    #expect(try Self.understood("agree") == Self.told("Options of agree"))
  }

  @Test("defaults are those of the program", arguments: servers.keys.sorted())
  func defaults(command: String) throws {
    let help = try SimProgram(command, "--help").end().output
    let lines = help.replacing(/\n {10,}/, with: " ").split(separator: "\n")
    let heads = try #require(Self.servers[command])
    var seen = 0
    for head in heads + ["Options of every server", "Options of \(command)"] {
      let pattern = #/Fl -([a-z0-9-]+) Ar .*\n.*[;,] ([^;,\n]+) without it\b/#
      for item in try Self.section(head).matches(of: pattern) where item.output.1 != "days" {
        let line = try #require(lines.first { $0.hasPrefix("  --\(item.output.1) ") })
        #expect(line.contains("(default: \(item.output.2))"), "\(item.output.1)")
        seen += 1
      }
    }
    // Those of the server, and more of its own.
    #expect(seen >= 3)
  }

  @Test("the switches and the faults are those of the program, word for word")
  func switches() throws {
    #expect(try Self.section("WHILE IT RUNS").contains("\n" + SimWorld.controlGuide + "\n"))
    #expect(try Self.section("FAULTS").contains("\n" + FaultRule.grammar + "\n"))
    let help = try SimProgram("--help").end().output
    for line in SimWorld.controlGuide.split(separator: "\n") { #expect(help.contains(line)) }
  }

  @Test("there is an example for each provider, and each is one that the program understands")
  func examples() throws {
    let lines = try Self.section("EXAMPLES").matches(of: #/(?m)^\.Dl \$ daybook-sim (.*)$/#)
    let commands = lines.map { $0.output.1.split(separator: " ").map(String.init) }
    #expect(Set(commands.compactMap(\.first)).isSuperset(of: ["moves", "fitbit", "fitbit-site"]))
    #expect(commands.contains { $0.first == "google-health" })
    for words in commands where words.first != "agree" {
      // The days are looked at last: they are the only fault, and nothing is served.
      let end = try SimProgram(words + ["--days", "0"]).end()
      #expect(end.status == 64 && end.errors.contains("--days is 1 to"), "\(words)")
    }
  }

  @Test("each command is explained")
  func commands() throws {
    let help = try SimProgram("--help").end().output
    let list = try #require(help.split(separator: "SUBCOMMANDS:\n").last)
    let names = list.matches(of: #/(?m)^  ([a-z-]+)  /#).map(\.output.1)
    #expect(
      names == [
        "serve", "moves", "owntracks", "fitbit", "fitbit-site", "google-health", "agree",
      ])
    let description = try Self.section("DESCRIPTION")
    let synopsis = try Self.section("SYNOPSIS")
    for name in names {
      #expect(description.contains(".It Cm \(name)"))
      #expect(synopsis.contains(".Cm \(name)\n"))
    }
  }

  @Test("the exit statuses are those that the program has")
  func exitStatuses() throws {
    let told = try Self.section("EXIT STATUS").matches(of: /(?m)^\.It ([0-9]+)$/).map(\.output.1)
    #expect(told == ["0", "64", "69"])
    let help = try SimProgram("--help").end().output
    for status in told { #expect(help.contains("with \(status)"), "\(status)") }
  }
}
