import CCurl
import DaybookCore
import DaybookEngine

/// Where a URL leads, by libcurl's own parser, so that what is checked is what is connected to.
struct Target: Hashable {
  let host: String
  let isEncrypted: Bool

  /// Throws `.forbidden` for what is no URL, holds a user name, or is not encrypted although the
  /// host is another machine and plain http was not permitted.
  init(_ url: String, allowPlainHTTP: Bool) throws(TransportFailure) {
    guard let parsed = curl_url() else { throw TransportFailure(.forbidden, "out of memory") }
    defer { curl_url_cleanup(parsed) }
    guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = Target.part(CURLUPART_SCHEME, of: parsed),
      let host = Target.part(CURLUPART_HOST, of: parsed), !host.isEmpty
    else { throw TransportFailure(.forbidden, "not a URL") }
    guard Target.part(CURLUPART_USER, of: parsed) == nil else {
      throw TransportFailure(.forbidden, "\(host): the URL holds a user name")
    }
    switch scheme {
    case "https": break
    case "http" where allowPlainHTTP || Target.isLoopback(host): break
    case "http":
      throw TransportFailure(
        .forbidden, "\(host): plain http to another machine needs allow_plain_http")
    default: throw TransportFailure(.forbidden, "\(host): neither https nor http")
    }
    self.host = host
    self.isEncrypted = scheme == "https"
  }

  /// This machine: 127.0.0.0/8, ::1, or the name `localhost`, which libcurl resolves itself.
  static func isLoopback(_ host: String) -> Bool {
    if host == "[::1]" || host.lowercased() == "localhost" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
