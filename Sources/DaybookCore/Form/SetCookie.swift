/// One `Set-Cookie` line (RFC 6265 §5.2, §5.3). Nil for one that is not to be kept: without a name,
/// of another host, too long, with bytes that no header may hold, or `Secure` over plain http.
struct SetCookie {
  var cookie: CookieJar.Cookie

  init?(_ line: String, from place: String, at origin: Origin, now: Instant) {
    let parts = line.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
    let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2 else { return nil }
    let (name, value) = (trimmed(pair[0]), trimmed(pair[1]))
    cookie = CookieJar.Cookie(
      name: name, value: value, path: SetCookie.defaultPath(place), expires: nil, isSecure: false)
    var maxAge: Int64?
    for part in parts.dropFirst() {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let text = halves.count > 1 ? trimmed(halves[1]) : ""
      switch halves.first.map(trimmed)?.lowercased() {
      case "path": if text.hasPrefix("/") { cookie.path = text }
      case "expires": cookie.expires = CookieDate.instant(text) ?? cookie.expires
      case "max-age": maxAge = SetCookie.seconds(text) ?? maxAge
      case "secure": cookie.isSecure = true
      case "domain": if !SetCookie.covers(text, origin.host) { return nil }
      default: break
      }
    }
    if let maxAge { cookie.expires = now + .seconds(min(max(maxAge, 0), Limits.tokenLife)) }
    let all = [cookie.name, cookie.value, cookie.path]
    guard !name.isEmpty, all.map(\.utf8.count).reduce(0, +) <= Limits.cookieBytes,
      all.allSatisfy({ $0.utf8.allSatisfy { $0 >= 32 && $0 < 127 } }),
      !cookie.isSecure || origin.scheme == .https
    else { return nil }
  }

  /// Digits, perhaps with a minus before them.
  private static func seconds(_ text: String) -> Int64? {
    text.hasPrefix("-") ? wholeNumber(text.dropFirst()).map { -$0 } : wholeNumber(text)
  }

  /// §5.1.4: the path up to its last slash.
  private static func defaultPath(_ place: String) -> String {
    let path = place.prefix { $0 != "?" }
    guard path.hasPrefix("/"), let last = path.lastIndex(of: "/"), last > path.startIndex else {
      return "/"
    }
    return String(path[..<last])
  }

  /// §5.1.3; no domain is this host.
  private static func covers(_ domain: String, _ host: String) -> Bool {
    let name = (domain.hasPrefix(".") ? domain.dropFirst() : domain[...]).lowercased()
    return name.isEmpty || host == name || host.hasSuffix("." + name)
  }
}

/// Dates as cookies have them, in whatever order and with whatever between (RFC 6265 §5.1.1).
enum CookieDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  static func instant(_ text: String) -> Instant? {
    var clock: Int?
    var (date, month, year): (Int?, Int?, Int?)
    for token in text.utf8.split(whereSeparator: isDelimiter) {
      let word = String(decoding: token, as: UTF8.self).lowercased()
      let digits = token.prefix { $0 >= 48 && $0 <= 57 }
      if clock == nil, let found = second(word) {
        clock = found
      } else if date == nil, (1...2).contains(digits.count) {
        date = decimal(digits)
      } else if month == nil, let found = months.firstIndex(of: String(word.prefix(3))) {
        month = found + 1
      } else if year == nil, digits.count == 2 || digits.count == 4 {
        year = decimal(digits).map { $0 < 70 ? $0 + 2_000 : $0 < 100 ? $0 + 1_900 : $0 }
      }
    }
    guard let clock, let date, let month, let year, year >= 1601,
      let day = Day(year: year, month: month, day: date)
    else { return nil }
    return Instant(seconds: Int64(day.number) * 86_400 + Int64(clock))
  }

  /// `hh:mm:ss`
  private static func second(_ word: String) -> Int? {
    let parts = word.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ (1...2).contains($0.count) }),
      let hour = decimal(parts[0]), let minute = decimal(parts[1]), let second = decimal(parts[2]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  private static func isDelimiter(_ b: UInt8) -> Bool {
    !((b >= 48 && b <= 57) || (b >= 65 && b <= 90) || (b >= 97 && b <= 122) || b == 58 || b >= 127)
  }
}

private func trimmed(_ text: some StringProtocol) -> String {
  let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
  let bytes = text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
  return String(decoding: Array(bytes), as: UTF8.self)
}
