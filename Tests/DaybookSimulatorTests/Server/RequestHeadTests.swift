import Testing

@testable import DaybookSimulator

struct RequestHeadTests {
  static func head(_ text: String) throws(RequestParser.Fault) -> RequestParser.Head {
    try RequestParser.Head(Array(text.utf8)[...])
  }

  @Test(
    "request lines that are none",
    arguments: [
      "", "GET", "GET /", "GET  / HTTP/1.1", "get / HTTP/1.1", "G3T / HTTP/1.1", " GET / HTTP/1.1",
      "GET / HTTP/1.1 ", "GET x HTTP/1.1", "GET / HTTPS/1.1", "GET / http/1.1", "GET / x",
      "GET ftp://x/ HTTP/1.1", "/ GET HTTP/1.1",
    ])
  func badLines(text: String) {
    #expect(throws: RequestParser.Fault.bad) { try Self.head(text) }
  }

  @Test("other versions", arguments: ["HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/11"])
  func versions(version: String) {
    #expect(throws: RequestParser.Fault.version) { try Self.head("GET / " + version) }
  }

  @Test(
    "header lines that are none",
    arguments: ["x", ": y", "a b: c", " a: b", "a\u{0}: b", "a: b\u{0}c", "ä: b"])
  func badHeaders(line: String) {
    #expect(throws: RequestParser.Fault.bad) {
      try Self.head("GET / HTTP/1.1\r\nHost: x\r\n" + line)
    }
  }

  @Test(
    "values are trimmed, names put into lower case",
    arguments: [
      ("A: b", "a", "b"), ("A:b", "a", "b"), ("A:\t b \t", "a", "b"), ("A:", "a", ""),
      ("A: b: c", "a", "b: c"), ("X-A-1: ä", "x-a-1", "ä"),
    ])
  func headers(line: String, name: String, value: String) throws {
    #expect(try Self.head("GET / HTTP/1.1\r\n" + line).headers == [SimField(name, value)])
  }

  @Test(
    "connections are kept unless one side does not want to",
    arguments: [
      ("HTTP/1.1", nil, true), ("HTTP/1.1", "close", false), ("HTTP/1.1", "Close", false),
      ("HTTP/1.1", "keep-alive", true), ("HTTP/1.0", nil, false), ("HTTP/1.0", "keep-alive", true),
      ("HTTP/1.0", "close", false),
    ] as [(String, String?, Bool)])
  func keepAlive(version: String, connection: String?, expected: Bool) throws {
    let line = connection.map { "\r\nConnection: " + $0 } ?? ""
    #expect(try Self.head("GET / " + version + line).keepAlive == expected)
  }

  @Test(
    "lengths that are none, or contradict",
    arguments: [
      "Content-Length: x", "Content-Length: -1", "Content-Length: ", "Content-Length: 1e3",
      "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6",
      "Transfer-Encoding: gzip", "Transfer-Encoding: chunked\r\nContent-Length: 5",
    ])
  func badFraming(lines: String) {
    #expect(throws: RequestParser.Fault.bad) { try Self.head("POST / HTTP/1.1\r\n" + lines) }
  }

  @Test("the status of each fault")
  func statuses() {
    let faults: [RequestParser.Fault] = [.bad, .bodyTooLarge, .headTooLarge, .version]
    #expect(faults.map(\.rawValue) == [400, 413, 431, 505])
  }
}
