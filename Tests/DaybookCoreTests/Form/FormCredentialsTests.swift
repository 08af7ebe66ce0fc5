import Testing

@testable import DaybookCore

@Suite("User name and password")
struct FormCredentialsTests {
  private func pair(_ user: String, _ password: String) -> FormCredentials {
    FormCredentials(user: Secret(user), password: Secret(password))
  }

  @Test("they fill in the form, with what the page gave and the constants") func body() {
    var spec = FormSpec(page: "/in", post: "/in", user: "email", password: "pw", success: ["/"])
    spec.fields = [Field("login", "Log In"), Field("redirect", "")]
    let body = pair("jane@x.example", "a&b=c").body(spec, [Field("_p", "x y")])
    #expect(
      body.expose()
        == "email=jane%40x.example&pw=a%26b%3Dc&_p=x%20y&login=Log%20In&redirect=")
  }

  @Test("they are stored and come back, whatever is in them") func stored() {
    for pair in [pair("a", "b"), pair("\"", "\\\u{1F600} "), pair("[", "]")] {
      #expect(FormCredentials(stored: pair.stored) == pair)
    }
    for text in ["", "[]", "[1,2]", "[\"a\"]", "{\"a\":\"b\"}"] {
      #expect(FormCredentials(stored: Secret(text)) == nil, "\(text)")
    }
  }

  @Test(
    "what nobody can have typed is told, without showing it",
    arguments: [
      ("", "x", "the user name is empty"), ("x", "", "the password is empty"),
      ("x", "hunter2\u{7}", "the password has a character that nobody can type"),
      (String(repeating: "x", count: 1_025), "x", "the user name is too long"),
    ])
  func complaint(user: String, password: String, words: String) {
    #expect(pair(user, password).complaint == words)
    #expect(pair("jane", "p w").complaint == nil)
  }

  @Test("printed, they show nothing") func secret() {
    var dumped = ""
    let pair = pair("hunter1", "hunter2")
    dump(pair, to: &dumped)
    #expect(!"\(pair)\(dumped)".contains("hunter"))
  }
}
