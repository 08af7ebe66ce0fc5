import CLinux
import DaybookCore
import Glibc

@testable import DaybookSimulator

/// A connection to a server under test, with bytes as the test wants them.
final class Wire {
  let fd: Int32

  init(_ server: SimServer) throws {
    fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    // A test that waits for what never comes ends all the same.
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard clinux_connect_loopback(fd, Int32(server.port)) == 0 else { throw SystemError("connect") }
    clinux_nodelay(fd)
  }

  deinit { close(fd) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(fd, $0.baseAddress! + done, $0.count - done, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      done += count
    }
  }

  func get(_ path: String) { send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n") }

  /// No more is sent.
  func finish() { shutdown(fd, Int32(SHUT_WR)) }

  /// How reading ended.
  enum End: Equatable {
    case closed
    case reset
    case silent
    /// As many bytes as were wanted came.
    case enough
  }

  /// Reads until the end, until so many bytes, or so long.
  func read(atMost wanted: Int = .max, milliseconds: Int = 60_000) -> (text: String, end: End) {
    var limit = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while out.count < wanted {
      let count = recv(fd, &buffer, min(buffer.count, wanted - out.count), 0)
      if count == 0 { return (String(decoding: out, as: UTF8.self), .closed) }
      if count < 0 {
        let end: End = errno == ECONNRESET ? .reset : .silent
        return (String(decoding: out, as: UTF8.self), end)
      }
      out += buffer[..<count]
    }
    return (String(decoding: out, as: UTF8.self), .enough)
  }

  /// One answer with a length, as text of its body; nil when it did not come whole.
  func answer() -> (status: Int, body: String)? {
    var head = ""
    while !head.hasSuffix("\r\n\r\n") {
      let (byte, end) = read(atMost: 1)
      guard end == .enough else { return nil }
      head += byte
    }
    let words = head.split(separator: " ", maxSplits: 2)
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    let length =
      head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
      .flatMap { Int($0.dropFirst(16)) } ?? 0
    let (body, end) = length == 0 ? ("", .enough) : read(atMost: length)
    return end == .enough ? (status, body) : nil
  }
}

/// A server of a world with both providers, stopped when the test is over.
func withServer<T>(
  _ rules: [String] = [], _ body: (SimServer) throws -> T
) throws -> T {
  let faults = Faults(seed: 1, try rules.map { try FaultRule($0) })
  let server = try SimServer(SimWorld(ProvidersTests.both(), faults: faults))
  defer { server.stop() }
  return try body(server)
}
