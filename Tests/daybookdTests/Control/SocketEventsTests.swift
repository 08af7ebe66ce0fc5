import CLinux
import Dispatch
import Glibc
import Testing

@testable import daybookd

@Suite struct SocketEventsTests {
  /// One end watched, the other one the test's.
  private final class Rig: @unchecked Sendable {
    let queue = DispatchQueue(label: "test.events")
    let other: Int32
    let read = Collected<UInt8>()
    let writable = Collected<Int>()
    // The queue's own.
    private var watch: SocketWatch?
    private var events: SocketEvents?

    init() throws {
      var ends: [Int32] = [0, 0]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
      try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
      let own = ends[0]
      other = ends[1]
      queue.sync {
        watch = SocketWatch(queue: queue) { [weak self] in self?.serve(own) }
        events = watch.map { SocketEvents(own, watch: $0) }
      }
    }

    private func serve(_ own: Int32) {
      for ready in watch?.ready() ?? [] {
        if ready.writes {
          writable.add(1)
          events?.wantsWrite = false
        }
        var byte: UInt8 = 0
        while ready.reads, Glibc.read(own, &byte, 1) == 1 { read.add(byte) }
      }
    }

    // The last to hold the rig may be its own queue, in a handler: no `sync` here.
    deinit {
      nonisolated(unsafe) let watch = watch
      queue.async { watch?.close() }
      close(other)
    }

    func change(_ body: (SocketEvents) -> Void) { queue.sync { events.map(body) } }
    func send(_ byte: UInt8) {
      var byte = byte
      _ = write(other, &byte, 1)
    }
    /// The watched end is closed.
    var otherSeesEnd: Bool {
      var byte: UInt8 = 0
      return Glibc.read(other, &byte, 1) == 0
    }
  }

  @Test("what comes is told, writing is not until it is wanted")
  func reading() async throws {
    let rig = try Rig()
    rig.send(7)
    #expect(await eventually { rig.read.all == [7] })
    #expect(rig.writable.all.isEmpty)
    rig.change { $0.wantsWrite = true }
    #expect(await eventually { !rig.writable.all.isEmpty })
    rig.change { $0.close() }
  }

  @Test("while reading is not wanted nothing is told, and nothing is lost")
  func suspended() async throws {
    let rig = try Rig()
    rig.change { $0.wantsRead = false }
    rig.send(1)
    try await Task.sleep(for: .milliseconds(50))
    #expect(rig.read.all.isEmpty)
    rig.change { $0.wantsRead = true }
    #expect(await eventually { rig.read.all == [1] })
    rig.change { $0.close() }
  }

  @Test(
    "the socket is closed whatever was wanted, and no event comes after",
    arguments: [true, false], [true, false])
  func closing(reads: Bool, writes: Bool) async throws {
    let rig = try Rig()
    rig.change {
      $0.wantsRead = reads
      $0.wantsWrite = writes
      $0.close()
    }
    let told = rig.writable.all.count
    #expect(await eventually { rig.otherSeesEnd })
    #expect(rig.writable.all.count == told && rig.read.all.isEmpty)
  }

  @Test("closing twice, and wanting after it, do nothing")
  func twice() async throws {
    let rig = try Rig()
    rig.change {
      $0.close()
      $0.close()
      $0.wantsRead = false
      $0.wantsWrite = true
    }
    #expect(await eventually { rig.otherSeesEnd })
    #expect(rig.writable.all.isEmpty)
  }
}
