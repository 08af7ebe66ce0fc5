import CLinux
import Glibc

/// A small blocking client for loopback servers: plays the browser on a terminal, and talks to a
/// running simulator. One request for each connection, ended by the server or the length.
public enum SimClient {
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Only `http://127.0.0.1:PORT/…`, `localhost` included, is asked.
    case notLoopback(String)
    case system(SystemError)
    case noAnswer

    public var description: String {
      switch self {
      case .notLoopback(let url): "not a URL on this machine: \(url)"
      case .system(let error): error.description
      case .noAnswer: "no HTTP answer"
      }
    }
  }

  public static func send(
    _ method: String = "GET", _ url: String, headers: [SimField] = [], body: [UInt8] = []
  ) throws(Failure) -> SimResponse {
    guard let port = port(url) else { throw .notLoopback(url) }
    let target = SimRequest.originForm(url)
    var out = ByteWriter()
    out.raw("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n")
    for field in headers { out.raw("\(field.name): \(field.value)\r\n") }
    if !body.isEmpty { out.raw("Content-Length: \(body.count)\r\n") }
    out.raw("\r\n")
    out.bytes(body[...])
    guard let response = parse(try exchange(out.bytes, port: port)) else { throw .noAnswer }
    return response
  }

  /// The port of a loopback URL; 80 when it names none.
  static func port(_ url: String) -> Int? {
    for host in ["http://127.0.0.1", "http://localhost"] where url.hasPrefix(host) {
      let rest = url.dropFirst(host.count)
      guard rest.first == ":" else {
        return rest.isEmpty || rest.first == "/" || rest.first == "?" ? 80 : nil
      }
      let digits = rest.dropFirst().prefix { $0 != "/" && $0 != "?" }
      return CivilText.number(digits).flatMap { (1...65_535).contains($0) ? $0 : nil }
    }
    return nil
  }

  /// Sends everything, then reads to the end of the connection.
  static func exchange(_ bytes: [UInt8], port: Int) throws(Failure) -> [UInt8] {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard fd >= 0 else { throw .system(SystemError("socket")) }
    defer { close(fd) }
    guard clinux_connect_loopback(fd, Int32(port)) == 0 else {
      throw .system(SystemError("connect to 127.0.0.1:\(port)"))
    }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(fd, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw .system(SystemError("send")) }
      sent += count
    }
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = recv(fd, &buffer, buffer.count, 0)
      guard count > 0 else {
        if count < 0, out.isEmpty { throw .system(SystemError("receive")) }
        return out
      }
      out += buffer[..<count]
    }
  }

  /// An answer as it came; the body is what follows the head, chunks joined.
  static func parse(_ bytes: [UInt8]) -> SimResponse? {
    let empty: [UInt8] = [13, 10, 13, 10]
    guard let end = bytes.firstRange(of: empty) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    let lines = head.split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = CivilText.number(words[1])
    else { return nil }
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return SimField(
        String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    var response = SimResponse(status, headers: headers, body: Array(bytes[end.upperBound...]))
    if response.header("transfer-encoding") == "chunked" {
      response.body = unchunked(response.body)
    }
    return response
  }

  /// The chunks that are whole.
  private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var rest = bytes[...]
    while let line = rest.firstIndex(of: 13),
      let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16), size > 0,
      rest.endIndex >= line + 2 + size
    {
      out += rest[line + 2..<line + 2 + size]
      rest = rest[min(rest.endIndex, line + 4 + size)...]
    }
    return out
  }
}
