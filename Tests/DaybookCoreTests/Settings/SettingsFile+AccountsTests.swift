import Testing

@testable import DaybookCore

@Suite("Settings file: accounts")
struct SettingsFileAccountsTests {
  private static let origin =
    "'origin': expected an origin such as https://host or http://127.0.0.1:8083, nothing behind it"

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongSettings.account("client: app", "3:5: account 'me' needs the key 'provider': a name"),
      .account("provider: p\norigin: https://a/b", "4:13: \(origin)"),
      .account("provider: p\norigin: a:80", "4:13: \(origin)"),
      .account(
        "provider: p\nallow_plain_http: yes",
        "4:23: 'allow_plain_http': expected true or false, not 'yes'"),
      .account(
        "provider: p\nparams: jane",
        "4:13: 'params': expected params (names and values), not 'jane'"),
      .account(
        "provider: p\nparams: {user: \"\"}",
        "4:20: 'user': expected text, not the quoted text ''"),
      .account(
        "provider: p\nsince: 2014-13-01",
        "4:12: 'since': expected a date such as 2016-06-18, not '2014-13-01'"),
      .account(
        "provider: p\nsince:", "4:5: 'since': expected a date such as 2016-06-18, not nothing"),
      .account(
        "provider: p\nstreams: storyline",
        "4:14: 'streams': expected a list, each a name, not 'storyline'"),
      .account("provider: p\nstreams: []", "4:14: 'streams': expected at least 1"),
      .account("provider: p\nstreams: [a, b, a]", "4:21: 'streams': 'a' stands twice"),
      .account(
        "provider: p\nzone: ../etc/passwd",
        "4:11: 'zone': expected a time zone such as Europe/Berlin or UTC, not '../etc/passwd'"),
      .account(
        "provider: p\nredirect_uri: localhost:8754",
        "4:19: 'redirect_uri': expected a URL such as http://127.0.0.1:8754/, not "
          + "'localhost:8754'"),
      .account(
        "provider: p\nwindows: {minute: {seconds: 60}}",
        "4:23: window 'minute' needs the key 'limit': a whole number from 1 to 1000000000"),
      .account(
        "provider: p\nwindows: {minute: {seconds: 0, limit: 1}}",
        "4:33: 'seconds': expected a number above 0, at most 2678400, not '0'"),
      .account(
        "provider: p\nwindows: {nearest: {seconds: 1, limit: 1}}",
        "4:15: 'nearest' is what a meter says; choose another name"),
      .account(
        "provider: p\nwindows: {Minute: {seconds: 1, limit: 1}}",
        "4:15: 'Minute' is no name; \(Name.rule)"),
      .account(
        "provider: p\nwindows: {m: {seconds: 1, limit: 1, per: client}}",
        "4:46: 'per': expected one of app, user, not 'client'"),
      .account(
        "provider: p\ntimeout: 0s",
        "4:14: 'timeout': expected a duration from 100ms to 1h, "
          + "such as 500ms, 30s, 15m, 3h or 2d, not '0s'"),
      .account(
        "provider: p\ntimeline: My days", "4:15: 'timeline': 'My days' is no name; \(Name.rule)"),
      .account("provider: p\nwas: old/name", "4:10: 'was': 'old/name' is no name; \(Name.rule)"),
    ])
  func wrong(_ file: WrongSettings) {
    file.check()
  }

  @Test("an account cannot have the name of a folder of the archive's own")
  func reserved() {
    WrongSettings(
      "accounts:\n  me: {provider: p}\n  quarantine: {provider: p}\n",
      "3:3: 'quarantine' is a folder of the archive's own; choose another name"
    ).check()
    WrongSettings("accounts:\n  quarantine2: {provider: p}\n").check()
  }

  @Test("a password in an origin is not shown")
  func notShown() {
    let text = "accounts: {me: {provider: p, origin: \"https://jane:hunter2@a\"}}\n"
    guard case .failure(let problems) = SettingsFile.load(Array(text.utf8), file: "d") else {
      Issue.record("accepted")
      return
    }
    #expect(!problems.description.contains("hunter2"))
  }

  @Test("every key of an account arrives in the model")
  func values() throws {
    let text = """
      archive: /srv/daybook
      fresh: 90m
      accounts:
        me:
          provider: moves
          client: app
          origin: HTTP://127.0.0.1:8080
          allow_plain_http: true
          params: {user: jane, device: "true"}
          since: 2014-01-01
          streams: [storyline, steps]
          zone: America/Argentina/Buenos_Aires
          redirect_uri: http://localhost:1/back?x=1
          windows:
            minute: {seconds: 0.25, limit: 7}
            own: {seconds: 9, limit: 2, per: app, align: first}
          timeout: 500ms
          timeline: jane
          was: old
      """
    let settings = try SettingsFile.load(Array(text.utf8), file: "d").get()
    var me = AccountSettings(name: "me", provider: "moves")
    me.client = "app"
    me.origin = "http://127.0.0.1:8080"
    me.allowPlainHTTP = true
    me.params = [Field("user", "jane"), Field("device", "true")]
    me.since = Day(year: 2014, month: 1, day: 1)
    me.streams = ["storyline", "steps"]
    me.zone = "America/Argentina/Buenos_Aires"
    me.redirectURI = "http://localhost:1/back?x=1"
    me.windows = [
      WindowSpec(name: "minute", seconds: 0.25, limit: 7, per: .user, align: .unknown),
      WindowSpec(name: "own", seconds: 9, limit: 2, per: .app, align: .first),
    ]
    me.timeout = .milliseconds(500)
    me.timeline = "jane"
    me.was = "old"
    #expect(settings.accounts == [me])
    #expect(settings.archive == "/srv/daybook" && settings.fresh == .minutes(90))
  }

  @Test(
    "names of zones are parts joined by slashes",
    arguments: [
      ("UTC", true), ("Europe/Berlin", true), ("Etc/GMT+5", true), ("EST5EDT", true),
      ("America/Port-au-Prince", true), ("", false), ("/etc/passwd", false),
      ("Europe//Berlin", false),
      ("Europe/", false), ("../UTC", false), ("Europe/Ber lin", false), ("-x", false), ("é", false),
    ])
  func zones(name: String, valid: Bool) {
    #expect(ZoneName.isValid(name) == valid)
  }
}
