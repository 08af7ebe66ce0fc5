/// The cookies of one server (RFC 6265): kept for that server alone, whatever `Domain` they name,
/// since no call of an account goes anywhere else.
///
/// `Path`, `Expires`, `Max-Age` and `Secure` are honoured; `HttpOnly` and `SameSite` are about
/// scripts and other pages, of which there are none. A cookie without an end is kept until the
/// server takes it back: the daemon is a browser that is never closed.
public struct CookieJar: Hashable, Sendable {
  struct Cookie: Hashable, Sendable {
    var name: String
    var value: String
    var path: String
    var expires: Instant?
    var isSecure: Bool
  }

  /// In the order of their making, which a replacement keeps (§5.3).
  private(set) var cookies: [Cookie] = []

  public init() {}

  public var isEmpty: Bool { cookies.isEmpty }

  /// Takes the `Set-Cookie` lines of an answer. True when a cookie came, went, or has another
  /// value: a mere later end changes nothing that the server would notice.
  @discardableResult
  public mutating func take(_ headers: [Field], from place: String, at origin: Origin, now: Instant)
    -> Bool
  {
    let before = cookies
    for header in headers where header.name == "set-cookie" {
      guard let cookie = SetCookie(header.value, from: place, at: origin, now: now) else {
        continue
      }
      put(cookie.cookie, now: now)
    }
    cookies.removeAll { $0.hasEnded(now) }
    if cookies.count > Limits.cookies { cookies.removeFirst(cookies.count - Limits.cookies) }
    return before.map { [$0.name, $0.path, $0.value] }
      != cookies.map { [$0.name, $0.path, $0.value] }
  }

  private mutating func put(_ cookie: Cookie, now: Instant) {
    if let i = cookies.firstIndex(where: { $0.name == cookie.name && $0.path == cookie.path }) {
      cookies[i] = cookie
    } else {
      cookies.append(cookie)
    }
  }

  /// The value of `Cookie:` for a request (§5.4), longer paths first; nil when there is none.
  public func header(for place: String, at origin: Origin, now: Instant) -> Secret? {
    let path = String(place.prefix { $0 != "?" })
    let fitting = cookies.enumerated().filter { _, cookie in
      !cookie.hasEnded(now) && cookie.covers(path) && (!cookie.isSecure || origin.scheme == .https)
    }
    guard !fitting.isEmpty else { return nil }
    let sorted = fitting.sorted {
      ($1.element.path.utf8.count, $0.offset) < ($0.element.path.utf8.count, $1.offset)
    }
    return Secret(sorted.map { "\($0.element.name)=\($0.element.value)" }.joined(separator: "; "))
  }

  // MARK: Stored

  /// As it is kept with the grant.
  public var stored: Secret {
    let rows = cookies.map { cookie in
      JSONValue.array([
        .string(cookie.name), .string(cookie.value), .string(cookie.path),
        cookie.expires.map { .int($0.seconds) } ?? .null, .bool(cookie.isSecure),
      ])
    }
    return Secret(String(decoding: JSONValue.array(rows).encoded, as: UTF8.self))
  }

  /// Nil for what ``stored`` never gives.
  public init?(stored: Secret) {
    guard let rows = (try? JSONValue(parsing: Array(stored.expose().utf8)))?.array else {
      return nil
    }
    for row in rows {
      guard let parts = row.array, parts.count == 5, let name = parts[0].string,
        let value = parts[1].string, let path = parts[2].string, let isSecure = parts[4].bool,
        parts[3].isNull || parts[3].int.map(Instant.calendar.contains) == true
      else { return nil }
      cookies.append(
        Cookie(
          name: name, value: value, path: path,
          expires: parts[3].int.map { Instant(seconds: $0) }, isSecure: isSecure))
    }
  }
}

extension CookieJar.Cookie {
  func hasEnded(_ now: Instant) -> Bool { expires.map { $0 <= now } ?? false }

  /// §5.1.4
  func covers(_ requested: String) -> Bool {
    guard requested.hasPrefix(path) else { return false }
    return requested.utf8.count == path.utf8.count || path.hasSuffix("/")
      || requested.utf8.dropFirst(path.utf8.count).first == UInt8(ascii: "/")
  }
}
