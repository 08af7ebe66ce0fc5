import DaybookCore
import DaybookEngine
import Glibc
import Testing

@testable import daybookd

@Suite("Configuration reader")
struct ConfigurationReaderTests {
  private let tree = WorkTree()

  private static let provider = """
    title: Title
    login: none
    urls: {api: https://a.example}
    account: {first_day: {get: /me, at: /since, form: ymd}}
    streams: [{name: s, request: {get: "/{start}"}, window: {form: ymd, ends: "[]"}, items: ""}]

    """
  private static let signIn = """
    title: Title
    login: code
    urls: {authorize: https://a.example/a, token: https://a.example/t, api: https://a.example}
    account: {first_day: {get: /me, at: /since, form: ymd}}
    streams: [{name: s, request: {get: "/{start}"}, window: {form: ymd, ends: "[]"}, items: ""}]

    """

  private func read(_ settings: String?) throws -> ConfigurationReader.Outcome {
    if let settings { try tree.write("/daybook.yaml", settings) }
    return ConfigurationReader(
      settings: tree.path + "/daybook.yaml",
      providers: [tree.path + "/own", tree.path + "/shared"],
      credentials: tree.path + "/credentials", zoneExists: { $0 == "Europe/Berlin" }
    ).read()
  }

  /// The lines without the test's own folder.
  private func short(_ lines: [String]) -> [String] {
    lines.map { $0.replacing(tree.path + "/", with: "") }
  }

  @Test("settings, providers and secrets are read and fit together")
  func right() throws {
    try tree.write("/shared/p.yaml", "name: p\n" + Self.provider)
    try tree.write("/shared/q.yaml", "name: q\n" + Self.signIn)
    try tree.write("/credentials/q-secret", "s3cret\n")
    chmod(tree.path + "/credentials/q-secret", 0o400)
    let outcome = try read(
      """
      clients: {app: {provider: q, client_id: i, client_secret: q-secret}}
      accounts:
        a: {provider: p, zone: Europe/Berlin}
        b: {provider: q, client: app}
      """)
    #expect(outcome.problems.isEmpty && outcome.warnings.isEmpty)
    let configuration = try #require(outcome.configuration)
    #expect(configuration.settings.accounts.map(\.name) == ["a", "b"])
    #expect(configuration.providers.keys.sorted() == ["p", "q"])
    #expect(configuration.secrets == ["app": Secret("s3cret")])
    guard case .settingsRead(let read) = outcome.event else {
      Issue.record("no event of success")
      return
    }
    #expect(read.settings == configuration.settings)
  }

  @Test("the operator's provider file hides the installed one")
  func override() throws {
    try tree.write("/own/p.yaml", "name: p\n" + Self.provider.replacing("Title", with: "Mine"))
    try tree.write("/shared/p.yaml", "name: p\n" + Self.provider)
    #expect(try read("accounts: {a: {provider: p}}").configuration?.providers["p"]?.title == "Mine")
  }

  @Test("all problems of all files are told at once, with their places")
  func problems() throws {
    try tree.write("/own/p.yaml", "name: p\n")
    try tree.write("/shared/p.yaml", "name: p\n" + Self.provider)
    try tree.write("/shared/q.yaml", "name: q\n" + Self.signIn)
    let outcome = try read(
      """
      clients:
        app: {provider: q, client_id: i, client_secret: none}
      accounts:
        a: {provider: p, zone: Mars/Olympus}
        b: {provider: q}
      """)
    #expect(outcome.configuration == nil)
    #expect(
      short(outcome.problems) == [
        "daybook.yaml:2:51: client 'app': there is no credential of the name that 'client_secret' "
          + "gives; run: systemctl edit daybook, and add LoadCredential=NAME:PATH under [Service]",
        "daybook.yaml:4:26: 'zone': this system knows no time zone 'Mars/Olympus' (package tzdata)",
        "daybook.yaml:5:3: account 'b' needs the key 'client', because provider 'q' has a sign-in: "
          + "app",
        "own/p.yaml:1:1: a provider file needs the key 'title': text",
        "own/p.yaml:1:1: a provider file needs the key 'login': one of code, key, token, form, none",
        "own/p.yaml:1:1: a provider file needs the key 'urls': the urls (keys and values)",
        "own/p.yaml:1:1: a provider file needs the key 'streams': a list, each a stream "
          + "(keys and values)",
      ])
    guard case .settingsRefused(let lines) = outcome.event else {
      Issue.record("no event of refusal")
      return
    }
    #expect(lines == outcome.problems)
  }

  @Test("a broken file that nothing names is a warning and hinders nobody")
  func warning() throws {
    try tree.write("/own/broken.yaml", "what")
    try tree.write("/own/open.yaml", "name: open\n" + Self.provider)
    chmod(tree.path + "/own/open.yaml", 0o666)
    try tree.write("/shared/p.yaml", "name: p\n" + Self.provider)
    let outcome = try read("accounts: {a: {provider: p}}")
    #expect(outcome.configuration != nil && outcome.problems.isEmpty)
    #expect(
      short(outcome.warnings) == [
        "own/broken.yaml:1:1: expected a provider file (keys and values), not 'what'",
        "own/open.yaml: can be written by anybody (mode 0666); run chmod o-w",
      ])
  }

  @Test("a named provider file that anybody may write is refused, whatever stands behind it")
  func untrusted() throws {
    try tree.write("/own/p.yaml", "name: p\n" + Self.provider)
    chmod(tree.path + "/own/p.yaml", 0o666)
    try tree.write("/shared/p.yaml", "name: p\n" + Self.provider)
    let outcome = try read("accounts: {a: {provider: p}}")
    #expect(
      short(outcome.problems) == [
        "own/p.yaml: can be written by anybody (mode 0666); run "
          + "chmod o-w"
      ])
  }

  @Test("settings that are not there, or that anybody may write, are refused")
  func settings() throws {
    #expect(
      short(try read(nil).problems) == [
        "daybook.yaml: cannot be opened: No such file or directory"
      ])
    try tree.write("/daybook.yaml", "")
    chmod(tree.path + "/daybook.yaml", 0o606)
    #expect(
      short(try read(nil).problems) == [
        "daybook.yaml: can be written by anybody (mode 0606); run chmod o-w"
      ])
  }

  @Test("empty settings are a configuration without accounts")
  func empty() throws {
    let configuration = try #require(try read("").configuration)
    #expect(configuration.settings == Settings() && configuration.secrets.isEmpty)
  }

  @Test("settings too large are refused before they are read to their end")
  func large() throws {
    let outcome = try read(String(repeating: "# x\n", count: Limits.yamlBytes / 2))
    #expect(
      short(outcome.problems) == [
        "daybook.yaml: the file is larger than 1024 KiB, the most that is read"
      ])
  }
}
