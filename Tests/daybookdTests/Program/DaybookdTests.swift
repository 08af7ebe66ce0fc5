import DaybookCore
import Foundation
import Testing

@testable import daybookd

/// The command line, and the manual page that is held to it.
@Suite("The command line of daybookd")
struct DaybookdTests {
  private static let help = Daybookd.helpMessage(columns: 80)

  private func page() throws -> String { try repositoryText("man/daybookd.8") }

  /// A section of the page, without its macros for options: `.Fl -check` reads `--check`.
  private func section(_ name: String) throws -> Substring {
    let parts = try page().split(separator: ".Sh ")
    let section = try #require(parts.first { $0.hasPrefix("\(name)\n") }, "no \(name)")
    return section.dropFirst(name.count + 1)
  }

  /// Options with the name of their value, as the help and the page write them.
  private func options(_ help: Substring) -> Set<String> {
    Set(help.matches(of: /--([a-z]+)( <([a-z]+)>)?/).map { "\($0.1) \($0.3 ?? "")" })
  }

  @Test("help fits 80 columns")
  func width() {
    #expect(Self.help.split(separator: "\n").filter { $0.count > 80 } == [])
  }

  @Test("the usage names the options that are explained below it")
  func usage() throws {
    let parts = try #require(Self.help.split(separator: "USAGE: ").last).split(separator: "\n\n")
    let usage = options(try #require(parts.first))
    let explained = parts.dropFirst().joined(separator: "\n")
      .matches(of: /(?m)^  (?:-h, )?(--.{0,22})/).map(\.output.1).joined(separator: "\n")
    #expect(options(explained[...]) == usage.union(["version ", "help "]))
    #expect(usage.count == 6)
  }

  @Test("the manual explains the same options, with the same values")
  func manualOptions() throws {
    let parts = Self.help.split(separator: "\n\nOPTIONS:\n")
    let explained = try #require(parts.last).matches(of: /(?m)^  (?:-h, )?(--.{0,22})/)
      .map(\.output.1).joined(separator: "\n")
    let items = try section("DESCRIPTION").matches(
      of: /(?m)^\.It (?:Fl h , )?Fl -([a-z]+)( Ar ([a-z]+))?$/)
    #expect(Set(items.map { "\($0.1) \($0.3 ?? "")" }) == options(explained[...]))
  }

  @Test("its synopsis names all of them")
  func synopsis() throws {
    let items = try section("SYNOPSIS").matches(of: /Fl -([a-z]+)( Ar ([a-z]+))?/)
    let usage = try #require(
      Self.help.split(separator: "USAGE: ").last?.split(separator: "\n\n").first)
    #expect(
      Set(items.map { "\($0.1) \($0.3 ?? "")" })
        == options(usage).union(["version ", "help "]))
  }

  @Test("the exit statuses are the same everywhere, word for word")
  func exitStatuses() throws {
    let items = try section("EXIT STATUS").split(separator: ".It ").dropFirst().map { item in
      item.split(separator: "\n").filter { !$0.hasPrefix(".El") }
        .map { $0.replacing(".Fl -", with: "--") }.joined(separator: " ")
    }
    #expect(items == ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" })
    for status in ExitStatus.allCases {
      #expect(Self.help.contains("\(status.rawValue)  \(status.meaning)\n"))
    }
  }

  @Test("each variable that the program reads is explained, and no other")
  func variables() throws {
    var read: Set<Substring> = []
    let sources = try #require(
      FileManager.default.enumerator(atPath: repositoryPath("Sources/daybookd")))
    for case let file as String in sources where file.hasSuffix(".swift") {
      let text = try repositoryText("Sources/daybookd/\(file)")
      for match in text.matches(of: /(?:environment|path|xdg|variable)\("([A-Z_]+)"/) {
        read.insert(match.1)
      }
    }
    // Read by libsystemd.
    read.formUnion(["LISTEN_FDS", "NOTIFY_SOCKET", "WATCHDOG_USEC"])
    let told = try section("ENVIRONMENT").split(separator: "\n").filter { $0.hasPrefix(".It Ev ") }
      .flatMap { $0.dropFirst(7).split(separator: " , ") }
    #expect(read.count >= 12)
    #expect(Set(told) == read)
    #expect(told.count == Set(told).count)
  }

  @Test(
    "places are the same in the help, the manual and the program",
    arguments: ["/etc/daybook", "/var/lib/daybook", "/run/daybook"])
  func places(path: String) throws {
    #expect(Self.help.contains(path))
    #expect(try section("DESCRIPTION").contains(".Pa \(path)"))
    #expect(try section("FILES").contains(".It Pa \(path)/"))
    let system = try Places(.init(), uid: 0, folder: "/", environment: { _ in nil })
    let all = [system.settings, system.state + "/", system.runtime + "/"]
    #expect(all.contains { $0.hasPrefix(path + "/") })
  }

  @Test("files are those that the daemon makes and reads", arguments: ["ledger", "accounts"])
  func files(name: String) throws {
    #expect(try section("FILES").contains(".It Pa /var/lib/daybook/\(name).sqlite\n"))
  }
}
