import DaybookCore

/// Cookies as requests carry them and answers set them (RFC 6265). `sid`, `uid` and `uis` are the
/// names that a browser of 2010 showed; that a form login sets the same ones is not confirmed.
enum SiteCookie: String, CaseIterable {
  /// Whoever looks at the site, signed in or not. Not confirmed: the usual name of a servlet's.
  case visitor = "JSESSIONID"
  /// The session.
  case session = "sid"
  /// The user's id, in the clear.
  case user = "uid"
  /// The browser that is to be remembered.
  case remember = "uis"

  /// The value that the request carries; nil: none.
  func value(in request: SimRequest) -> String? {
    SiteCookie.all(in: request).first { $0.name == rawValue }?.value
  }

  /// Everything in the `Cookie` headers, in order.
  static func all(in request: SimRequest) -> [SimField] {
    request.headers.filter { $0.name == "cookie" }.flatMap { header in
      header.value.split(separator: ";").compactMap { part in
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        let name = pair[0].drop { $0 == " " }
        return name.isEmpty ? nil : SimField(String(name), String(pair[1]))
      }
    }
  }

  /// `Set-Cookie` for so long; nil: until the browser is closed.
  func set(_ value: String, for life: Duration?, secure: Bool, now: Instant) -> SimField {
    var text = "\(rawValue)=\(value); Path=/"
    if let life {
      text += "; Expires=\(CivilText.httpDate(now + life)); Max-Age=\(life.inSeconds)"
    }
    return SimField("Set-Cookie", text + (secure ? "; Secure" : "") + "; HttpOnly")
  }

  /// `Set-Cookie` that takes the cookie away.
  var cleared: SimField {
    let past = CivilText.httpDate(Instant(seconds: 0))
    return SimField("Set-Cookie", "\(rawValue)=; Path=/; Expires=\(past); Max-Age=0; HttpOnly")
  }
}
