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
      items.flatMap { $0.matches(of: /Fl -([a-z-]+)(?: Ar ([a-z\/]+))?/) }
        .map { "\($0.output.1) \($0.output.2 ?? "")" })
  }

  static func understood(_ command: String) throws -> Set<String> {
    let help = try SimProgram(command, "--help").end().output
    let items = help.matches(of: /(?m)^  (?:-h, )?--([a-z-]+)(?:\/--([a-z-]+))?(?: <([a-z\/]+)>)?/)
    var out: Set<String> = []
    for item in items {
      out.insert("\(item.output.1) \(item.output.3 ?? "")")
      if let other = item.output.2 { out.insert("\(other) ") }
    }
    return out.subtracting(["help "])
  }

  @Test("each command's options are explained, and no others")
  func options() throws {
    let common = try Self.told("Options of every server")
    let moves = try Self.told("Options of moves").union(common)
    let ownTracks = try Self.told("Options of owntracks").union(common)
    #expect(try Self.understood("moves") == moves)
    #expect(try Self.understood("owntracks") == ownTracks)
    let serve = try Self.told("Options of serve").union(moves).union(ownTracks)
    #expect(try Self.understood("serve") == serve)
    #expect(try Self.understood("agree") == Self.told("Options of agree"))
  }

  @Test("defaults are those of the program")
  func defaults() throws {
    let help = try SimProgram("serve", "--help").end().output
    let joined = help.replacing(/\n {10,}/, with: " ")
    let told = Self.page.matches(of: #/Fl -([a-z-]+) Ar .*\n.*[;,] ([^ ]+) without it\./#)
    #expect(told.count >= 8)
    for item in told where item.output.1 != "days" {
      let line = try #require(
        joined.split(separator: "\n").first { $0.hasPrefix("  --\(item.output.1) ") })
      #expect(line.contains("(default: \(item.output.2))"), "\(item.output.1)")
    }
  }

  @Test("the switches and the faults are those of the program, word for word")
  func switches() throws {
    #expect(try Self.section("WHILE IT RUNS").contains("\n" + SimWorld.controlGuide + "\n"))
    #expect(try Self.section("FAULTS").contains("\n" + FaultRule.grammar + "\n"))
    let help = try SimProgram("--help").end().output
    for line in SimWorld.controlGuide.split(separator: "\n") { #expect(help.contains(line)) }
  }

  @Test("each command is explained")
  func commands() throws {
    let help = try SimProgram("--help").end().output
    let list = try #require(help.split(separator: "SUBCOMMANDS:\n").last)
    let names = list.matches(of: #/(?m)^  ([a-z]+)  /#).map(\.output.1)
    #expect(names == ["serve", "moves", "owntracks", "agree"])
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
