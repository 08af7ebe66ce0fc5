import Testing

@testable import DaybookSimulator

struct ResponseWriterTests {
  static func response(
    _ body: String = "hello", _ framing: SimResponse.Framing = .length,
    _ delivery: SimResponse.Delivery = .whole
  ) -> SimResponse {
    var response = SimResponse(200, headers: [SimField("A", "b")], body: Array(body.utf8))
    response.framing = framing
    response.delivery = delivery
    return response
  }

  static func text(_ response: SimResponse, keepAlive: Bool = true) -> String {
    String(decoding: ResponseWriter.wire(response, keepAlive: keepAlive).bytes, as: UTF8.self)
  }

  @Test(
    "the end of a body is marked in three ways",
    arguments: [
      (.length, "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\n\r\nhello"),
      (
        .chunked,
        "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
      ),
      (.close, "HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\nhello"),
    ] as [(SimResponse.Framing, String)])
  func framing(framing: SimResponse.Framing, expected: String) {
    #expect(Self.text(Self.response("hello", framing)) == expected)
    let then = ResponseWriter.wire(Self.response("hello", framing), keepAlive: true).then
    #expect(then == (framing == .close ? .close : .keep))
  }

  @Test("a connection the client does not keep is closed, and told so")
  func close() {
    let wire = ResponseWriter.wire(Self.response(), keepAlive: false)
    #expect(wire.then == .close)
    #expect(String(decoding: wire.bytes, as: UTF8.self).contains("Connection: close\r\n"))
  }

  @Test(
    "a cut body announces what does not come",
    arguments: [
      (.length, 2, "Content-Length: 5\r\n\r\nhe"), (.length, 0, "Content-Length: 5\r\n\r\n"),
      (.length, 99, "Content-Length: 5\r\n\r\nhello"),
      (.chunked, 2, "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n"),
      (.chunked, 5, "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
      (.close, 2, "Connection: close\r\n\r\nhe"),
    ] as [(SimResponse.Framing, Int, String)])
  func cut(framing: SimResponse.Framing, at: Int, tail: String) {
    let wire = ResponseWriter.wire(Self.response("hello", framing, .cut(at: at)), keepAlive: true)
    #expect(String(decoding: wire.bytes, as: UTF8.self).hasSuffix("\r\nA: b\r\n" + tail))
    #expect(wire.then == .close)
  }

  @Test(
    "stalls and resets end after their bytes",
    arguments: [
      (.stall(after: 3), .stall, "hel"), (.reset(after: 1), .reset, "h"),
      (.stall(after: 0), .stall, ""), (.reset(after: 50), .reset, "hello"),
    ] as [(SimResponse.Delivery, ResponseWriter.Then, String)])
  func endings(delivery: SimResponse.Delivery, then: ResponseWriter.Then, body: String) {
    let wire = ResponseWriter.wire(Self.response("hello", .length, delivery), keepAlive: true)
    #expect(wire.then == then)
    #expect(
      String(decoding: wire.bytes, as: UTF8.self).hasSuffix("Content-Length: 5\r\n\r\n" + body))
  }

  @Test(
    "without a count not even the head goes out",
    arguments: [(.stall(after: nil), .stall), (.reset(after: nil), .reset), (.refused, .reset)]
      as [(SimResponse.Delivery, ResponseWriter.Then)])
  func silent(delivery: SimResponse.Delivery, then: ResponseWriter.Then) {
    let wire = ResponseWriter.wire(Self.response("hello", .length, delivery), keepAlive: true)
    #expect(wire == ResponseWriter.Wire(bytes: [], then: then))
  }

  @Test("304 has neither body nor length, 204 no body")
  func bodiless() {
    var response = Self.response()
    response.status = 304
    #expect(Self.text(response) == "HTTP/1.1 304 Not Modified\r\nA: b\r\n\r\n")
    response.status = 204
    response.body = []
    #expect(Self.text(response).hasSuffix("Content-Length: 0\r\n\r\n"))
  }

  @Test("HEAD gets the head alone")
  func head() {
    let wire = ResponseWriter.wire(Self.response(), keepAlive: true, isHead: true)
    #expect(String(decoding: wire.bytes, as: UTF8.self).hasSuffix("Content-Length: 5\r\n\r\n"))
  }

  @Test("long bodies are cut into chunks")
  func chunks() {
    let body = String(repeating: "x", count: SimLimits.chunkBytes * 2 + 5)
    let text = Self.text(Self.response(body, .chunked))
    #expect(text.contains("\r\n\r\n2000\r\nxxx"))
    #expect(text.hasSuffix("\r\n5\r\nxxxxx\r\n0\r\n\r\n"))
    #expect(SimClient.parse(Array(text.utf8))?.body.count == body.utf8.count)
  }

  @Test("malformed heads are malformed, and nothing else is")
  func malformed() {
    var line = Self.response()
    line.malformed = .statusLine
    #expect(Self.text(line).hasPrefix("HTP/one.one okay\r\nA: b\r\n"))
    var header = Self.response()
    header.malformed = .header
    #expect(Self.text(header).contains("\r\nX-Bro\0ken: yes\r\n"))
    #expect(!Self.text(Self.response()).contains("\0"))
  }

  @Test(
    "every status has a reason",
    arguments: [
      (200, "OK"), (302, "Found"), (304, "Not Modified"), (400, "Bad Request"),
      (401, "Unauthorized"), (404, "Not Found"), (410, "Gone"), (416, "Range Not Satisfiable"),
      (429, "Too Many Requests"), (500, "Internal Server Error"), (503, "Service Unavailable"),
      (505, "HTTP Version Not Supported"), (999, "Simulated"),
    ])
  func reasons(status: Int, reason: String) {
    var response = Self.response()
    response.status = status
    #expect(Self.text(response).hasPrefix("HTTP/1.1 \(status) \(reason)\r\n"))
  }
}
