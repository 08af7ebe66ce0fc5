import DaybookCore
import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP client: calls and answers", .timeLimit(.minutes(1)))
struct HTTPClientTests {
  /// Performs one GET against a server that sends `response` as it is and then closes.
  private func get(
    _ response: [UInt8], reception: Reception = .memory(ScanPlan())
  ) async throws -> Reply {
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(response)
    }
    defer { server.stop() }
    let client = try TestClient(sink: { .scanning($0.reception.plan) })
    let reply = await client.perform(.get(server.url(), reception: reception))
    await client.stop()
    return reply
  }

  private func get(_ response: String) async throws -> Reply { try await get(Array(response.utf8)) }

  @Test("an answer arrives with status, headers in lower case, and body")
  func answer() async throws {
    let reply = try await get(
      "HTTP/1.1 200 OK\r\nX-Left: 3\r\nX-LEFT: 4\r\nContent-Length: 7\r\n\r\n{\"a\":1}")
    #expect(reply.answer?.status == 200)
    #expect(reply.text == "{\"a\":1}")
    #expect(reply.sends == 1)
    #expect(reply.answer?.headers.filter { $0.name == "x-left" }.map(\.value) == ["3", "4"])
    #expect(reply.answer?.scan.fault == nil)
  }

  @Test("a GET carries its headers, the user agent and every encoding, and nothing of a session")
  func request() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient()
    var call = Call.get(server.url("/day?d=2016-06-18"))
    call.headers = [
      Call.Header("Authorization", Secret("Bearer abc")), Call.Header("X-Empty", Secret("")),
    ]
    #expect(await client.perform(call).sends == 1)
    let request = try #require(server.requests.first)
    #expect(request.line == "GET /day?d=2016-06-18 HTTP/1.1")
    #expect(request.header("Authorization") == "Bearer abc")
    #expect(request.header("X-Empty") == "")
    #expect(request.header("User-Agent") == "daybook-test")
    let encodings = request.header("Accept-Encoding") ?? ""
    #expect(encodings.contains("gzip") && encodings.contains("deflate"))
    #expect(request.header("Cookie") == nil)
    await client.stop()
  }

  @Test("a POST sends its form exactly, without waiting for leave", arguments: [0, 11, 200_000])
  func post(size: Int) async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient()
    let body = String(String(repeating: "a=b%26c+d&", count: size / 10 + 1).prefix(size))
    var call = Call.get(server.url("/token"))
    call.method = .post
    call.body = Secret(body)
    let reply = await client.perform(call)
    #expect(reply.answer?.status == 200)
    #expect(reply.sends == 1)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /token HTTP/1.1")
    #expect(request.body == Array(body.utf8))
    #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
    #expect(request.header("Expect") == nil)
    await client.stop()
  }

  @Test(
    "a status is answered as it is, nothing is followed",
    arguments: [206, 301, 302, 303, 307, 308, 401, 404, 410, 429, 500, 503, 999])
  func status(code: Int) async throws {
    let elsewhere = ScriptedServer { $0.answerAll("stolen") }
    let server = ScriptedServer { connection in
      while connection.readRequest() != nil {
        connection.answer(
          "why", status: "\(code) Because", headers: ["Location: \(elsewhere.url())"])
      }
    }
    defer {
      server.stop()
      elsewhere.stop()
    }
    let client = try TestClient()
    let reply = await client.get(server.url())
    #expect(reply.answer?.status == code)
    #expect(reply.text == "why")
    #expect(reply.answer?.header("location") == elsewhere.url())
    #expect(reply.sends == 1)
    #expect(elsewhere.accepted == 0)
    await client.stop()
  }

  @Test(
    "an answer without a body has an empty one",
    arguments: [
      "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
    ])
  func empty(response: String) async throws {
    let reply = try await get(response)
    #expect(reply.text == "")
    #expect(reply.answer?.scan.fault?.reason == .empty)
  }

  @Test("interim responses are passed over")
  func interim() async throws {
    let reply = try await get(
      String(repeating: "HTTP/1.1 100 Continue\r\nX-No: 1\r\n\r\n", count: 500)
        + "HTTP/1.1 200 OK\r\nX-Yes: 2\r\nContent-Length: 2\r\n\r\n{}")
    #expect(reply.text == "{}")
    #expect(reply.answer?.headers.map(\.name) == ["x-yes", "content-length"])
  }

  @Test(
    "framing is libcurl's: chunks with a trailer, one byte in each, or until the end",
    arguments: [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\nT: 1\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "[1,2]".map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n",
      "HTTP/1.0 200 OK\r\n\r\n[1,2]", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1,2]",
    ])
  func framing(response: String) async throws {
    let reply = try await get(response)
    #expect(reply.text == "[1,2]")
    #expect(reply.answer?.scan.fault == nil)
    #expect(reply.answer?.header("t") == nil)
  }

  private let document = Array(
    ("[" + (0..<9_000).map { String($0) }.joined(separator: ",") + "]").utf8)

  private func zipped(_ bytes: [UInt8]) -> [UInt8] {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n"
    return Array(head.utf8) + bytes
  }

  @Test("a gzip body is decoded")
  func gzip() async throws {
    let reply = try await get(zipped(Gzip.stored(document)))
    #expect(reply.text == String(decoding: document, as: UTF8.self))
    #expect(reply.answer?.scan.fault == nil)
  }

  @Test(
    "a gzip stream cut where Content-Length agrees is no success of libcurl's: the scan says cut")
  func cutGzip() async throws {
    let reply = try await get(zipped(Array(Gzip.stored(document).dropLast(3_000))))
    let answer = try #require(reply.answer)
    #expect(answer.status == 200)
    #expect(answer.scan.fault?.reason == .cut)
  }

  @Test("an answer that ends with its connection is as whole as its document")
  func closeDelimited() async throws {
    let reply = try await get("HTTP/1.1 200 OK\r\n\r\n[1,2,")
    #expect(reply.answer?.scan.fault?.reason == .cut)
  }

  @Test("of an error page to a day the first megabyte is kept and no more is read")
  func errorPage() async throws {
    let path = DayPath(account: "me", stream: "steps", day: Day(number: 0))
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 500 No\r\n\r\n")
      while connection.send([UInt8](repeating: 120, count: 64 << 10)) {}
    }
    defer { server.stop() }
    let client = try TestClient()
    let reply = await client.perform(.get(server.url(), reception: .spool(path, ScanPlan())))
    #expect(reply.answer?.status == 500)
    let size = reply.text?.utf8.count ?? 0
    #expect(size <= Limits.smallBodyBytes && size > Limits.smallBodyBytes - (64 << 10))
    await client.stop()
  }
}
