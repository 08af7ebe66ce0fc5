import Testing

@testable import DaybookCore

@Suite("Settings completed from providers")
struct ConfigurationCheckCompletionTests {
  private static let clients = """
    clients:
      app: {provider: moves, client_id: i, client_secret: s}
      other: {provider: moves, client_id: j, client_secret: s}

    """

  private func accounts(_ lines: String...) throws -> [AccountSettings] {
    let text = Self.clients + "accounts:\n" + lines.map { "  \($0)\n" }.joined()
    let (settings, problems) = try ConfigurationCheckTests.check(text)
    #expect(problems.isEmpty)
    return try #require(settings).accounts
  }

  @Test("a redirect URI is filled in where there is a sign-in, and kept where it is given")
  func redirect() throws {
    let found = try accounts(
      "a: {provider: moves, client: app}",
      "b: {provider: moves, client: app, redirect_uri: \"http://localhost/\"}",
      "c: {provider: owntracks, params: {user: u, device: d}}")
    #expect(found.map(\.redirectURI) == ["http://127.0.0.1:8754/", "http://localhost/", nil])
  }

  @Test("per and align are the provider's unless they are given; a new window is per user")
  func windows() throws {
    let found = try accounts(
      "a: {provider: moves, client: app, windows: {minute: {seconds: 0.5, limit: 120}, "
        + "hour: {seconds: 3600, limit: 9, per: user, align: rolling}, "
        + "own: {seconds: 1, limit: 1}}}")
    #expect(
      found[0].windows == [
        WindowSpec(name: "minute", seconds: 0.5, limit: 120, per: .app, align: .clock),
        WindowSpec(name: "hour", seconds: 3_600, limit: 9, per: .user, align: .rolling),
        WindowSpec(name: "own", seconds: 1, limit: 1, per: .user, align: .unknown),
      ])
  }

  @Test("a window per app holds for every account of its client, and for no other's")
  func shared() throws {
    let found = try accounts(
      "a: {provider: moves, client: app}",
      "b: {provider: moves, client: app, windows: {minute: {seconds: 60, limit: 30}}}",
      "c: {provider: moves, client: other}",
      "d: {provider: moves, client: app, windows: {minute: {seconds: 60, limit: 30}, "
        + "mine: {seconds: 1, limit: 1, per: user}}}")
    let minute = WindowSpec(name: "minute", seconds: 60, limit: 30, per: .app, align: .clock)
    let mine = WindowSpec(name: "mine", seconds: 1, limit: 1, per: .user, align: .unknown)
    #expect(found.map(\.windows) == [[minute], [minute], [], [minute, mine]])
  }

  @Test("two accounts of a client that disagree about a window per app are told")
  func disagreement() throws {
    let text =
      Self.clients + """
        accounts:
          a: {provider: moves, client: app, windows: {minute: {seconds: 60, limit: 30}}}
          b: {provider: moves, client: app, windows: {minute: {seconds: 60, limit: 31}}}
          c: {provider: moves, client: other, windows: {minute: {seconds: 60, limit: 31}}}
        """
    #expect(
      try ConfigurationCheckTests.check(text).problems == [
        "d:6:47: 'windows': 'minute' is shared by the accounts of client 'app', and account 'a' "
          + "has other limits"
      ])
  }
}
