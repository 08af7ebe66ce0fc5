import Glibc

extension HTTPClient {
  /// Environment variables by which libcurl or OpenSSL would take another route, trust somebody
  /// else or write keys to a file.
  static let misleadingVariables = [
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ftp_proxy", "FTP_PROXY",
    "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "CURL_CA_BUNDLE", "CURL_SSL_BACKEND", "CURL_HOME", "SSLKEYLOGFILE", "HOSTALIASES",
  ]

  /// Removes them. Call it first in `main`, while there is one thread: the environment has no lock.
  static func clearEnvironment() {
    for name in misleadingVariables { unsetenv(name) }
  }
}
