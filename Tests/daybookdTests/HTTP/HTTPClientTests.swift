import DaybookCore
import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP client: calls and answers")
struct HTTPClientTests {
  @Test("an answer arrives with status, headers in lower case, and body")
  func answer() async throws {
    let server = ScriptedServer { connection in
      while connection.readRequest() != nil {
        connection.answer("{\"a\":1}", headers: ["X-Left: 3", "X-Left: 4"])
      }
    }
    defer { server.stop() }
    let client = try TestClient()
    let reply = await client.get(server.url("/day?d=1"))
    #expect(reply.answer?.status == 200)
    #expect(reply.text == "{\"a\":1}")
    #expect(reply.sends == 1)
    #expect(reply.answer?.headers.filter { $0.name == "x-left" }.map(\.value) == ["3", "4"])
    #expect(server.requests.map(\.line) == ["GET /day?d=1 HTTP/1.1"])
    await client.stop()
  }
}
