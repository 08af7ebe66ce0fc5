import CLinux
import Glibc

/// One connection of a ``ScriptedServer``, used by its script alone.
final class ScriptedConnection {
  /// 0 for the first that the server accepted.
  let number: Int
  private let fd: Int32
  private let server: ScriptedServer
  private var buffer: [UInt8] = []

  init(fd: Int32, number: Int, server: ScriptedServer) {
    self.fd = fd
    self.number = number
    self.server = server
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }

  /// The next request; nil when the client has closed.
  func readRequest() -> ScriptedRequest? {
    guard let head = readHead() else { return nil }
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
    guard !lines.isEmpty else { return nil }
    var request = ScriptedRequest(line: String(lines.removeFirst()), headers: [], body: [])
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      let value = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
      request.headers.append((String(parts[0]), value))
    }
    let length = Int(request.header("Content-Length") ?? "0") ?? 0
    while buffer.count < length, fill() {}
    request.body = Array(buffer.prefix(length))
    buffer.removeFirst(min(length, buffer.count))
    server.note(request)
    return request
  }

  private func readHead() -> String? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let at = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
        let head = String(decoding: buffer[..<at], as: UTF8.self)
        buffer.removeFirst(at + end.count)
        return head
      }
      guard fill() else { return nil }
    }
  }

  private func fill() -> Bool {
    var block = [UInt8](repeating: 0, count: 16 << 10)
    let count = recv(fd, &block, block.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: block.prefix(count))
    return true
  }

  /// False when the client is gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(fd, $0.baseAddress! + done, bytes.count - done, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// A whole answer with `Content-Length`.
  @discardableResult
  func answer(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) -> Bool {
    let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)"]
    return send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  @discardableResult
  func answer(_ body: String, status: String = "200 OK", headers: [String] = []) -> Bool {
    answer(Array(body.utf8), status: status, headers: headers)
  }

  /// Answers every request on the connection with `body`.
  func answerAll(_ body: String) {
    while readRequest() != nil, answer(body) {}
  }

  /// Waits until the client closes, reading and forgetting what it sends.
  func waitForEnd() {
    while fill() { buffer = [] }
  }

  /// The connection will end with RST, not FIN.
  func endWithReset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
  }
}
