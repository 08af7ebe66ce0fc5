import Glibc
import Testing

@testable import daybookd

@Suite("HTTP: the environment")
struct HTTPEnvironmentTests {
  @Test("variables that would mislead libcurl are removed, others stay")
  func clear() async {
    await #expect(processExitsWith: .success) {
      let misleading = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
        "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "SSLKEYLOGFILE",
      ]
      for name in misleading { setenv(name, "/nowhere", 1) }
      setenv("DAYBOOK_SOCKET", "/run/x", 1)
      HTTPClient.clearEnvironment()
      let left = misleading.filter { getenv($0) != nil }
      exit(left.isEmpty && getenv("DAYBOOK_SOCKET") != nil ? 0 : 1)
    }
  }
}
