import Testing

@testable import DaybookCore

/// A settings file with a mistake, and the problems that must come of it.
struct WrongSettings: CustomTestStringConvertible, Sendable {
  var text: String
  var problems: [String]

  init(_ text: String, _ problems: String...) {
    self.text = text
    self.problems = problems
  }
  /// `keys` are lines of the account `me`, the first of them line 3.
  static func account(_ keys: String, _ problems: String...) -> WrongSettings {
    let indented = keys.split(separator: "\n").map { "    \($0)\n" }.joined()
    var out = WrongSettings("accounts:\n  me:\n\(indented)")
    out.problems = problems
    return out
  }
  /// `keys` are lines of the client `app`, the first of them line 3.
  static func client(_ keys: String, _ problems: String...) -> WrongSettings {
    let indented = keys.split(separator: "\n").map { "    \($0)\n" }.joined()
    var out = WrongSettings("clients:\n  app:\n\(indented)")
    out.problems = problems
    return out
  }

  var testDescription: String { text }

  func check() {
    switch SettingsFile.load(Array(text.utf8), file: "d.yaml") {
    case .success: #expect(problems.isEmpty, "accepted: \(text)")
    case .failure(let found): #expect(found.lines == problems.map { "d.yaml:" + $0 })
    }
  }
}

@Suite("Settings file")
struct SettingsFileTests {
  private func load(_ text: String) throws -> Settings {
    try SettingsFile.load(Array(text.utf8), file: "d.yaml").get()
  }

  @Test(
    "nothing at all is valid: no accounts", arguments: ["", "# x\n", "clients:\naccounts:\n", "{}"])
  func empty(text: String) throws {
    #expect(try load(text) == Settings())
  }

  @Test("what may be left out has the value that the model says")
  func defaults() throws {
    let settings = try load("accounts:\n  me:\n    provider: owntracks\n")
    #expect(settings.accounts == [AccountSettings(name: "me", provider: "owntracks")])
    #expect(settings.archive == nil && settings.fresh == .hours(3) && settings.clients.isEmpty)
  }

  @Test("the keys of tokens are named by a credential or a path")
  func tokenKey() throws {
    #expect(try load("").tokenKey == nil)
    #expect(try load("token_key: token-key\n").tokenKey == .credential("token-key"))
    #expect(try load("token_key_file: /etc/k\n").tokenKey == .file("/etc/k"))
    WrongSettings(
      "token_key: k\ntoken_key_file: /k\n",
      "2:1: give one of 'token_key' and 'token_key_file', not both"
    ).check()
    // The key itself, pasted: it is not shown.
    WrongSettings(
      "token_key: hunter2+/hunter2=\n",
      "1:12: 'token_key': expected the name of a systemd credential (LoadCredential=NAME:PATH), "
        + "not the secret itself; a file that holds it goes under 'token_key_file'"
    ).check()
  }

  @Test("clients and accounts keep the order of the file")
  func order() throws {
    let settings = try load(
      "accounts: {z: {provider: p}, a: {provider: p}}\n"
        + "clients: {y: {provider: p, client_id: i}, b: {provider: p, client_id: i}}\n")
    #expect(settings.accounts.map(\.name) == ["z", "a"])
    #expect(settings.clients.map(\.name) == ["y", "b"])
    #expect(settings.account("a")?.name == "a" && settings.client("c") == nil)
  }

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongSettings(
        "acounts: {}\n",
        "1:1: unknown key 'acounts'; did you mean 'accounts'? "
          + "The keys of the settings: archive, fresh, token_key, token_key_file, clients, accounts"
      ),
      WrongSettings("- a\n", "1:1: expected the settings (keys and values), not a list"),
      WrongSettings("archive: days\n", "1:10: 'archive': 'days' must begin with a slash"),
      WrongSettings("archive: /srv/../etc\n", "1:10: 'archive': '/srv/../etc' must not hold '..'"),
      WrongSettings("archive: \"/a\\0b\"\n", "1:10: 'archive': '/a\\u{0}b' is no path"),
      WrongSettings(
        "fresh: 3\n",
        "1:8: 'fresh': expected a duration from 1s to 1d, "
          + "such as 500ms, 30s, 15m, 3h or 2d, not '3'"),
      WrongSettings(
        "fresh: 2d\n",
        "1:8: 'fresh': expected a duration from 1s to 1d, "
          + "such as 500ms, 30s, 15m, 3h or 2d, not '2d'"),
      WrongSettings(
        "accounts: [me]\n",
        "1:11: 'accounts': expected accounts (names and values), not a list"),
      WrongSettings("accounts:\n  Me: {provider: moves}\n", "2:3: 'Me' is no name; \(Name.rule)"),
      WrongSettings(
        "accounts:\n  ../x: {provider: moves}\n", "2:3: '../x' is no name; \(Name.rule)"),
      WrongSettings(
        "accounts:\n  me: {provider: p}\n  me: {provider: q}\n",
        "3:3: key 'me' stands twice; the first is in line 2"),
      WrongSettings(
        "accounts:\n  me:\n  you: {provider: p}\n",
        "2:3: account 'me' needs the key 'provider': a name"),
      WrongSettings(
        "accounts:\n  me: moves\n",
        "2:7: expected account 'me' (keys and values), not 'moves'"),
      WrongSettings(
        "accounts:\n  me: &a {provider: p}\n  you: *a\n",
        "2:7: an anchor (&) is not accepted; write the value itself",
        "3:8: an alias (*) is not accepted; write the value itself"),
    ])
  func wrong(_ file: WrongSettings) {
    file.check()
  }

  @Test("mistakes of all sections are told at once")
  func allAtOnce() {
    WrongSettings(
      "fresh: soon\nclients:\n  app: {provider: moves}\naccounts:\n  me: {provider: moves, "
        + "clint: app}\n",
      "1:8: 'fresh': expected a duration from 1s to 1d, such as 500ms, 30s, 15m, 3h or 2d, "
        + "not 'soon'",
      "3:8: client 'app' needs the key 'client_id': text",
      "5:25: unknown key 'clint'; did you mean 'client'? The keys of account 'me': provider, "
        + "client, "
        + "origin, allow_plain_http, params, since, streams, zone, redirect_uri, windows, timeout, "
        + "timeline, was"
    ).check()
  }

  @Test("ten thousand accounts are read")
  func many() throws {
    let lines = (0..<10_000).map { "  a\($0): {provider: moves, client: app}\n" }.joined()
    #expect(try load("accounts:\n" + lines).accounts.count == 10_000)
  }

  @Test("places survive for later checks")
  func located() throws {
    let text = "accounts:\n  me:\n    provider: moves\n    params: {user: jane}\n"
    let located = try SettingsFile.read(Array(text.utf8), file: "d.yaml").get()
    #expect(located.has(["accounts", "me", "params", "user"]))
    #expect(!located.has(["accounts", "me", "zone"]))
    #expect(located.root.position(of: ["accounts", "me", "provider"]).description == "3:15")
  }
}
