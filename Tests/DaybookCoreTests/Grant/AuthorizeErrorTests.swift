import Testing

@testable import DaybookCore

@Suite("Errors of the provider's page")
struct AuthorizeErrorTests {
  @Test(
    "each error of RFC 6749 says what to do",
    arguments: [
      ("access_denied", "allow it"), ("invalid_request", "redirect_uri"),
      ("unauthorized_client", "register"), ("unsupported_response_type", "provider file"),
      ("invalid_scope", "switch the scopes"), ("server_error", "later"),
      ("temporarily_unavailable", "later"),
    ])
  func advice(error: String, words: String) {
    let advice = AuthorizeError.advice(error)
    #expect(advice.contains(words) && advice.contains(error), "\(advice)")
  }

  @Test("all of them are different") func different() {
    let all = Set(AuthorizeError.allCases.map(\.advice))
    #expect(all.count == AuthorizeError.allCases.count)
  }

  @Test("an error that is unknown is not repeated", arguments: ["hunter2", "", "ACCESS_DENIED"])
  func unknown(error: String) {
    let advice = AuthorizeError.advice(error)
    #expect(advice.contains("an error of its own") && !advice.contains("hunter2"))
  }
}
