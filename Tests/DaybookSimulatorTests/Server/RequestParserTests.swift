import Testing

@testable import DaybookSimulator

struct RequestParserTests {
  static let get = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-A:  1 \r\n\r\n"
  static let post = "POST /p HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
  static let chunked =
    "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"

  /// All requests in a text, and the fault that ended the reading.
  static func parse(_ text: String) -> ([RequestParser.Parsed], RequestParser.Fault?) {
    var parser = RequestParser()
    parser.append(Array(text.utf8))
    var out: [RequestParser.Parsed] = []
    do throws(RequestParser.Fault) {
      while let parsed = try parser.next() { out.append(parsed) }
    } catch { return (out, error) }
    return (out, nil)
  }

  @Test("a request without a body")
  func plain() {
    let (requests, fault) = Self.parse(Self.get)
    #expect(fault == nil && requests.count == 1)
    let headers = [SimField("host", "x"), SimField("x-a", "1")]
    #expect(requests.first?.request == SimRequest("GET", "/a?b=c", headers: headers))
    #expect(requests.first?.keepAlive == true)
  }

  @Test("bodies by length and by chunks")
  func bodies() {
    #expect(Self.parse(Self.post).0.first?.request.body == Array("hello".utf8))
    #expect(Self.parse(Self.chunked).0.first?.request.body == Array("abcde".utf8))
  }

  @Test("several requests in one read come out in order")
  func pipelined() {
    let (requests, fault) = Self.parse(Self.get + Self.post + Self.chunked + Self.get)
    #expect(fault == nil)
    #expect(requests.map(\.request.path) == ["/a", "/p", "/c", "/a"])
  }

  @Test("cut anywhere, the requests are the same", arguments: [1, 2, 3, 7, 16])
  func cuts(step: Int) throws {
    let bytes = Array((Self.get + Self.post + Self.chunked + Self.get).utf8)
    var parser = RequestParser()
    var paths: [String] = []
    for start in stride(from: 0, to: bytes.count, by: step) {
      parser.append(Array(bytes[start..<min(start + step, bytes.count)]))
      while let parsed = try parser.next() { paths.append(parsed.request.path) }
    }
    #expect(paths == ["/a", "/p", "/c", "/a"])
    #expect(parser.waiting == 0)
  }

  @Test("no prefix of a request is one", arguments: [get, post, chunked])
  func prefixes(text: String) {
    for count in 0..<text.utf8.count {
      let (requests, fault) = Self.parse(String(decoding: text.utf8.prefix(count), as: UTF8.self))
      #expect(requests.isEmpty, "\(count) bytes")
      #expect(fault == nil, "\(count) bytes")
    }
  }

  @Test(
    "chunks that are none",
    arguments: [
      "x\r\n", "\r\n", "-1\r\n", "3\r\nabcd\r\n", "3\r\nabcXX", "12345678\r\n", " 3\r\nabc\r\n",
      String(repeating: "0", count: 40), "0;\(String(repeating: "x", count: 31))\r\n\r\n",
    ])
  func badChunks(body: String) {
    let head = "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(Self.parse(head + body).1 == .bad)
  }

  @Test("too much is refused")
  func limits() {
    let long = String(repeating: "a", count: SimLimits.headBytes)
    #expect(Self.parse("GET /" + long).1 == .headTooLarge)
    #expect(Self.parse("GET /\(long) HTTP/1.1\r\n\r\n").1 == .headTooLarge)
    let over = SimLimits.requestBodyBytes + 1
    #expect(Self.parse("POST / HTTP/1.1\r\nContent-Length: \(over)\r\n\r\n").1 == .bodyTooLarge)
    let chunk = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n"
    #expect(Self.parse(chunk).1 == .bodyTooLarge)
  }

  @Test("a long token passes")
  func longHeader() {
    let token = String(repeating: "t", count: 16 << 10)
    let (requests, _) = Self.parse("GET / HTTP/1.1\r\nAuthorization: Bearer \(token)\r\n\r\n")
    #expect(requests.first?.request.header("authorization") == "Bearer " + token)
  }

  @Test("a client that waits for leave is seen")
  func expects() throws {
    var parser = RequestParser()
    parser.append(
      Array("POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n".utf8))
    #expect(try parser.next() == nil)
    #expect(parser.expectsContinue)
    parser.append(Array("ok".utf8))
    #expect(try parser.next()?.request.body == Array("ok".utf8))
    #expect(!parser.expectsContinue)
  }

  @Test("a thousand requests through one parser leave nothing behind")
  func many() throws {
    var parser = RequestParser()
    for _ in 0..<1_000 {
      parser.append(Array((Self.get + Self.get).utf8))
      #expect(try parser.next() != nil)
      #expect(try parser.next() != nil)
      #expect(try parser.next() == nil)
    }
    #expect(parser.waiting == 0)
  }
}
