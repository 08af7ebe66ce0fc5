import CLinux
import DaybookCore
import DaybookEngine
import Glibc
import Testing

@testable import daybookd

@Suite("What one client does costs nobody else anything", .timeLimit(.minutes(2)))
struct ControlAbuseTests {
  private let pause = Array(#"{"method":"org.daybook.Control.Pause"}"#.utf8) + [0]

  /// Somebody else is served, and soon.
  private func serves(_ server: TestServer) async throws -> Bool {
    let client = server.client()
    client.call("Pause")
    return try await client.succeeds()
  }

  @Test("a message of a gigabyte is cut at the limit")
  func hugeMessage() async throws {
    let server = try TestServer()
    let client = server.client()
    let piece = [UInt8](repeating: 0x20, count: 64 << 10)
    var sent = 0
    while sent < 1 << 30 {
      let count = client.send(piece)
      if count < 0 { break }
      sent += count
      if count == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
    // The kernel holds a little more than the daemon reads.
    #expect(sent < 2 << 20)
    #expect(await client.isClosed())
    #expect(try await serves(server))
  }

  @Test(
    "what is not Varlink costs the connection",
    arguments: [
      "{", "nonsense", "[1,2]", #"{"method":7}"#, "{\"method\":\"a\u{0}", "\u{1b}[2J",
      #"{"method":"a.b","parameters":"# + String(repeating: "[", count: 50_000),
      #"{"method":"a.b","parameters":{"a":1e999999999999}"#,
    ])
  func garbage(message: String) async throws {
    let server = try TestServer()
    let client = server.client()
    client.send(message)
    #expect(await client.isClosed())
    #expect(try await serves(server))
    #expect(server.commands.count == 1)
  }

  @Test("bytes that are no UTF-8 cost the connection")
  func encoding() async throws {
    let server = try TestServer()
    let client = server.client()
    client.send(Array(#"{"method":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8) + [0])
    #expect(await client.isClosed())
    #expect(try await serves(server))
  }

  @Test("a message that comes byte by byte is served")
  func byteByByte() async throws {
    let server = try TestServer()
    let client = server.client()
    for byte in pause { client.send([byte]) }
    #expect(try await client.succeeds())
    #expect(server.commands.count == 1)
  }

  @Test("half a message is waited for, and then cut")
  func halfSent() async throws {
    let server = try TestServer()
    let client = server.client()
    let begin = ContinuousClock.now
    client.send(Array(pause.prefix(10)))
    // Single bytes do not lengthen the time.
    let closed = await eventually(every: .milliseconds(50)) { client.send([0x20]) < 0 }
    #expect(closed)
    #expect(ContinuousClock.now - begin >= Limits.controlMessageTime)
    #expect(server.commands.isEmpty)
    #expect(try await serves(server))
  }

  @Test("a reader that never reads is cut off at the limit")
  func slowReader() async throws {
    let server = try TestServer { _ in [] }
    let client = server.client()
    client.call("Watch", more: true)
    #expect(await eventually { server.commands.count == 1 })
    let id = server.commands[0].id
    let entry = Entry(.progress, String(repeating: "x", count: 60_000))
    let reply = ControlReply.watch(nil, [], [TimedEntry(at: Instant(seconds: 0), entry: entry)])
    var given = 0
    while server.hangUps.isEmpty {
      server.answer(id, reply, continues: true)
      given += 1
      try #require(given < 1_000, "the queue grows without end")
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(given * 60_000 > Limits.controlQueueBytes)
    #expect(server.hangUps == [id])
  }

  @Test("calls without reading the replies stop being read, and go on when they are read")
  func neverReads() async throws {
    let server = try TestServer()
    let client = server.client()
    let call = Array(#"{"method":"org.varlink.service.GetInfo"}"#.utf8) + [0]
    let flood = [[UInt8]](repeating: call, count: 1_000).flatMap { $0 }
    var sent = 0
    var full = 0
    while full < 50 {
      let rest = Array(flood[(sent % call.count)...])
      let count = client.send(rest)
      try #require(count >= 0, "cut off")
      sent += count
      full = count < rest.count ? full + 1 : 0
      try #require(sent < 64 << 20, "the server reads for ever")
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(try await serves(server))
    for _ in 0..<(sent / call.count) { #expect(try await client.reply() != nil) }
  }

  @Test("of a thousand connections the newest are kept, up to the limit")
  func connections() async throws {
    let server = try TestServer()
    var clients: [RawClient] = []
    for _ in 0..<1_000 {
      let client = server.client()
      client.call("Pause")
      _ = try await client.reply()
      clients.append(client)
      if clients.count > 2 * Limits.controlClients { clients.removeFirst() }
    }
    let kept = clients.suffix(Limits.controlClients)
    for client in clients.dropLast(Limits.controlClients) { #expect(await client.isClosed()) }
    for client in kept { #expect(try await client.closesAfterInfo() == false) }
  }

  @Test("who has a call under way is not dropped for a newcomer")
  func busyStay() async throws {
    let server = try TestServer { call in call == .watch(account: nil) ? [] : [.done] }
    let busy = (0..<Limits.controlClients).map { _ in server.client() }
    for client in busy { client.call("Watch", more: true) }
    #expect(await eventually { server.commands.count == Limits.controlClients })
    let newcomer = server.client()
    #expect(await newcomer.isClosed())
    #expect(server.hangUps.isEmpty)
    // As soon as one of them has its answer, it makes room.
    server.answer(server.commands[0].id, .done)
    #expect(try await busy[0].reply() != nil || busy[0].sawEnd)
    #expect(try await serves(server))
  }

  @Test("a descriptor that somebody passes along is closed")
  func passedDescriptor() async throws {
    let server = try TestServer()
    let client = server.client()
    var ends: [Int32] = [0, 0]
    // Closed in the children that other tests start meanwhile.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    #expect(client.send(pause, passing: ends[1]) == pause.count)
    close(ends[1])
    defer { close(ends[0]) }
    #expect(try await client.succeeds())
    // The end shows only when nobody holds the other side any more.
    var byte: UInt8 = 0
    #expect(await eventually { read(ends[0], &byte, 1) == 0 })
  }
}
