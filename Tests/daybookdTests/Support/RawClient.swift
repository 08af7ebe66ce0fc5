import CLinux
import DaybookCore
import Glibc

/// The other end of a control connection: sends any bytes, reads what comes. Never blocks.
final class RawClient {
  let fd: Int32
  private var framer = VarlinkFramer(limit: 16 << 20)
  private(set) var sawEnd = false

  init(_ path: String) {
    fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let connected = clinux_connect_unix(fd, path)
    precondition(connected == 0, "cannot connect: \(errno)")
    _ = fcntl(fd, F_SETFL, O_NONBLOCK)
  }

  deinit { close(fd) }

  /// The number of bytes that the socket took; -1 when the other end is closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Int {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0 { return errno == EAGAIN ? done : -1 }
      done += count
    }
    return done
  }

  /// Sends `bytes` and a descriptor with them (unix(7), SCM_RIGHTS).
  func send(_ bytes: [UInt8], passing descriptor: Int32) -> Int {
    let headSize = MemoryLayout<cmsghdr>.size
    var control = [UInt8](repeating: 0, count: headSize + 8)
    var bytes = bytes
    return control.withUnsafeMutableBytes { control in
      bytes.withUnsafeMutableBytes { bytes in
        var head = cmsghdr()
        head.cmsg_len = headSize + 4
        head.cmsg_level = SOL_SOCKET
        head.cmsg_type = Int32(SCM_RIGHTS)
        withUnsafeBytes(of: head) { control.copyMemory(from: $0) }
        control.storeBytes(of: descriptor, toByteOffset: headSize, as: Int32.self)
        var vector = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return withUnsafeMutablePointer(to: &vector) { vector in
          var message = msghdr()
          message.msg_iov = vector
          message.msg_iovlen = 1
          message.msg_control = control.baseAddress
          message.msg_controllen = control.count
          return sendmsg(fd, &message, 0)
        }
      }
    }
  }

  func send(_ message: String) { send(Array(message.utf8) + [0]) }

  func call(_ method: String, _ parameters: String = "{}", more: Bool = false) {
    let name = "org.daybook.Control.\(method)"
    send(#"{"method":"\#(name)","parameters":\#(parameters),"more":\#(more)}"#)
  }

  /// The next reply; nil when none comes, or the other end has closed.
  func reply() async throws -> VarlinkResponse? {
    var message: [UInt8]?
    _ = await eventually { [self] in
      message = try? framer.next()
      if message == nil { receive() }
      return message != nil || sawEnd
    }
    return try (message ?? framer.next()).map { try VarlinkResponse(message: $0) }
  }

  /// A reply comes, and it is no error.
  func succeeds() async throws -> Bool {
    guard let reply = try await reply() else { return false }
    return reply.error == nil
  }

  /// Asks something harmless; true when the answer is the end.
  func closesAfterInfo() async throws -> Bool {
    send(#"{"method":"org.varlink.service.GetInfo"}"#)
    return try await reply() == nil
  }

  /// True when the other end closes the connection.
  func isClosed() async -> Bool {
    await eventually { [self] in
      receive()
      return sawEnd
    }
  }

  func endInput() { shutdown(fd, Int32(SHUT_WR)) }

  private func receive() {
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while !sawEnd {
      let count = read(fd, &chunk, chunk.count)
      if count < 0, errno == EAGAIN { return }
      if count <= 0 {
        sawEnd = true
      } else {
        framer.append(chunk[..<count])
      }
    }
  }
}
