import DaybookCore

/// The redirect URI of a sign-in, as far as the command can serve it.
struct RedirectAddress: Equatable {
  enum Host: String, Equatable {
    case v4 = "127.0.0.1"
    case v6 = "[::1]"
    /// Discouraged (RFC 8252 §8.3), but some providers know nothing else: both are listened at.
    case localhost
  }
  var host: Host
  /// Nil: the provider takes any port.
  var port: Int?
  /// With its slash; empty when there is none.
  var path: String

  /// Nil for everything but `http` to the loopback without user, query and fragment (RFC 8252
  /// §7.3): such a redirect ends elsewhere, and its URL has to be pasted.
  init?(_ uri: String) {
    guard uri.hasPrefix("http://"), !uri.contains("?"), !uri.contains("#") else { return nil }
    let rest = uri.dropFirst("http://".count)
    let authority = rest.prefix { $0 != "/" }
    path = String(rest.dropFirst(authority.count))
    for host in [Host.v4, .v6, .localhost] where authority.hasPrefix(host.rawValue) {
      self.host = host
      let tail = authority.dropFirst(host.rawValue.count)
      if tail.isEmpty { return }
      guard tail.first == ":", let port = Int(tail.dropFirst()), (1...65_535).contains(port),
        tail.dropFirst().first?.isNumber == true
      else { return nil }
      self.port = port
      return
    }
    return nil
  }

  /// The URI with a port.
  func uri(port: Int) -> String { "http://\(host.rawValue):\(port)\(path)" }

  /// What a browser sends as `Host:` when it is redirected to this port.
  func hostHeader(port: Int) -> String {
    port == 80 ? host.rawValue : "\(host.rawValue):\(port)"
  }
}
