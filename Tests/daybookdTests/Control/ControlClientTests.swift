import CLinux
import DaybookCore
import Dispatch
import Glibc
import Testing

@testable import daybookd

@Suite struct ControlClientTests {
  /// One connection without its server.
  private final class Rig: @unchecked Sendable {
    let queue = DispatchQueue(label: "test.client")
    let other: Int32
    let seen = Collected<String>()
    // The queue's own.
    private var watch: SocketWatch?
    private var client: ControlClient?

    init(owner: Bool = true) throws {
      var ends: [Int32] = [0, 0]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
      try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
      other = ends[1]
      let hands = ControlClient.Hands(
        begin: { [seen] in seen.add("begin \($1.method.split(separator: ".").last ?? "") \($2)") },
        hungUp: { [seen] _ in seen.add("hung up") },
        denied: { [seen] in seen.add("denied \($1)") },
        waits: { [seen] in seen.add("waits") }, closed: { [seen] _ in seen.add("closed") })
      queue.sync {
        watch = SocketWatch(queue: queue) { [weak self] in
          for ready in self?.watch?.ready() ?? [] { self?.client?.ready(ready) }
        }
        client = watch.map {
          ControlClient(
            number: 1, fd: ends[0], uid: 1_000,
            conversation: Conversation(isOwner: owner, version: "1.2.3"), now: Clock.now().boot,
            watch: $0, hands: hands)
        }
      }
    }

    // The last to hold the rig may be its own queue, in a handler: no `sync` here.
    deinit {
      nonisolated(unsafe) let watch = watch
      queue.async { [client] in
        client?.close()
        watch?.close()
      }
      close(other)
    }

    func ask<T>(_ body: (ControlClient) -> T) -> T? { queue.sync { client.map(body) } }

    func send(_ text: String, end: Bool = true) {
      let bytes = Array(text.utf8) + (end ? [0] : [])
      _ = write(other, bytes, bytes.count)
    }

    /// What has come so far; nil: the connection has ended.
    func received() -> String? {
      var chunk = [UInt8](repeating: 0, count: 4_096)
      let count = read(other, &chunk, chunk.count)
      return count == 0 ? nil : String(decoding: chunk.prefix(max(0, count)), as: UTF8.self)
    }
  }

  private let pause = #"{"method":"org.daybook.Control.Pause"}"#

  @Test("a call is handed on, its reply sent, and the client is idle again")
  func call() async throws {
    let rig = try Rig()
    #expect(rig.ask(\.isIdle) == true)
    rig.send(pause)
    #expect(await eventually { rig.seen.all == ["begin Pause false"] })
    #expect(rig.ask(\.isIdle) == false)
    _ = rig.ask { $0.answered(.done, continues: false) }
    #expect(await eventually { rig.received() == "{\"parameters\":{}}\0" })
    #expect(rig.ask(\.isIdle) == true)
  }

  @Test("a message that has begun gets a deadline, and the server is told to look at it")
  func deadline() async throws {
    let rig = try Rig()
    #expect(rig.ask(\.deadline) == .some(nil))
    rig.send(#"{"method":"#, end: false)
    #expect(await eventually { rig.seen.all.contains("waits") })
    let deadline = try #require(rig.ask(\.deadline) ?? nil)
    #expect(deadline <= Clock.now().boot + Limits.controlMessageTime)
  }

  @Test("a client that goes away gives its call up, and is told of once")
  func gone() async throws {
    let rig = try Rig()
    rig.send(pause)
    #expect(await eventually { !rig.seen.all.isEmpty })
    shutdown(rig.other, Int32(SHUT_RDWR))
    #expect(await eventually { rig.seen.all == ["begin Pause false", "hung up", "closed"] })
    _ = rig.ask {
      $0.answered(.done, continues: false)
      $0.close()
    }
    #expect(rig.seen.all == ["begin Pause false", "hung up", "closed"])
  }

  @Test("closing gives a call up and ends the connection")
  func closing() async throws {
    let rig = try Rig()
    rig.send(pause)
    #expect(await eventually { !rig.seen.all.isEmpty })
    _ = rig.ask { $0.close() }
    #expect(rig.seen.all == ["begin Pause false", "hung up", "closed"])
    #expect(await eventually { rig.received() == nil })
  }

  @Test("what is for the owner only is denied to others and told to the server")
  func denied() async throws {
    let rig = try Rig(owner: false)
    rig.send(#"{"method":"org.daybook.Control.Reload"}"#)
    #expect(await eventually { rig.seen.all == ["denied org.daybook.Control.Reload"] })
    #expect(await eventually { rig.received()?.contains("error") == true })
  }

  @Test("what is no message ends the connection", arguments: ["nonsense", "[]", ""])
  func nonsense(text: String) async throws {
    let rig = try Rig()
    rig.send(text)
    #expect(await eventually { rig.seen.all == ["closed"] })
    #expect(await eventually { rig.received() == nil })
  }
}
