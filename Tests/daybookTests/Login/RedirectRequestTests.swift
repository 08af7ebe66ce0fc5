import DaybookCore
import Testing

@testable import daybook

@Suite("A request to the sign-in listener")
struct RedirectRequestTests {
  private func read(_ text: String) -> RedirectRequest.Reading {
    RedirectRequest.read(Array(text.utf8))
  }

  @Test("its head is read, its rest not looked at")
  func whole() {
    let text = "GET /a?b=c HTTP/1.1\r\nAccept: x\r\nhOsT: \t127.0.0.1:1 \r\n\r\nrest"
    #expect(
      read(text)
        == .whole(RedirectRequest(method: "GET", target: "/a?b=c", host: "127.0.0.1:1")))
  }

  @Test("any part of it is not whole yet")
  func parts() {
    let text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    for length in 0..<text.utf8.count {
      #expect(RedirectRequest.read(Array(text.utf8.prefix(length))) == .incomplete)
    }
  }

  @Test("no host, or two, are none")
  func host() {
    for head in ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"] {
      #expect(read(head) == .whole(RedirectRequest(method: "GET", target: "/", host: nil)))
    }
  }

  @Test(
    "what is no HTTP is broken",
    arguments: [
      "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\n\r\n", "GET / \r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
    ])
  func broken(text: String) { #expect(read(text) == .broken) }

  @Test("a head without end, and bytes that are no UTF-8, are broken")
  func bytes() {
    let long = [UInt8](repeating: 65, count: Limits.redirectRequestBytes + 1)
    #expect(RedirectRequest.read(long) == .broken)
    #expect(
      RedirectRequest.read(Array("GET /".utf8) + [0xff] + Array(" HTTP/1.1\r\n\r\n".utf8))
        == .broken)
  }
}

@Suite("Which URL is the redirect")
struct RedirectGateTests {
  private let gate = RedirectGate(
    redirectURI: "http://127.0.0.1:8754/cb",
    authorizeURL: "https://p.example/auth?client_id=x&state=S%2B1&scope=a")

  @Test("the state is that of the URL that was opened")
  func state() {
    #expect(gate.state == "S+1")
    #expect(RedirectGate(redirectURI: "x", authorizeURL: "https://p/?a=b#state=c").state == nil)
    #expect(RedirectGate(redirectURI: "x", authorizeURL: "https://p/").state == nil)
  }

  @Test(
    "a code, or an error, with the right state is accepted",
    arguments: [
      "http://127.0.0.1:8754/cb?code=C&state=S%2B1", "http://127.0.0.1:8754/cb?state=S%2B1&code=",
      "http://127.0.0.1:8754/cb?error=access_denied&state=S%2B1",
      "http://127.0.0.1:8754/cb?code=C&state=S%2b1#fragment",
    ])
  func accepted(url: String) { #expect(gate.judge(url) == .accepted) }

  @Test(
    "another state, two of them, none, or no code is another sign-in's",
    arguments: [
      "?code=C&state=other", "?code=C", "?code=C&state=", "?code=C&state=S%2B1&state=S%2B1",
      "?code=C&state=S%2B1&state=x", "?state=S%2B1", "", "?", "?code=%zz&state=S%2B1",
      "?code=C&state=S+1",
    ])
  func foreign(query: String) {
    #expect(gate.judge("http://127.0.0.1:8754/cb" + query) == .foreign)
  }

  @Test(
    "another address is elsewhere",
    arguments: [
      "http://127.0.0.1:8754/cb/?code=C&state=S%2B1", "http://127.0.0.1:8754/?code=C&state=S%2B1",
      "http://127.0.0.1:8755/cb?code=C&state=S%2B1", "https://127.0.0.1:8754/cb?code=C&state=S%2B1",
      "http://localhost:8754/cb?code=C&state=S%2B1", "code=C&state=S%2B1", "", "nonsense",
    ])
  func elsewhere(url: String) { #expect(gate.judge(url) == .elsewhere) }

  @Test("an empty path and a slash are the same")
  func emptyPath() {
    let bare = RedirectGate(redirectURI: "http://127.0.0.1:1", authorizeURL: "https://p/?state=s")
    #expect(bare.judge("http://127.0.0.1:1/?code=c&state=s") == .accepted)
    #expect(bare.judge("http://127.0.0.1:1?code=c&state=s") == .accepted)
    let slash = RedirectGate(redirectURI: "http://127.0.0.1:1/", authorizeURL: "https://p/?state=s")
    #expect(slash.judge("http://127.0.0.1:1?code=c&state=s") == .accepted)
    #expect(slash.judge("http://127.0.0.1:1/x?code=c&state=s") == .elsewhere)
  }

  @Test("a sign-in without state takes any one, or none")
  func withoutState() {
    let gate = RedirectGate(redirectURI: "http://127.0.0.1:1/", authorizeURL: "https://p/")
    #expect(gate.judge("http://127.0.0.1:1/?code=c") == .accepted)
    #expect(gate.judge("http://127.0.0.1:1/?code=c&state=s") == .accepted)
    #expect(gate.judge("http://127.0.0.1:1/?code=c&state=s&state=t") == .foreign)
  }

  @Test("the pages are plain text that nobody keeps, with their exact length")
  func pages() throws {
    for page in [RedirectPage.done, .wrongSignIn, .badRequest] {
      let text = String(decoding: page.response, as: UTF8.self)
      let parts = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
      try #require(parts.count == 2)
      #expect(parts[0].contains("Content-Type: text/plain"))
      #expect(parts[0].contains("Cache-Control: no-store"))
      #expect(parts[0].contains("Content-Length: \(parts[1].utf8.count)"))
      #expect(parts[0].hasPrefix(page == .done ? "HTTP/1.1 200 " : "HTTP/1.1 400 "))
    }
    #expect(
      String(decoding: RedirectPage.done.response, as: UTF8.self).contains("close this window"))
  }
}
