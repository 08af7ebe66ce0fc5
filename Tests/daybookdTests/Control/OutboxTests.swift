import CLinux
import DaybookCore
import Glibc
import Testing

@testable import daybookd

@Suite struct OutboxTests {
  private func pair() -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
    precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    return (ends[0], ends[1])
  }

  @Test("what fits goes out at once")
  func fits() {
    let (ours, theirs) = pair()
    defer { close(theirs) }
    var outbox = Outbox()
    outbox.append([1, 2, 3])
    outbox.append([4])
    #expect(outbox.flush(to: ours) == .empty)
    close(ours)
    #expect(everything(from: theirs) == [1, 2, 3, 4])
  }

  @Test("what does not fit goes out later, every byte once and in order")
  func later() {
    let (ours, theirs) = pair()
    defer { close(theirs) }
    var outbox = Outbox()
    var expected: [UInt8] = []
    var seen: [UInt8] = []
    for n in 0..<60 {
      let message = [UInt8](repeating: UInt8(n), count: 16_384)
      expected += message
      outbox.append(message)
      _ = outbox.flush(to: ours)
    }
    #expect(outbox.flush(to: ours) == .waiting)
    #expect(outbox.count > 0)
    while outbox.flush(to: ours) == .waiting { seen += everything(from: theirs) }
    close(ours)
    seen += everything(from: theirs)
    #expect(seen == expected)
    #expect(outbox.count == 0)
  }

  @Test("a reader that never reads is over the limit in the end, not before")
  func over() {
    let (ours, theirs) = pair()
    defer { close(ours) }
    defer { close(theirs) }
    var outbox = Outbox()
    let message = [UInt8](repeating: 7, count: 10_000)
    while !outbox.isOver {
      let before = outbox.count
      outbox.append(message)
      _ = outbox.flush(to: ours)
      #expect(outbox.count <= before + message.count)
    }
    #expect(outbox.count > Limits.controlQueueBytes)
    #expect(outbox.count <= Limits.controlQueueBytes + message.count)
  }

  @Test("a client that is gone is noticed, without a signal")
  func gone() {
    let (ours, theirs) = pair()
    defer { close(ours) }
    close(theirs)
    var outbox = Outbox()
    outbox.append([1])
    #expect(outbox.flush(to: ours) == .gone)
  }
}
