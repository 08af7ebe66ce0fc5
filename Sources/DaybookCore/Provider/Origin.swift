/// `scheme://host[:port]`: the part of a URL that says where a server is (RFC 6454 §4). Written by
/// the operator (`origin:`) or cut from a URL of a provider file.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
  public enum Scheme: String, Sendable { case http, https }

  public let scheme: Scheme
  /// Lower case; an IPv6 address in its brackets.
  public let host: String
  public let port: Int?

  /// Nil unless the text is an origin and nothing more: no user, path, query or final slash.
  public init?(_ text: String) {
    guard let (origin, rest) = Origin.split(text), rest.isEmpty else { return nil }
    self = origin
  }

  private init(scheme: Scheme, host: String, port: Int?) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// The origin of a URL and what follows it: empty, or beginning with a slash or `?`. Nil for what
  /// is no http(s) URL, has a user or a fragment, or holds characters that RFC 3986 does not allow.
  public static func split(_ url: String) -> (origin: Origin, rest: String)? {
    // Byte by byte: each call of the daemon comes by here.
    let bytes = url.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8),
      let scheme = Scheme(rawValue: url[..<colon].lowercased())
    else { return nil }
    let begin = bytes.index(colon, offsetBy: 3)
    let end =
      bytes[begin...].firstIndex {
        [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
      }
      ?? bytes.endIndex
    let rest = String(url[end...])
    guard isURLText(rest), let (host, port) = hostAndPort(String(url[begin..<end])) else {
      return nil
    }
    return (Origin(scheme: scheme, host: host, port: port), rest)
  }

  private static func hostAndPort(_ text: String) -> (String, Int?)? {
    let bytes = Array(text.lowercased().utf8)
    let close = bytes.lastIndex(of: UInt8(ascii: "]"))
    let colon = bytes[(close ?? 0)...].firstIndex(of: UInt8(ascii: ":"))
    let host = bytes[..<(colon ?? bytes.endIndex)]
    guard isHost(host) else { return nil }
    let name = String(decoding: host, as: UTF8.self)
    guard let colon else { return (name, nil) }
    guard let port = decimal(bytes[(colon + 1)...]), (1...65_535).contains(port) else { return nil }
    return (name, port)
  }

  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    if first == UInt8(ascii: "[") {
      let inner = bytes.dropFirst().dropLast()
      return bytes.last == UInt8(ascii: "]") && inner.contains(UInt8(ascii: ":"))
        && inner.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == 46 }
    }
    return first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
      && bytes.allSatisfy {
        ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || [45, 46, 95].contains($0)
      }
  }

  private static func isHexadecimal(_ b: UInt8) -> Bool {
    (b >= 48 && b <= 57) || (b >= 97 && b <= 102)
  }

  /// This machine itself, where nobody else listens on the wire.
  public var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    // With a leading zero it is octal to some, and not the address that is read here.
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        decimal(Array(part.utf8)).map { $0 < 256 && part == "\($0)" } ?? false
      }
  }

  public var description: String {
    "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
  }
}

/// Only characters that may stand in a URL after its host (RFC 3986 §3.3, §3.4); no `#`.
func isURLText(_ text: String) -> Bool {
  text.utf8.allSatisfy { b in
    (b >= 97 && b <= 122) || (b >= 65 && b <= 90) || (b >= 48 && b <= 57) || urlMarks.contains(b)
  }
}

private let urlMarks = Array("-._~!$&'()*+,;=:@/?%".utf8)
