import Testing

@testable import DaybookCore

@Suite("Accounts against providers")
struct ConfigurationCheckAccountsTests {
  private static let app = "clients:\n  app: {provider: moves, client_id: i, client_secret: s}\n"

  private static func moves(_ more: String) -> String {
    "\(app)accounts:\n  me: {provider: moves, client: app, \(more)}\n"
  }
  private static func ownTracks(_ more: String) -> String {
    "accounts:\n  me:\n    provider: owntracks\n    params: {user: a, device: b}\n    \(more)\n"
  }

  @Test(
    "a mistake is told with its place",
    arguments: [
      WrongTogether(
        ownTracks("origin: http://nas.lan:8083"),
        "5:13: 'origin': http to another machine can be read on the way; use https, or permit it "
          + "with allow_plain_http: true"
      ),
      WrongTogether(
        ownTracks("streams: [location]"),
        "5:15: 'streams': 'location' is not a stream of 'owntracks'; did you mean 'locations'? "
          + "there is: locations"
      ),
      WrongTogether(
        ownTracks("redirect_uri: http://127.0.0.1:1/"),
        "5:5: provider 'owntracks' has no sign-in; leave the redirect_uri out"
      ),
      WrongTogether(
        moves("redirect_uri: \"http://a.example/\""),
        "4:52: 'redirect_uri': http to another machine can be read on the way; use https, or this "
          + "machine itself (http://127.0.0.1:8754/)"
      ),
      WrongTogether(
        moves("params: {user: a}"),
        "4:47: 'params': 'user' is not a param of 'moves'; there is none"
      ),
      WrongTogether(
        "accounts:\n  me: {provider: owntracks, params: {user: a, device: b, devise: c}}\n",
        "2:58: 'params': 'devise' is not a param of 'owntracks'; did you mean 'device'? "
          + "there is: user, device"
      ),
      WrongTogether(
        moves("zone: Mars/Olympus"),
        "4:44: 'zone': this system knows no time zone 'Mars/Olympus' (package tzdata)"
      ),
      WrongTogether(
        "accounts:\n  me: {provider: silent}\n",
        "2:3: account 'me' needs the key 'since': provider 'silent' does not tell where a history "
          + "begins"
      ),
      WrongTogether("accounts:\n  me: {provider: silent, since: 2014-01-12}\n"),
      WrongTogether(moves("was: me"), "4:43: 'was': 'me' is the account's name now"),
    ])
  func wrong(_ wrong: WrongTogether) throws {
    let zones: Set<String> = ["UTC"]
    #expect(try ConfigurationCheckTests.check(wrong.text, zones: zones).problems == wrong.problems)
  }

  @Test("a sign-in without an app takes neither client nor redirect_uri, and no account needs one")
  func noClient() throws {
    for (login, words) in [
      (Login.key, "a sign-in by a pasted key"), (.token, "a sign-in by a pasted token"),
      (.form, "a sign-in by user name and password"),
    ] {
      var provider = try Shipped.provider("owntracks")
      provider.login = login
      provider.params = []
      let head = "clients:\n  app: {provider: owntracks, client_id: i}\naccounts:\n  me: "
      func problems(_ account: String) throws -> [String] {
        let located = try SettingsFile.read(Array((head + account).utf8), file: "d").get()
        let result = ConfigurationCheck.check(located, providers: ["owntracks": provider])
        guard case .failure(let problems) = result else { return [] }
        return problems.lines
      }
      let client = "d:2:3: client 'app': provider 'owntracks' has \(words); it needs no client"
      #expect(try problems("{provider: owntracks}\n") == [client])
      #expect(
        try problems("{provider: owntracks, client: app, redirect_uri: \"http://[::1]/\"}\n") == [
          client, "d:4:29: provider 'owntracks' has \(words); leave the client out",
          "d:4:42: provider 'owntracks' has \(words); leave the redirect_uri out",
        ])
    }
  }

  @Test(
    "what is permitted is permitted",
    arguments: [
      ownTracks("origin: http://127.0.0.1:1"), ownTracks("origin: https://nas.lan"),
      ownTracks("origin: http://nas.lan\n    allow_plain_http: true"),
      ownTracks("streams: [locations]"), ownTracks("zone: UTC"),
      moves("redirect_uri: \"https://a.example/back\""), moves("was: gone"),
      moves("redirect_uri: \"http://localhost:99/\""),
    ])
  func right(text: String) throws {
    #expect(try ConfigurationCheckTests.check(text, zones: ["UTC"]).problems.isEmpty)
  }
}
