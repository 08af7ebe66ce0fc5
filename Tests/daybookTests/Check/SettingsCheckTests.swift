import Foundation
import Testing

@testable import daybook

@Suite("Checking the settings")
struct SettingsCheckTests {
  private let folder = TestFolder()
  private let provider = """
    name: mine
    title: Mine
    login: none
    urls: {api: "https://mine.example"}
    account: {first_day: {get: /me, at: /since, form: ymd}}
    streams:
      - name: days
        request: {get: "/days/{start}"}
        window: {form: ymd, ends: "[]"}
        items: /days
    """

  private func check(_ path: String) -> SettingsCheck.Outcome {
    SettingsCheck(path: path, folders: [folder.path + "/system"]).run()
  }

  @Test("empty settings are in order")
  func empty() throws {
    #expect(check(try folder.write("", to: "daybook.yaml")) == SettingsCheck.Outcome())
  }

  @Test("a file that cannot be read is a problem of the file")
  func unreadable() {
    let problems = check(folder.path + "/none.yaml").problems
    #expect(
      problems.map(\.description) == [
        "\(folder.path)/none.yaml: cannot be read: No such file or directory"
      ])
  }

  @Test("every problem has its place")
  func places() throws {
    let path = try folder.write("acounts: {}\nfresh: soon\n", to: "daybook.yaml")
    let problems = check(path).problems
    #expect(problems.count == 2)
    #expect(problems.first?.description.hasPrefix("\(path):1:1: ") == true)
    #expect(problems.last?.position?.line == 2)
  }

  @Test("providers beside the settings are found, and go before the system's")
  func beside() throws {
    let path = try folder.write("accounts:\n  me: {provider: mine}\n", to: "etc/daybook.yaml")
    #expect(check(path).problems.count == 1, "no such provider yet")
    try folder.write(provider, to: "system/mine.yaml")
    #expect(check(path).problems.isEmpty)
    try folder.write(provider.replacing("title", with: "titel"), to: "etc/providers/mine.yaml")
    #expect(check(path).problems.first?.file == "\(folder.path)/etc/providers/mine.yaml")
  }

  @Test("a broken provider file that nothing names is a warning")
  func warning() throws {
    let path = try folder.write("", to: "daybook.yaml")
    try folder.write("name: [", to: "system/broken.yaml")
    try folder.write("not yaml at all", to: "system/notes.txt")
    let outcome = check(path)
    #expect(outcome.problems.isEmpty)
    #expect(!outcome.warnings.isEmpty)
    #expect(outcome.warnings.allSatisfy { $0.file.hasSuffix("broken.yaml") })
  }

  @Test("a provider file is checked by itself")
  func providerFile() throws {
    #expect(check(try folder.write(provider, to: "mine.yaml")).problems.isEmpty)
    let wrong = check(try folder.write(provider, to: "other.yaml")).problems
    #expect(wrong.count == 1)
    #expect(wrong.first?.description.contains("mine.yaml") == true)
  }

  @Test("settings are one's own where the daemon is")
  func standardPath() {
    let system = SocketPath(option: nil, environment: [:])
    let user = SocketPath(
      option: nil, environment: ["XDG_RUNTIME_DIR": "/run/user/1"], exists: { _ in true })
    #expect(SettingsCheck.standardPath(system, ["HOME": "/home/me"]) == "/etc/daybook/daybook.yaml")
    #expect(
      SettingsCheck.standardPath(user, ["HOME": "/home/me"])
        == "/home/me/.config/daybook/daybook.yaml")
    #expect(
      SettingsCheck.standardPath(user, ["HOME": "/home/me", "XDG_CONFIG_HOME": "/c"])
        == "/c/daybook/daybook.yaml")
    #expect(SettingsCheck.standardPath(user, [:]) == "/etc/daybook/daybook.yaml")
  }
}
