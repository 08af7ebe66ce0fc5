import CLinux
import Dispatch
import Glibc
import Testing

@testable import daybookd

@Suite("A watch over sockets") struct SocketWatchTests {
  /// One end watched, the other one the test's.
  private final class Rig: @unchecked Sendable {
    let queue = DispatchQueue(label: "test.watch")
    let own: Int32
    let other: Int32
    let told = Collected<SocketWatch.Ready>()
    // The queue's own.
    private var watch: SocketWatch?

    init() throws {
      var ends: [Int32] = [0, 0]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
      try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
      own = ends[0]
      other = ends[1]
      let made = queue.sync {
        watch = SocketWatch(queue: queue) { [weak self] in self?.serve() }
        return watch != nil
      }
      try #require(made)
    }

    deinit {
      nonisolated(unsafe) let watch = watch
      queue.async { [own] in
        watch?.close()
        close(own)
      }
      close(other)
    }

    /// Told once; then it rests.
    private func serve() {
      for ready in watch?.ready() ?? [] {
        told.add(ready)
        watch?.watch(ready.socket, [])
      }
    }

    func wants(_ interest: SocketWatch.Interest) { queue.sync { watch?.watch(own, interest) } }
    func send(_ byte: UInt8) {
      var byte = byte
      _ = write(other, &byte, 1)
    }
    func end() { queue.sync { watch?.close() } }
  }

  @Test("what can be read or written is told, as it is wanted")
  func told() async throws {
    for (interest, reads, writes) in [
      (SocketWatch.Interest.read, true, false), (.write, false, true),
      ([.read, .write], true, true),
    ] as [(SocketWatch.Interest, Bool, Bool)] {
      let rig = try Rig()
      rig.send(7)
      rig.wants(interest)
      #expect(await eventually { rig.told.all.count == 1 })
      let ready = try #require(rig.told.all.first)
      #expect(ready.socket == rig.own && !ready.failed)
      #expect(ready.reads == reads && ready.writes == writes)
    }
  }

  @Test("nothing is told while nothing is wanted, not even that the peer has gone; then it is")
  func unwanted() async throws {
    let rig = try Rig()
    rig.wants([])
    rig.send(1)
    shutdown(rig.other, Int32(SHUT_RDWR))
    try await Task.sleep(for: .milliseconds(50))
    #expect(rig.told.all.isEmpty)
    rig.wants(.read)
    #expect(await eventually { rig.told.all.first?.failed == true })
  }

  @Test("a watch that was closed tells nothing")
  func closed() async throws {
    let rig = try Rig()
    rig.wants(.read)
    rig.end()
    rig.send(1)
    try await Task.sleep(for: .milliseconds(50))
    #expect(rig.told.all.isEmpty)
  }
}
