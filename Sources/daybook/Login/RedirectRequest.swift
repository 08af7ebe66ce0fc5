import DaybookCore

/// What a browser asks the sign-in listener: the head of an HTTP/1.1 request, as far as it counts.
struct RedirectRequest: Equatable {
  var method: String
  /// Path and query.
  var target: String
  /// Value of `Host:`; nil when there is none or more than one.
  var host: String?

  enum Reading: Equatable {
    /// The head has not ended yet.
    case incomplete
    /// Not HTTP, or too long.
    case broken
    case whole(RedirectRequest)
  }

  /// Reads the head; what follows it is not looked at.
  static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = headEnd(bytes) else {
      return bytes.count > Limits.redirectRequestBytes ? .broken : .incomplete
    }
    guard let text = String(validating: bytes[..<end], as: UTF8.self) else { return .broken }
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else {
      return .broken
    }
    let hosts = lines.dropFirst().filter { $0.lowercased().hasPrefix("host:") }
      .map { trimmed($0.dropFirst("host:".count)) }
    return .whole(
      RedirectRequest(
        method: String(words[0]), target: String(words[1]),
        host: hosts.count == 1 ? hosts.first : nil))
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    let mark: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + 4)].elementsEqual(mark) }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(
      text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}

/// Decides whether a URL is the one that the provider was to redirect to.
struct RedirectGate: Equatable {
  /// As the daemon gave it to the provider, with its port.
  var redirectURI: String
  /// `state` of the sign-in (RFC 6749 §10.12); nil when its URL has none.
  var state: String?

  /// `authorizeURL` is the one that the person opens: its `state` must come back.
  init(redirectURI: String, authorizeURL: String) {
    self.redirectURI = redirectURI
    state = RedirectGate.state(in: authorizeURL)
  }

  enum Verdict: Equatable {
    case accepted
    /// Another address.
    case elsewhere
    /// The right address, but of another sign-in, or without `code` and `error`.
    case foreign
  }

  /// Judges a whole URL.
  func judge(_ url: String) -> Verdict {
    let cut = url.prefix { $0 != "#" }
    let address = cut.prefix { $0 != "?" }
    guard RedirectGate.withPath(address) == RedirectGate.withPath(redirectURI[...]) else {
      return .elsewhere
    }
    guard let fields = QueryString.parse(cut.dropFirst(address.count + 1)),
      fields.contains(where: { $0.name == "code" || $0.name == "error" })
    else { return .foreign }
    let states = fields.filter { $0.name == "state" }.map(\.value)
    guard let state else { return states.count <= 1 ? .accepted : .foreign }
    return states == [state] ? .accepted : .foreign
  }

  /// Browsers show an empty path as `/` (RFC 3986 §6.2.3).
  private static func withPath(_ address: Substring) -> String {
    address.count { $0 == "/" } == 2 ? address + "/" : String(address)
  }

  private static func state(in url: String) -> String? {
    guard let mark = url.firstIndex(of: "?") else { return nil }
    let query = url[url.index(after: mark)...].prefix { $0 != "#" }
    return QueryString.parse(query)?.first { $0.name == "state" }?.value
  }
}

/// What the listener answers a browser: plain text that holds nothing of the request.
enum RedirectPage: Equatable {
  case done
  case wrongSignIn
  case badRequest

  var response: [UInt8] {
    let body = text + "\n"
    return Array(
      ("HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + "Content-Length: \(body.utf8.count)\r\nCache-Control: no-store\r\n"
        + "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        + "Connection: close\r\n\r\n\(body)").utf8)
  }

  private var status: String { self == .done ? "200 OK" : "400 Bad Request" }

  private var text: String {
    switch self {
    case .done: "You can close this window. The rest is on the terminal."
    case .wrongSignIn: "This does not belong to the sign-in that is waited for."
    case .badRequest: "Nothing here."
    }
  }
}
