import DaybookCore
import Testing

@testable import DaybookSimulator

struct SimClientTests {
  @Test(
    "only this machine is asked",
    arguments: [
      ("http://127.0.0.1:80/x", 80), ("http://127.0.0.1/x", 80), ("http://127.0.0.1", 80),
      ("http://localhost:4711/?a=b", 4_711), ("http://127.0.0.1:4711", 4_711),
      ("http://127.0.0.1?x=http://y:5/", 80), ("https://127.0.0.1:80/", nil),
      ("http://example.org/", nil), ("http://127.0.0.1.example.org/", nil),
      ("http://127.0.0.1:0/", nil), ("http://127.0.0.1:65536/", nil), ("http://127.0.0.1:x/", nil),
      ("http://127.0.0.1:/", nil), ("http://localhost@evil/", nil), ("", nil),
      ("http://127.0.0.1:80@evil/", nil),
    ] as [(String, Int?)])
  func port(url: String, expected: Int?) {
    #expect(SimClient.port(url) == expected)
  }

  @Test("other machines are a clear error")
  func elsewhere() {
    let error = #expect(throws: SimClient.Failure.self) {
      try SimClient.send("GET", "http://example.org/")
    }
    #expect(error == .notLoopback("http://example.org/"))
    #expect(error?.description == "not a URL on this machine: http://example.org/")
  }

  @Test(
    "answers are read",
    arguments: [
      ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200, "body"), ("HTTP/1.0 302 Found\r\n\r\n", 302, ""),
      ("HTTP/1.1 404\r\n\r\n", 404, ""),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        200, "abcde"
      ),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nde", 200, "abc"),
    ])
  func parse(text: String, status: Int, body: String) {
    let answer = SimClient.parse(Array(text.utf8))
    #expect(answer?.status == status)
    #expect(answer?.bodyText == body)
  }

  @Test(
    "what is no answer is none",
    arguments: [
      "", "x", "HTTP/1.1 200 OK\r\n", "HTP/1.1 200 OK\r\n\r\n", "HTTP/1.1\r\n\r\n",
      "HTTP/1.1 x\r\n\r\n",
    ])
  func noAnswer(text: String) {
    #expect(SimClient.parse(Array(text.utf8)) == nil)
  }

  @Test("headers keep what follows the colon")
  func headers() {
    let answer = SimClient.parse(
      Array("HTTP/1.1 200 OK\r\nLocation: http://x:1/\r\nE:\r\n\r\n".utf8))
    #expect(answer?.header("location") == "http://x:1/")
    #expect(answer?.header("e") == "")
  }

  @Test("bodies are sent")
  func body() throws {
    try withServer { server in
      let answer = try SimClient.send(
        "POST", server.origin + "/pub?u=a&d=b",
        headers: [SimField("Content-Type", "application/json")],
        body: Array(#"{"_type":"location","tst":5,"lat":1,"lon":2}"#.utf8))
      #expect(answer.bodyText == "[]")
      #expect(server.withWorld { $0.providers.ownTracks?.devices.count } == 2)
    }
  }

  @Test("nobody listening and nothing answered are told apart")
  func failures() throws {
    let server = try SimServer(
      SimWorld(Providers(), faults: Faults(seed: 1, [FaultRule(nil, .malformed(.statusLine))])))
    #expect(throws: SimClient.Failure.noAnswer) { try SimClient.send("GET", server.origin + "/x") }
    server.stop()
    let error = #expect(throws: SimClient.Failure.self) {
      try SimClient.send("GET", server.origin + "/x")
    }
    #expect(error?.description.hasPrefix("connect to 127.0.0.1:\(server.port): ") == true)
  }
}
