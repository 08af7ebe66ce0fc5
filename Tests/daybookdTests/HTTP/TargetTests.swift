import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP: where a URL leads")
struct TargetTests {
  @Test(
    "https goes anywhere, plain http to this machine only",
    arguments: [
      ("https://api.example.com/1?a=b", "api.example.com", true),
      ("HTTPS://API.example.com:8443/", "API.example.com", true),
      ("https://192.0.2.7/", "192.0.2.7", true), ("https://[2001:db8::1]/", "[2001:db8::1]", true),
      ("http://127.0.0.1:8080/x", "127.0.0.1", false), ("http://127.8.9.10/", "127.8.9.10", false),
      ("http://localhost:1/", "localhost", false), ("http://LOCALHOST/", "LOCALHOST", false),
      ("http://[::1]:80/", "[::1]", false), ("http://0x7f.1/", "127.0.0.1", false),
    ])
  func permitted(url: String, host: String, isEncrypted: Bool) throws {
    let target = try Target(url, allowPlainHTTP: false)
    #expect(target.host == host)
    #expect(target.isEncrypted == isEncrypted)
  }

  @Test(
    "plain http to another machine is forbidden unless the account permits it",
    arguments: [
      "http://192.0.2.7/", "http://api.example.com/", "http://127.0.0.1.example.com/",
      "http://localhost.example.com/", "http://127.example.com/", "http://[::2]/",
      "http://128.0.0.1/", "http://0.0.0.0/", "http://localhost./",
    ])
  func plain(url: String) throws {
    #expect(reason(url, allowPlainHTTP: false) == .forbidden)
    #expect(try !Target(url, allowPlainHTTP: true).isEncrypted)
  }

  @Test(
    "what is no http URL, or names a user, is forbidden even where plain http is permitted",
    arguments: [
      "", "api.example.com", "/path", "http://", "ftp://127.0.0.1/",
      "file:///etc/passwd", "gopher://127.0.0.1/", "https://user@api.example.com/",
      "https://user:secret@api.example.com/", "http://127.0.0.1@evil.example/",
      "https://a b.example/", "https://a.example/\r\nX: y", "javascript:alert(1)",
      "https://a.example:99999/",
    ])
  func noURL(url: String) {
    #expect(reason(url, allowPlainHTTP: true) == .forbidden)
  }

  @Test("the reason never shows what may be a password")
  func noSecret() {
    do {
      _ = try Target("https://user:secret@api.example.com/", allowPlainHTTP: false)
      Issue.record("a URL with a user name was taken")
    } catch {
      #expect(!error.detail.contains("secret"))
      #expect(error.detail.contains("api.example.com"))
    }
  }

  @Test(
    "loopback is 127.0.0.0/8, ::1 and localhost",
    arguments: [
      ("127.0.0.1", true), ("127.255.255.255", true), ("[::1]", true), ("localhost", true),
      ("Localhost", true), ("127.0.0", false), ("127.0.0.256", false), ("127.0.0.1.", false),
      ("128.0.0.1", false), ("", false), ("::1", false), ("127.0.0.x", false), ("[::11]", false),
    ])
  func loopback(host: String, expected: Bool) {
    #expect(Target.isLoopback(host) == expected)
  }

  private func reason(_ url: String, allowPlainHTTP: Bool) -> TransportFailure.Reason? {
    do {
      _ = try Target(url, allowPlainHTTP: allowPlainHTTP)
      return nil
    } catch { return error.reason }
  }
}
