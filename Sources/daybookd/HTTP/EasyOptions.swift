import CCurl
import CLinux  // SOCK_CLOEXEC: optimized builds find it here, not in Glibc
import DaybookCore
import DaybookEngine
import Glibc

/// Sets options on a curl_easy handle and remembers the first that was refused: a request must not
/// leave without one of its options.
struct EasyOptions {
  let easy: CurlMulti.Easy
  private(set) var fault: CURLcode = CURLE_OK

  init(_ easy: CurlMulti.Easy) { self.easy = easy }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(ccurl_setopt_long(easy, option, value))
  }
  mutating func set(_ option: CURLoption, _ value: Bool) { set(option, value ? 1 : 0) }
  mutating func set(_ option: CURLoption, large value: Int64) {
    note(ccurl_setopt_off(easy, option, curl_off_t(value)))
  }
  mutating func set(_ option: CURLoption, _ value: String) {
    note(ccurl_setopt_str(easy, option, value))
  }
  mutating func set(_ option: CURLoption, pointer: UnsafeRawPointer) {
    note(ccurl_setopt_ptr(easy, option, pointer))
  }
  mutating func set(_ option: CURLoption, _ list: UnsafeMutablePointer<curl_slist>?) {
    note(ccurl_setopt_slist(easy, option, list))
  }
  mutating func note(_ code: CURLcode) {
    if fault == CURLE_OK { fault = code }
  }
}

extension EasyOptions {
  /// What holds for every call: no redirect, no proxy, no netrc, no cookie, nothing but http.
  mutating func setRules(_ target: Target, userAgent: String, caFile: String?) {
    set(CURLOPT_PROTOCOLS_STR, target.isEncrypted ? "https" : "http")
    set(CURLOPT_FOLLOWLOCATION, false)
    set(CURLOPT_NETRC, 0)
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOPROXY, "*")
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
    set(CURLOPT_HTTP09_ALLOWED, false)
    set(CURLOPT_NOSIGNAL, true)
    // Without it, ending a transfer waits for its name to be resolved, and everybody with it.
    set(CURLOPT_QUICK_EXIT, true)
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    set(CURLOPT_SSL_VERIFYPEER, true)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    // Every encoding that libcurl can undo.
    set(CURLOPT_ACCEPT_ENCODING, "")
    set(CURLOPT_USERAGENT, userAgent)
    if let caFile { set(CURLOPT_CAINFO, caFile) }
    // A child that inherited the socket would keep the connection open.
    note(
      ccurl_setopt_opensocket_cb(easy) { _, _, address in
        socket(
          address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
          address.pointee.protocol)
      })
  }

  /// Times, and the limit on what `Content-Length` announces.
  mutating func setLimits(_ call: Call, _ timeouts: Timeouts, bodyBytes: Int64) {
    set(CURLOPT_TIMEOUT_MS, max(1, Int(call.timeout.inMicroseconds / 1_000)))
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(timeouts.connect.inMicroseconds / 1_000)))
    set(CURLOPT_LOW_SPEED_TIME, max(1, Int(timeouts.stall.inSeconds)))
    set(CURLOPT_LOW_SPEED_LIMIT, timeouts.stallBytesPerSecond)
    set(CURLOPT_MAXAGE_CONN, max(1, Int(timeouts.idleConnection.inSeconds)))
    set(CURLOPT_MAXFILESIZE_LARGE, large: bodyBytes)
  }

  mutating func setConnection(_ target: Target, fresh: Bool) {
    set(CURLOPT_FRESH_CONNECT, fresh)
    set(CURLOPT_FORBID_REUSE, fresh)
    let multiplexed = target.isEncrypted && !fresh
    set(CURLOPT_HTTP_VERSION, Int(multiplexed ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
    // Only where TLS tells the version early: without TLS everybody would wait for one answer.
    set(CURLOPT_PIPEWAIT, multiplexed)
  }

  mutating func setRequest(_ call: Call, headers: UnsafeMutablePointer<curl_slist>?) {
    set(CURLOPT_URL, call.url)
    set(CURLOPT_HTTPHEADER, headers)
    switch call.method {
    case .get: set(CURLOPT_HTTPGET, true)
    case .post:
      let body = call.body?.expose() ?? ""
      set(CURLOPT_POST, true)
      // The size first: the copy is made when the fields are set.
      set(CURLOPT_POSTFIELDSIZE_LARGE, large: Int64(body.utf8.count))
      set(CURLOPT_COPYPOSTFIELDS, body)
    }
  }
}
