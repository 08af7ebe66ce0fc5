import Testing

@testable import DaybookCore

@Suite("Settings")
struct SettingsTests {
  @Test("what nobody wrote has a value that a newcomer can live with")
  func defaults() {
    let settings = Settings()
    #expect(settings.fresh == .hours(3) && settings.archive == nil)
    #expect(settings.clients.isEmpty && settings.accounts.isEmpty)
    let account = AccountSettings(name: "me", provider: "moves")
    #expect(account.origin == nil && !account.allowPlainHTTP && account.streams == nil)
    #expect(account.windows.isEmpty && account.params.isEmpty && account.timeout == nil)
  }

  @Test("the redirect address is this machine itself, at a port of our own")
  func redirect() throws {
    let (origin, rest) = try #require(Origin.split(Settings.defaultRedirectURI))
    #expect(origin.isLoopback && origin.scheme == .http && origin.port == 8_754 && rest == "/")
  }

  @Test("accounts and clients are found by their names, as they are written")
  func lookup() {
    var settings = Settings()
    settings.accounts = ["a", "b"].map { AccountSettings(name: $0, provider: "p\($0)") }
    settings.clients = ["a", "c"].map {
      ClientSettings(name: $0, provider: "q\($0)", clientID: "i", secret: nil)
    }
    #expect(settings.account("b")?.provider == "pb" && settings.account("c") == nil)
    #expect(settings.client("a")?.provider == "qa" && settings.client("A") == nil)
  }
}
