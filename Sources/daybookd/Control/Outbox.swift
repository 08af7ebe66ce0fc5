import DaybookCore
import Glibc

/// Bytes on their way to one client. What its socket does not take waits here, up to a limit.
struct Outbox {
  enum Result: Hashable {
    case empty
    /// The socket is full; go on when it can be written.
    case waiting
    /// The client takes nothing more.
    case gone
  }

  private var bytes: [UInt8] = []
  private var sent = 0
  private let noSignal = Int32(MSG_NOSIGNAL)

  var count: Int { bytes.count - sent }
  /// The client reads too slowly to be kept.
  var isOver: Bool { count > Limits.controlQueueBytes }

  mutating func append(_ message: [UInt8]) {
    // Room at the front is taken back before it outgrows what waits.
    if sent > count {
      bytes.removeFirst(sent)
      sent = 0
    }
    bytes += message
  }

  /// Writes as much as the socket, which must not block, takes now.
  mutating func flush(to fd: Int32) -> Result {
    while count > 0 {
      let result = bytes[sent...].withUnsafeBytes { send(fd, $0.baseAddress, $0.count, noSignal) }
      if result >= 0 {
        sent += result
      } else if errno == EAGAIN {
        return .waiting
      } else if errno != EINTR {
        return .gone
      }
    }
    bytes = []
    sent = 0
    return .empty
  }
}
