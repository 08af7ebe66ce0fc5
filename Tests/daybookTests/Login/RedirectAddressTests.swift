import Testing

@testable import daybook

@Suite("The redirect URI")
struct RedirectAddressTests {
  @Test(
    "of the loopback can be served",
    arguments: [
      ("http://127.0.0.1:8754/", .v4, 8_754, "/"),
      ("http://127.0.0.1:8754", .v4, 8_754, ""),
      ("http://127.0.0.1/callback", .v4, nil, "/callback"),
      ("http://[::1]:1/a/b", .v6, 1, "/a/b"), ("http://[::1]", .v6, nil, ""),
      ("http://localhost:65535/x", .localhost, 65_535, "/x"),
    ] as [(String, RedirectAddress.Host, Int?, String)])
  func served(uri: String, host: RedirectAddress.Host, port: Int?, path: String) throws {
    let address = try #require(RedirectAddress(uri))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.path == path)
  }

  @Test(
    "of anywhere else cannot",
    arguments: [
      "", "https://127.0.0.1:1/", "http://example.org/", "http://127.0.0.1.example.org/",
      "http://127.0.0.11:80/", "http://localhostile/", "http://127.0.0.1:0/",
      "http://127.0.0.1:65536/", "http://127.0.0.1:/", "http://127.0.0.1:+80/",
      "http://user@127.0.0.1:80/", "http://127.0.0.1:80@evil.example/", "http://127.0.0.1:8x/",
      "http://127.0.0.1:1/?a=b", "http://127.0.0.1:1/#f", "127.0.0.1:80", "HTTP://127.0.0.1/",
    ])
  func elsewhere(uri: String) { #expect(RedirectAddress(uri) == nil) }

  @Test("a port can be put in, and is what the browser names")
  func port() throws {
    let address = try #require(RedirectAddress("http://127.0.0.1/callback"))
    #expect(address.uri(port: 4_711) == "http://127.0.0.1:4711/callback")
    #expect(address.hostHeader(port: 4_711) == "127.0.0.1:4711")
    #expect(address.hostHeader(port: 80) == "127.0.0.1")
    #expect(RedirectAddress("http://[::1]:9/")?.hostHeader(port: 9) == "[::1]:9")
  }
}
