import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP client: TLS", .timeLimit(.minutes(1)))
struct TLSTests {
  private func get(_ server: TLSServer, trusted: Bool, url: String? = nil) async throws -> Reply {
    let client = try TestClient(caFile: trusted ? server.certificate : nil)
    let reply = await client.get(url ?? server.url)
    await client.stop()
    return reply
  }

  @Test("a certificate nobody vouches for is refused; with its authority it is taken")
  func authority() async throws {
    let server = try await TLSServer.start()
    let refused = try await get(server, trusted: false)
    #expect(refused.failure?.reason == .tls)
    #expect(refused.failure?.detail.contains("signed by itself") == true)
    #expect(refused.sends == 0)
    let taken = try await get(server, trusted: true)
    #expect(taken.text == "{}")
    #expect(taken.sends == 1)
  }

  @Test("a certificate for another name is refused, vouched for or not")
  func otherName() async throws {
    let server = try await TLSServer.start(names: "DNS:example.com")
    let reply = try await get(server, trusted: true)
    #expect(reply.failure?.reason == .tls)
    #expect(reply.sends == 0)
  }

  @Test("TLS older than 1.2 is refused")
  func oldTLS() async throws {
    let server = try await TLSServer.start(arguments: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
    let reply = try await get(server, trusted: true)
    #expect(reply.failure?.reason == .tls)
    #expect(reply.sends == 0)
  }

  @Test("TLS 1.2 is good enough")
  func tls12() async throws {
    let server = try await TLSServer.start(arguments: ["-tls1_2"])
    #expect(try await get(server, trusted: true).text == "{}")
  }

  @Test("https to a server that speaks plain http fails as TLS")
  func plainServer() async throws {
    let server = ScriptedServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
      connection.waitForEnd()
    }
    defer { server.stop() }
    let client = try TestClient()
    let reply = await client.get("https://127.0.0.1:\(server.port)/")
    #expect(reply.failure?.reason == .tls)
    #expect(reply.sends == 0)
    await client.stop()
  }
}
