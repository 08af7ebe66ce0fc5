import Testing

@testable import DaybookCore

@Suite("Origin of a URL")
struct OriginTests {
  @Test(
    "an origin is scheme, host and perhaps a port",
    arguments: [
      ("https://a.example", "https://a.example"),
      ("HTTPS://A.Example:443", "https://a.example:443"),
      ("http://127.0.0.1:8083", "http://127.0.0.1:8083"), ("http://[::1]:80", "http://[::1]:80"),
      ("http://[fe80::1]", "http://[fe80::1]"), ("http://nas_1", "http://nas_1"),
    ])
  func right(text: String, description: String) throws {
    #expect(try #require(Origin(text)).description == description)
  }

  @Test(
    "anything more or less is no origin",
    arguments: [
      "", "a.example", "ftp://a.example", "https://", "https://a.example/", "https://a.example/x",
      "https://u:p@a.example", "https://a.example?x", "https://a.example#x", "https://a b",
      "https://a.example:0", "https://a.example:65536", "https://a.example:", "https://a:b",
      "https://.a", "https://-a", "http://[::1", "http://::1", "http://[127.0.0.1]",
      "https://é.example",
      "http://[::1]x", "https:/a.example", "//a.example",
    ])
  func wrong(text: String) {
    #expect(Origin(text) == nil)
  }

  @Test(
    "a URL is split behind its host",
    arguments: [
      ("https://a.example/x/y?z=1", "https://a.example", "/x/y?z=1"),
      ("https://a.example?z", "https://a.example", "?z"), ("http://a:1", "http://a:1", ""),
    ])
  func split(url: String, origin: String, rest: String) throws {
    let (o, r) = try #require(Origin.split(url))
    #expect(o.description == origin && r == rest)
  }

  @Test(
    "a URL with blanks, fragments or braces is none",
    arguments: [
      "https://a/ b", "https://a/#b", "https://a/{b}", "https://a/\u{7F}", "https://a/é",
      "https://a/\"",
    ])
  func noURL(url: String) {
    #expect(Origin.split(url) == nil)
  }

  @Test(
    "loopback is this machine and no name that looks like it",
    arguments: [
      ("http://127.0.0.1", true), ("http://127.255.1.2:80", true), ("http://localhost", true),
      ("http://[::1]:8083", true), ("http://127.0.0.1.example", false),
      ("http://127.0.0.256", false), ("http://127.0.00.1", false), ("http://127.0.010.1", false),
      ("http://localhost.example", false), ("http://127.1", false), ("http://10.0.0.1", false),
    ])
  func loopback(text: String, expected: Bool) throws {
    #expect(try #require(Origin(text)).isLoopback == expected)
  }

  @Test("any text is an origin that reads back as itself, or none", arguments: 0..<50)
  func anyText(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let letters = Array("ht p:/[]1:.-_@?#%{}é\0aZ09")
    for _ in 0..<200 {
      let tail = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      }
      let text = (Bool.random(using: &random) ? "http://" : "") + String(tail)
      guard let (origin, rest) = Origin.split(text) else { continue }
      #expect(Origin(origin.description) == origin, "seed \(seed): \(text)")
      #expect(Origin.split(origin.description + rest)?.rest == rest, "seed \(seed): \(text)")
    }
  }
}
