import Testing

@testable import DaybookCore

@Suite("A token answer")
struct TokenAnswerTests {
  private func answer(
    _ text: String, at: String = "", life: TokenLife = .answer
  ) throws -> TokenAnswer {
    let document = try JSONValue(parsing: Array(text.utf8))
    return try TokenAnswer(document, at: #require(JSONPointer(at)), life: life, now: moment(0).wall)
  }

  private func fault(_ text: String, at: String = "") -> String? {
    do {
      _ = try answer(text, at: at)
      return nil
    } catch let fault as TokenFault {
      return fault.reason
    } catch {
      return "\(error)"
    }
  }

  @Test("the one that Moves gave") func moves() throws {
    let answer = try answer(
      """
      {"access_token":"C_7dyn0","token_type":"bearer","expires_in":15551998,
       "refresh_token":"_8WqQuZ","user_id":42,"scope":"activity location"}
      """)
    #expect(answer.access.expose() == "C_7dyn0")
    #expect(answer.refresh?.expose() == "_8WqQuZ")
    #expect(answer.life == .seconds(15_551_998))
    #expect(answer.scopes == ["activity", "location"])
  }

  @Test("a web token tells its own end") func webToken() throws {
    let token = WebTokenTests.token(#"{"iat":5,"exp":65}"#)
    let text = #"{"access_token":"\#(token)","expires_in":9}"#
    #expect(try answer(text, life: .jwt).life == .seconds(60))
    #expect(try answer(#"{"access_token":"x","expires_in":9}"#, life: .jwt).life == nil)
  }

  @Test("access_token alone is enough") func least() throws {
    let answer = try answer(#"{"access_token":"x"}"#)
    #expect(answer.refresh == nil)
    #expect(answer.life == nil)
    #expect(answer.scopes.isEmpty)
  }

  @Test("the fields may be nested") func nested() throws {
    let text = #"{"status":0,"body":{"access_token":"x","expires_in":3600}}"#
    #expect(try answer(text, at: "/body").life == .seconds(3_600))
    #expect(fault(text) == "it has no usable access_token")
    #expect(fault(text, at: "/data") == "it has no '/data'")
  }

  @Test(
    "without a usable access_token it is none",
    arguments: [
      "{}", "[]", "null", #""x""#, #"{"access_token":""}"#, #"{"access_token":null}"#,
      #"{"access_token":7}"#, #"{"access_token":["x"]}"#, #"{"access_token":"a b"}"#,
      #"{"access_token":"a\nb"}"#, #"{"access_token":"a\u0000"}"#, #"{"access_token":"\u007f"}"#,
      #"{"access_token":"é"}"#, #"{"access_token":" x"}"#, #"{"Access_Token":"x"}"#,
      #"{"error":"invalid_grant"}"#,
    ])
  func unusable(text: String) { #expect(fault(text) == "it has no usable access_token") }

  @Test("a token of 16 KiB is the longest", arguments: [(16_384, true), (16_385, false)])
  func length(bytes: Int, isUsable: Bool) {
    let token = String(repeating: "x", count: bytes)
    #expect((fault(#"{"access_token":"\#(token)"}"#) == nil) == isUsable)
    let both = #"{"access_token":"x","refresh_token":"\#(token)"}"#
    #expect((fault(both) == nil) == isUsable)
  }

  @Test("no refresh_token, or an empty one: the old one stays", arguments: ["null", #""""#])
  func noRefresh(value: String) throws {
    #expect(try answer(#"{"access_token":"x","refresh_token":\#(value)}"#).refresh == nil)
  }

  @Test(
    "a refresh_token that cannot be used is told, not dropped: the next refresh would fail",
    arguments: [#""a b""#, #""a\r\nHost: x""#, "7", "true", #"["r"]"#, "{}"])
  func wrongRefresh(value: String) {
    let text = #"{"access_token":"x","refresh_token":\#(value)}"#
    #expect(fault(text) == "its refresh_token is unusable")
  }

  @Test(
    "expires_in is a number, or a text that is one; anything else says nothing",
    arguments: [
      ("3600", 3_600), (#""3600""#, 3_600), ("3600.7", 3_600), ("3.6e3", 3_600), ("1", 1),
      ("0", nil), ("-1", nil), ("0.5", nil), (#""0""#, nil), (#""-5""#, nil), ("null", nil),
      (#""soon""#, nil), (#""""#, nil), ("true", nil), ("[3600]", nil), (#""nan""#, nil),
      ("9e999", nil), ("99999999999999999999", 316_224_000), ("9223372036854775807", 316_224_000),
      (#""inf""#, nil), (#""36.5""#, nil),
    ] as [(String, Int?)])
  func expires(value: String, seconds: Int?) throws {
    let text = #"{"access_token":"x","expires_in":\#(value)}"#
    #expect(try answer(text).life == seconds.map { .seconds($0) })
    #expect(try answer(text, life: .seconds(77)).life == .seconds(seconds ?? 77))
    #expect(try answer(text, life: .endless).life == nil)
  }

  @Test(
    "how long the refresh token lives may be told, as a number or a text",
    arguments: [
      ("604799", 604_799), (#""604799""#, 604_799), ("0", nil), ("null", nil), (#""x""#, nil),
    ] as [(String, Int?)])
  func refreshLife(value: String, seconds: Int?) throws {
    let text = #"{"access_token":"x","refresh_token_expires_in":\#(value)}"#
    #expect(try answer(text).refreshLife == seconds.map { .seconds($0) })
    #expect(try answer(#"{"access_token":"x","expires_in":5}"#).refreshLife == nil)
  }

  @Test(
    "scopes are split at spaces and commas",
    arguments: [
      ("activity location", ["activity", "location"]), ("a,b", ["a", "b"]),
      ("a, b  c,", ["a", "b", "c"]), ("", []), (" , ", []), ("user:read+x/y", ["user:read+x/y"]),
    ] as [(String, [String])])
  func scopes(text: String, scopes: [String]) throws {
    #expect(try answer(#"{"access_token":"x","scope":"\#(text)"}"#).scopes == scopes)
  }

  @Test("scopes that are no text were not said", arguments: ["null", "7", #"["a"]"#])
  func noScopes(value: String) throws {
    #expect(try answer(#"{"access_token":"x","scope":\#(value)}"#).scopes.isEmpty)
  }

  @Test("a fault quotes nothing of the answer") func quotes() {
    let text = #"{"access_token":"hunter2 x","refresh_token":"hunter3 x"}"#
    #expect(fault(text)?.contains("hunter") == false)
  }
}
