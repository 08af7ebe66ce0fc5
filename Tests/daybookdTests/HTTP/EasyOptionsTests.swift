import CCurl
import DaybookCore
import DaybookEngine
import Glibc
import Testing

@testable import daybookd

@Suite("HTTP client: connections and their rules", .timeLimit(.minutes(1)))
struct EasyOptionsTests {
  @Test("the first option that libcurl refuses is remembered")
  func refused() throws {
    let easy = try #require(curl_easy_init())
    defer { curl_easy_cleanup(easy) }
    var options = EasyOptions(easy)
    options.set(CURLOPT_USERAGENT, "x")
    #expect(options.fault == CURLE_OK)
    options.set(CURLOPT_PROTOCOLS_STR, "telepathy")
    let fault = options.fault
    #expect(fault != CURLE_OK)
    options.set(CURLOPT_USERAGENT, "y")
    #expect(options.fault == fault)
  }

  @Test("calls one after another share a connection")
  func keepAlive() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient()
    for _ in 0..<20 { #expect(await client.get(server.url()).sends == 1) }
    #expect(server.accepted == 1)
    #expect(server.requests.count == 20)
    await client.stop()
  }

  @Test("a connection idle for too long is not used again")
  func idle() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient(timeouts: Timeouts(idleConnection: .seconds(1)))
    #expect(await client.get(server.url()).text == "{}")
    try await Task.sleep(for: .milliseconds(2_300))
    #expect(await client.get(server.url()).text == "{}")
    #expect(server.accepted == 2)
    await client.stop()
  }

  @Test("a call that wants a fresh connection shares it with nobody, before or after")
  func fresh() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient()
    var token = Call.get(server.url(), kind: .token)
    token.freshConnection = true
    #expect(await client.get(server.url()).text == "{}")
    #expect(await client.perform(token).text == "{}")
    #expect(await client.perform(token).text == "{}")
    #expect(server.accepted == 3)
    #expect(await client.get(server.url()).text == "{}")
    #expect(server.accepted == 3)
    await client.stop()
  }

  /// Answers the first request and closes on the second, on the first connection only.
  private func dyingServer() -> ScriptedServer {
    ScriptedServer { connection in
      guard connection.number == 0 else { return connection.answerAll("{}") }
      guard connection.readRequest() != nil, connection.answer("{}") else { return }
      _ = connection.readRequest()
    }
  }

  @Test("a request that libcurl repeats on its own is counted twice")
  func hiddenRepetition() async throws {
    let server = dyingServer()
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).sends == 1)
    let reply = await client.get(server.url())
    #expect(reply.text == "{}")
    #expect(reply.sends == 2)
    #expect(server.requests.count == 3)
    await client.stop()
  }

  @Test("on a fresh connection nothing is repeated")
  func noRepetition() async throws {
    let server = ScriptedServer { connection in
      if connection.number == 0 { return connection.answerAll("{}") }
      _ = connection.readRequest()
    }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).text == "{}")
    var token = Call.get(server.url(), kind: .token)
    token.method = .post
    token.body = Secret("grant_type=refresh_token")
    token.freshConnection = true
    let reply = await client.perform(token)
    #expect(reply.failure?.reason == .cut)
    #expect(reply.sends == 1)
    #expect(server.requests.count == 2)
    await client.stop()
  }

  @Test("what follows an answer unasked is nobody's answer")
  func pipelined() async throws {
    let server = ScriptedServer { connection in
      while connection.readRequest() != nil {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
        connection.send(answer + "one" + answer + "two")
      }
    }
    defer { server.stop() }
    let client = try TestClient()
    for _ in 0..<3 { #expect(await client.get(server.url()).text == "one") }
    await client.stop()
  }

  @Test("nobody listens: cannot connect, and nothing was sent")
  func refusedConnection() async throws {
    let server = ScriptedServer { _ in }
    let url = server.url()
    server.stop()
    try await Task.sleep(for: .milliseconds(50))
    let client = try TestClient()
    let reply = await client.get(url)
    #expect(reply.failure?.reason == .connect)
    #expect(reply.sends == 0)
    await client.stop()
  }

  @Test("a name that cannot be: not found, and nothing was sent")
  func noName() async throws {
    let client = try TestClient()
    let label = String(repeating: "a", count: 70)
    let reply = await client.get("https://\(label).invalid/")
    #expect(reply.failure?.reason == .resolve)
    #expect(reply.sends == 0)
    await client.stop()
  }

  @Test("what must not leave does not: plain http elsewhere, a broken header, no URL")
  func forbidden() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let client = try TestClient()
    var broken = Call.get(server.url())
    broken.headers = [Call.Header("X", Secret("a\r\nY: b"))]
    for call in [.get("http://192.0.2.1/"), .get("nonsense"), .get("ftp://127.0.0.1/"), broken] {
      let reply = await client.perform(call)
      #expect(reply.failure?.reason == .forbidden)
      #expect(reply.sends == 0)
    }
    #expect(server.accepted == 0)
    #expect(await client.get(server.url()).text == "{}")
    await client.stop()
  }

  @Test("the environment's proxy is not asked")
  func proxy() async {
    await #expect(processExitsWith: .success) {
      // Port 9 is discard: nobody listens.
      for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
        setenv(name, "http://127.0.0.1:9", 1)
      }
      let server = ScriptedServer { $0.answerAll("{}") }
      let client = try TestClient()
      let reply = await client.get(server.url())
      exit(reply.text == "{}" ? 0 : 1)
    }
  }
}
