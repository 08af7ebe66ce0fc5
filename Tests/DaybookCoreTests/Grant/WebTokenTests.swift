import Testing

@testable import DaybookCore

@Suite("What a web token says of itself")
struct WebTokenTests {
  private let now = Instant(seconds: 1_000_000)

  static func token(_ claims: String) -> String {
    "eyJhbGciOiJub25lIn0." + Base64.urlSafe.encode(Array(claims.utf8)) + ".c2ln"
  }

  @Test(
    "it lives from its making to its end; without a making, from now on",
    arguments: [
      (#"{"iat":500,"exp":86900}"#, 86_400), (#"{"exp":1003600}"#, 3_600),
      (#"{"exp":1003600.9,"iat":1000000}"#, 3_600), (#"{"exp":1000000}"#, nil),
      (#"{"exp":1}"#, nil),
      (#"{"exp":"1003600"}"#, nil), ("{}", nil), ("[]", nil), ("x", nil), (#"{"exp":-5}"#, nil),
      (#"{"exp":1e300}"#, nil), (#"{"exp":999999999999,"iat":0}"#, 316_224_000),
    ] as [(String, Int?)])
  func life(claims: String, seconds: Int?) {
    #expect(WebToken.life(Self.token(claims), now: now) == seconds.map { .seconds($0) })
  }

  @Test("what is no web token says nothing", arguments: ["", "a.b", "a.b.c.d", "a.!.c", "opaque"])
  func none(token: String) { #expect(WebToken.life(token, now: now) == nil) }

  @Test("an answer that is the token itself, in quotes or not")
  func text() throws {
    let token = Self.token(#"{"iat":1,"exp":86401}"#)
    for text in [token, "\"\(token)\"", " \n\(token)\r\n"] {
      let answer = try TokenAnswer(text: Array(text.utf8), life: .jwt, now: now)
      #expect(answer.access.expose() == token && answer.life == .days(1))
      #expect(answer.refresh == nil && answer.scopes.isEmpty && answer.refreshLife == nil)
    }
    for text in ["", "\"\"", "two words", "<html>\n</html>", "{\"error\": 1}"] {
      #expect(throws: TokenFault("it is no token")) {
        try TokenAnswer(text: Array(text.utf8), life: .jwt, now: now)
      }
    }
    #expect(try TokenAnswer(text: Array("x".utf8), life: .seconds(5), now: now).life == .seconds(5))
  }
}
