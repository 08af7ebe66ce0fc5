import Testing

@testable import DaybookCore

/// Settings, and the problems that must come of them and the installed providers together.
struct WrongTogether: CustomTestStringConvertible, Sendable {
  var text: String
  var problems: [String]
  init(_ text: String, _ problems: String...) {
    self.text = text
    self.problems = problems.map { "d:" + $0 }
  }
  var testDescription: String { text }
}

@Suite("Settings against providers")
struct ConfigurationCheckTests {
  /// Moves, OwnTracks, `open`: a provider whose clients have no secret, and `silent`: one that does
  /// not say where a history begins.
  static func providers() throws -> [String: Provider] {
    let moves = try Shipped.provider("moves")
    var open = moves
    open.name = "open"
    open.client = .public
    let ownTracks = try Shipped.provider("owntracks")
    var silent = ownTracks
    silent.name = "silent"
    silent.account.firstDay = nil
    silent.params = []
    return ["moves": moves, "owntracks": ownTracks, "open": open, "silent": silent]
  }

  static func check(
    _ text: String, broken: Set<String> = [], zones: Set<String>? = nil
  ) throws -> (settings: Settings?, problems: [String]) {
    let located = try SettingsFile.read(Array(text.utf8), file: "d").get()
    var providers = try providers()
    for name in broken { providers[name] = nil }
    let result = ConfigurationCheck.check(located, providers: providers, broken: broken) { zone in
      zones.map { $0.contains(zone) } ?? true
    }
    switch result {
    case .success(let settings): return (settings, [])
    case .failure(let problems): return (nil, problems.lines)
    }
  }

  private static let app = "clients:\n  app: {provider: moves, client_id: i, client_secret: s}\n"

  @Test("the settings of two accounts are right")
  func right() throws {
    let (settings, problems) = try Self.check(
      Self.app + "accounts:\n  me: {provider: moves, client: app}\n"
        + "  places: {provider: owntracks, params: {user: a, device: b}}\n")
    #expect(problems.isEmpty)
    #expect(settings?.accounts.map(\.redirectURI) == [Settings.defaultRedirectURI, nil])
  }

  @Test(
    "what only both files together can tell is told with its place in the settings",
    arguments: [
      WrongTogether(
        "accounts:\n  me: {provider: mvoes}\n",
        "2:18: 'provider': 'mvoes' is not a provider; did you mean 'moves'? "
          + "there is: moves, open, owntracks, silent"),
      WrongTogether(
        "accounts:\n  me: {provider: fitbit}\n",
        "2:18: 'provider': 'fitbit' is not a provider; there is: moves, open, owntracks, silent"),
      WrongTogether(
        "clients:\n  x: {provider: fitbit, client_id: i}\n",
        "2:17: 'provider': 'fitbit' is not a provider; there is: moves, open, owntracks, silent"),
      WrongTogether(
        "clients:\n  x: {provider: owntracks, client_id: i}\n",
        "2:3: client 'x': provider 'owntracks' has no sign-in; it needs no client"),
      WrongTogether(
        "clients:\n  x: {provider: moves, client_id: i}\n",
        "2:3: client 'x' needs the key 'client_secret' or 'client_secret_file'"),
      WrongTogether(
        "clients:\n  x:\n    provider: open\n    client_id: i\n    client_secret_file: /s\n",
        "5:5: provider 'open' gives its clients no secret; leave it out"),
      WrongTogether(
        "clients:\n  x: {provider: open, client_id: i, client_secret: s}\n",
        "2:37: provider 'open' gives its clients no secret; leave it out"),
      WrongTogether(
        "clients:\n  x: {provider: open, client_id: i, testing: true}\n",
        "2:37: 'testing': sign-ins at 'open' end no earlier for it; leave it out"),
      WrongTogether(
        "accounts:\n  me: {provider: moves}\n",
        "2:3: account 'me' needs the key 'client', because provider 'moves' has a sign-in; "
          + "none is among the clients"),
      WrongTogether(
        "\(app)accounts:\n  me: {provider: moves}\n",
        "4:3: account 'me' needs the key 'client', because provider 'moves' has a sign-in: app"),
      WrongTogether(
        "\(app)accounts:\n  me: {provider: moves, client: apq}\n",
        "4:33: 'client': 'apq' is not among the clients; did you mean 'app'? there is: app"),
      WrongTogether(
        "\(app)accounts:\n  me: {provider: open, client: app}\n",
        "4:32: 'client': 'app' is a client of 'moves', not of 'open'"),
      WrongTogether(
        "\(app)accounts:\n  me: {provider: owntracks, client: app, params: {user: a, device: b}}\n",
        "4:29: provider 'owntracks' has no sign-in; leave the client out"),
    ])
  func clients(_ wrong: WrongTogether) throws {
    #expect(try Self.check(wrong.text).problems == wrong.problems)
  }

  @Test("a provider whose own file is broken draws no further complaints")
  func broken() throws {
    let text = "accounts:\n  me: {provider: moves, streams: [x], zone: UTC}\n"
    #expect(try Self.check(text, broken: ["moves"]).problems.isEmpty)
  }

  @Test("without any provider file that is said")
  func none() throws {
    let located = try SettingsFile.read(Array("accounts: {me: {provider: a}}".utf8), file: "d")
      .get()
    guard case .failure(let problems) = ConfigurationCheck.check(located, providers: [:]) else {
      Issue.record("accepted")
      return
    }
    #expect(problems.lines == ["d:1:27: 'provider': 'a' is not a provider; there is none"])
  }

  @Test("all problems of all accounts are told, in the order of the file")
  func allAtOnce() throws {
    let text = """
      accounts:
        b: {provider: moves, was: a, zone: Mars/Olympus}
        a: {provider: owntracks, params: {user: x}, was: c}
        d: {provider: nowhere, was: c}
      """
    #expect(
      try Self.check(text, zones: ["UTC"]).problems == [
        "d:2:3: account 'b' needs the key 'client', because provider 'moves' has a sign-in; "
          + "none is among the clients",
        "d:2:29: 'was': 'a' is an account still",
        "d:2:38: 'zone': this system knows no time zone 'Mars/Olympus' (package tzdata)",
        "d:3:3: account 'a' needs the param 'device' of provider 'owntracks'",
        "d:4:17: 'provider': 'nowhere' is not a provider; there is: moves, open, owntracks, silent",
        "d:4:31: 'was': 'c' is the former name of account 'a' already",
      ])
  }

  private static func joined(_ me: String, _ you: String) -> String {
    let place = "provider: owntracks, params: {user: a, device: b}"
    return "accounts:\n  me: {\(place)\(me)}\n  you: {\(place)\(you)}\n"
  }

  @Test(
    "a timeline may have the name of an account that is in it, and of no other",
    arguments: [
      WrongTogether(joined(", timeline: us", ", timeline: us")),
      WrongTogether(joined(", timeline: us", "")),
      WrongTogether(joined(", timeline: me", ", timeline: me")),
      WrongTogether(
        joined("", ", timeline: me"),
        "3:70: 'timeline': 'me' is an account that is not in it; give that account the same "
          + "timeline, or choose another name"),
      WrongTogether(
        joined(", timeline: you", ", timeline: me"),
        "2:69: 'timeline': 'you' is an account that is not in it; give that account the same "
          + "timeline, or choose another name",
        "3:70: 'timeline': 'me' is an account that is not in it; give that account the same "
          + "timeline, or choose another name"),
    ])
  func timelines(_ wrong: WrongTogether) throws {
    #expect(try Self.check(wrong.text).problems == wrong.problems)
  }
}
