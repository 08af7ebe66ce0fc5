import DaybookCore
import Testing

@testable import DaybookSimulator

struct ConnectionTests {
  static let version = #"{"version":"1.0.1","git":"simulated"}"#
  static let versionPath = "/api/0/version"

  @Test("a thousand requests on one connection")
  func keepAlive() throws {
    try withServer { server in
      let wire = try Wire(server)
      for i in 0..<1_000 {
        wire.get(i % 2 == 0 ? "/sim/nothing" : "/api/1.1/user/profile")
        let answer = wire.answer()
        #expect(answer?.status == (i % 2 == 0 ? 404 : 401), "request \(i)")
      }
      #expect(server.withWorld { $0.requests } == 500)
    }
  }

  @Test("pipelined requests are answered in order", arguments: [2, 50, 500])
  func pipelined(count: Int) throws {
    try withServer { server in
      let wire = try Wire(server)
      let requests = (0..<count).map {
        "GET /\($0 % 2 == 0 ? "x" : "api/1.1/activities") HTTP/1.1\r\n\r\n"
      }
      wire.send(requests.joined())
      let statuses = (0..<count).map { _ in wire.answer()?.status }
      #expect(statuses == (0..<count).map { $0 % 2 == 0 ? 404 : 401 })
    }
  }

  @Test("a request may come byte by byte")
  func slow() throws {
    try withServer { server in
      let wire = try Wire(server)
      for character in "GET /x HTTP/1.1\r\nHost: y\r\n\r\n" { wire.send(String(character)) }
      #expect(wire.answer()?.status == 404)
    }
  }

  @Test(
    "a body cut on the way",
    arguments: [
      ("any:cut=10", "Content-Length: 37\r\n", "\r\n\r\n" + version.prefix(10)),
      ("any:cut=0,framing=length", "Content-Length: 37\r\n", "\r\n\r\n"),
      ("any:cut=10,framing=chunked", "Transfer-Encoding: chunked\r\n", "\r\na\r\n{\"version\"\r\n"),
      ("any:cut=10,framing=close", "Connection: close\r\n", "\r\n\r\n" + version.prefix(10)),
    ])
  func cut(rule: String, header: String, tail: String) throws {
    try withServer([rule]) { server in
      let wire = try Wire(server)
      wire.get(Self.versionPath)
      let (text, end) = wire.read()
      #expect(end == .closed)
      #expect(text.contains(header))
      #expect(text.hasSuffix(tail))
    }
  }

  @Test("a cut at each byte of a body is exactly that", arguments: [0, 1, 17, 36, 37])
  func cutEverywhere(at: Int) throws {
    try withServer(["any:cut=\(at)"]) { server in
      let wire = try Wire(server)
      wire.get(Self.versionPath)
      let (text, _) = wire.read()
      #expect(text.hasSuffix("\r\n\r\n" + Self.version.prefix(at)))
    }
  }

  @Test(
    "a reset is a reset",
    arguments: ["any:reset", "any:reset=5", "any:refused", "any:reset,processed"])
  func reset(rule: String) throws {
    try withServer([rule]) { server in
      let wire = try Wire(server)
      wire.get(Self.versionPath)
      let (text, end) = wire.read()
      #expect(end == .reset)
      #expect(text.isEmpty == (rule != "any:reset=5"))
    }
  }

  @Test(
    "a stall is silence on an open connection", arguments: [("any:stall", 0), ("any:stall=5", 5)])
  func stall(rule: String, bytes: Int) throws {
    try withServer([rule]) { server in
      let wire = try Wire(server)
      wire.get("/api/1.1/user/profile")
      let (text, end) = wire.read(milliseconds: 1_000)
      #expect(end == .silent)
      #expect(bytes == 0 ? text.isEmpty : text.hasSuffix("\r\n\r\nexpir"))
      wire.get("/x")
      #expect(wire.read(milliseconds: 100).end == .silent)
    }
  }

