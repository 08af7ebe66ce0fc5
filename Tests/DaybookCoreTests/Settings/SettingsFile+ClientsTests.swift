import Testing

@testable import DaybookCore

@Suite("Settings file: clients")
struct SettingsFileClientsTests {
  private static let credential =
    "'client_secret': expected the name of a systemd credential (LoadCredential=NAME:PATH), "
    + "not the "
    + "secret itself; a file that holds it goes under 'client_secret_file'"

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongSettings.client("provider: moves", "3:5: client 'app' needs the key 'client_id': text"),
      .client("client_id: x", "3:5: client 'app' needs the key 'provider': a name"),
      .client("provider: moves\nclient_id:", "4:5: 'client_id': expected text, not nothing"),
      .client(
        "provider: Moves\nclient_id: x", "3:15: 'provider': 'Moves' is no name; \(Name.rule)"),
      .client(
        "provider: moves\nclient_id: x\nclient_secret: a\nclient_secret_file: /b",
        "6:5: give one of 'client_secret' and 'client_secret_file', not both"),
      .client(
        "provider: moves\nclient_id: x\nclient_secret_file: b",
        "5:25: 'client_secret_file': 'b' must begin with a slash"),
      .client("provider: moves\nclient_id: x\nclient_secret: ../b", "5:20: \(credential)"),
      .client("provider: moves\nclient_id: x\nclient_secret: \"a b\"", "5:20: \(credential)"),
      .client("provider: moves\nclient_id: x\nclient_secret: ''", "5:20: \(credential)"),
      .client("provider: moves\nclient_id: x\nclient_secret: []", "5:20: \(credential)"),
      .client(
        "provider: moves\nclient_id: x\nsecret: a",
        "5:5: unknown key 'secret'. The keys of client 'app': provider, client_id, client_secret, "
          + "client_secret_file, testing"),
    ])
  func wrong(_ file: WrongSettings) {
    file.check()
  }

  @Test("a secret that was pasted instead of a name is not shown")
  func notShown() {
    let pasted = "hunter2/hunter2=="
    let text = "clients: {app: {provider: p, client_id: i, client_secret: \(pasted)}}\n"
    guard case .failure(let problems) = SettingsFile.load(Array(text.utf8), file: "d") else {
      Issue.record("accepted")
      return
    }
    #expect(!problems.description.contains("hunter2"))
  }

  @Test("a client has its secret from a credential, from a file, or none")
  func values() throws {
    let text = """
      clients:
        a: {provider: moves, client_id: 0123, client_secret: Moves-secret.2}
        b: {provider: moves, client_id: "x", client_secret_file: /etc/daybook/b.secret}
        c: {provider: ha, client_id: "https://me.example/"}
        d: {provider: g, client_id: "x", testing: true}
      """
    var tried = ClientSettings(name: "d", provider: "g", clientID: "x", secret: nil)
    tried.testing = true
    let settings = try SettingsFile.load(Array(text.utf8), file: "d").get()
    #expect(
      settings.clients == [
        ClientSettings(
          name: "a", provider: "moves", clientID: "0123", secret: .credential("Moves-secret.2")),
        ClientSettings(
          name: "b", provider: "moves", clientID: "x", secret: .file("/etc/daybook/b.secret")),
        ClientSettings(name: "c", provider: "ha", clientID: "https://me.example/", secret: nil),
        tried,
      ])
  }

  @Test(
    "names of credentials cannot leave their folder",
    arguments: [
      ("moves-secret", true), ("Moves.Secret_2", true), ("..", false), (".hidden", false),
      ("a/b", false), ("", false), ("a b", false), ("a\n", false), ("é", false), ("a:b", false),
    ])
  func names(name: String, valid: Bool) {
    #expect(CredentialName.isValid(name) == valid)
  }
}
