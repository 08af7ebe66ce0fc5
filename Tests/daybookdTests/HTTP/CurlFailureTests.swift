import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP: libcurl's errors in our words")
struct CurlFailureTests {
  /// Numbers as libcurl-errors(3) lists them, not by name: the table is checked against the page.
  @Test(
    "each code has its reason",
    arguments: [
      (1, .malformed), (3, .forbidden), (5, .resolve), (6, .resolve), (7, .connect),
      (8, .malformed), (16, .cut), (18, .cut), (23, .malformed), (27, .tooLarge), (28, .timeout),
      (35, .tls), (42, .cancelled), (45, .connect), (52, .cut), (53, .tls), (54, .tls), (55, .cut),
      (56, .cut), (58, .tls), (59, .tls), (60, .tls), (61, .malformed), (63, .tooLarge),
      (64, .tls), (66, .tls), (77, .tls), (80, .tls), (82, .tls), (83, .tls), (90, .tls),
      (91, .tls), (92, .cut), (94, .malformed),
    ] as [(UInt32, TransportFailure.Reason)])
  func reason(code: UInt32, reason: TransportFailure.Reason) {
    let failure = CurlFailure.failure(code: code, host: "api.example.com")
    #expect(failure.reason == reason)
    #expect(failure.detail.hasPrefix("api.example.com: "))
    #expect(failure.detail.count > "api.example.com: ".count)
  }

  @Test(
    "a refused certificate says what to look at",
    arguments: [
      (9, "clock"), (10, "expired"), (18, "signed by itself"), (19, "signed by itself"),
      (20, "issuer"), (62, "another name"),
    ])
  func certificate(result: Int, word: String) {
    let failure = CurlFailure.failure(code: 60, host: "a.example", certificate: result)
    #expect(failure.reason == .tls)
    #expect(failure.detail.contains(word))
  }

  @Test("a certificate's result is told only where the certificate was refused")
  func otherCodes() {
    let timeout = CurlFailure.failure(code: 28, host: "a.example", certificate: 10)
    #expect(!timeout.detail.contains("certificate"))
  }
}
