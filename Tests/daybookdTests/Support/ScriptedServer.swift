import CLinux
import Glibc
import Locking

/// An HTTP server on loopback that behaves as badly as its script: the script is run for each
/// connection, on a thread of its own, and the connection is closed when it returns.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (ScriptedConnection) -> Void

  private struct State {
    var accepted = 0
    var requests: [ScriptedRequest] = []
    var open: Set<Int32> = []
    var stopped = false
  }
  let port: Int
  private let listener: Int32
  private let state = Mutex(State())

  init(_ script: @escaping Script) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    port = Int(clinux_bind_loopback(listener, 0))
    precondition(port > 0 && listen(listener, 512) == 0, "no loopback socket")
    startThread { [self] in acceptAll(script) }
  }

  /// `http://127.0.0.1:PORT` and the path.
  func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
  /// Connections so far.
  var accepted: Int { state.withLock { $0.accepted } }
  /// Requests read so far, over all connections.
  var requests: [ScriptedRequest] { state.withLock { $0.requests } }

  /// Ends the listener and every connection. To be called at the end of each test.
  func stop() {
    let open = state.withLock { s in
      s.stopped = true
      return s.open
    }
    shutdown(listener, Int32(SHUT_RDWR))
    for fd in open { shutdown(fd, Int32(SHUT_RDWR)) }
  }

  func note(_ request: ScriptedRequest) { state.withLock { $0.requests.append(request) } }

  private func acceptAll(_ script: @escaping Script) {
    while let (fd, number) = nextConnection() {
      startThread { [self] in
        script(ScriptedConnection(fd: fd, number: number, server: self))
        state.withLock { _ = $0.open.remove(fd) }
        close(fd)
      }
    }
    close(listener)
  }

  private func nextConnection() -> (Int32, Int)? {
    while true {
      let fd = clinux_accept(listener)
      if fd < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard fd >= 0 else { return nil }
      _ = fcntl(fd, F_SETFL, 0)
      clinux_nodelay(fd)
      let number = state.withLock { s -> Int? in
        guard !s.stopped else { return nil }
        s.open.insert(fd)
        s.accepted += 1
        return s.accepted - 1
      }
      if let number { return (fd, number) }
      close(fd)
    }
  }
}

struct ScriptedRequest: Sendable {
  /// `GET /path HTTP/1.1`
  var line: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  var path: String { String(line.split(separator: " ").dropFirst().first ?? "") }
  /// The first header of this name in any case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