  @Test("a stalled client may leave, and others are served meanwhile")
  func stallOthers() throws {
    try withServer(["any:stall@nth=1"]) { server in
      var stalled: Wire? = try Wire(server)
      stalled?.get("/x")
      while server.withWorld({ $0.requests }) < 1 {}
      let other = try Wire(server)
      other.get("/x")
      #expect(other.answer()?.status == 404)
      stalled = nil
      other.get("/x")
      #expect(other.answer()?.status == 404)
    }
  }

  @Test("a late answer comes late, and what follows it waits")
  func delay() throws {
    try withServer(["any:delay=0.2@nth=1"]) { server in
      let wire = try Wire(server)
      let clock = ContinuousClock()
      var statuses: [Int?] = []
      let time = clock.measure {
        wire.send("GET /x HTTP/1.1\r\n\r\nGET /api/1.1/activities HTTP/1.1\r\n\r\n")
        statuses = [wire.answer()?.status, wire.answer()?.status]
      }
      #expect(statuses == [404, 401])
      #expect(time >= .milliseconds(200))
    }
  }

  @Test("a delay of one connection does not hold up another")
  func delayOthers() throws {
    try withServer(["any:delay=60@nth=1"]) { server in
      let slow = try Wire(server)
      slow.get("/x")
      while server.withWorld({ $0.requests }) < 1 {}
      let fast = try Wire(server)
      let time = try ContinuousClock().measure {
        fast.get("/x")
        _ = try #require(fast.answer())
      }
      #expect(time < .seconds(50))
    }
  }

  @Test("a client that has finished sending still gets its answers")
  func halfClosed() throws {
    try withServer(["any:delay=0.05@nth=2"]) { server in
      let wire = try Wire(server)
      wire.send("GET /x HTTP/1.1\r\n\r\nGET /y HTTP/1.1\r\n\r\n")
      wire.finish()
      #expect(wire.answer()?.status == 404)
      #expect(wire.answer()?.status == 404)
    }
  }

  @Test(
    "connections end when one side wants it",
    arguments: [
      "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", "GET /x HTTP/1.0\r\n\r\n",
    ])
  func close(request: String) throws {
    try withServer { server in
      let wire = try Wire(server)
      wire.send(request)
      let (text, end) = wire.read()
      #expect(end == .closed)
      #expect(text.contains("Connection: close\r\n"))
    }
  }

  @Test(
    "what is no request is answered with its status, and the connection ends",
    arguments: [
      ("nonsense\r\n\r\n", 400), ("GET / HTTP/3.0\r\n\r\n", 505),
      ("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
      ("GET /" + String(repeating: "a", count: 70_000) + " HTTP/1.1\r\n\r\n", 431),
      ("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ])
  func refused(text: String, status: Int) throws {
    try withServer { server in
      let wire = try Wire(server)
      wire.send(text)
      let (answer, end) = wire.read()
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(end == .closed)
    }
  }

  @Test("a client that waits for leave to send its body gets it")
  func continues() throws {
    try withServer { server in
      let wire = try Wire(server)
      wire.send("POST /pub HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      let leave = "HTTP/1.1 100 Continue\r\n\r\n"
      #expect(wire.read(atMost: leave.utf8.count).text == leave)
      wire.send("{}")
      #expect(wire.read(atMost: 15).text == "HTTP/1.1 200 OK")
    }
  }

  @Test("HEAD gets no body, and the next answer is its own")
  func head() throws {
    try withServer { server in
      let wire = try Wire(server)
      wire.send("HEAD /sim/x HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\n")
      let (text, _) = wire.read(milliseconds: 300)
      #expect(text.components(of: "HTTP/1.1 404").count == 3)
      #expect(text.hasSuffix("no provider is simulated here\n"))
    }
  }

  @Test("malformed heads reach the client as they are")
  func malformed() throws {
    for (rule, mark) in [("status-line", "HTP/one.one"), ("header", "X-Bro\0ken")] {
      try withServer(["any:malformed=\(rule)"]) { server in
        let wire = try Wire(server)
        wire.get("/x")
        #expect(wire.read(milliseconds: 200).text.contains(mark))
      }
    }
  }
}

extension String {
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
