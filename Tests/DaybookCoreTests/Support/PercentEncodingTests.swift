import DaybookCore
import Testing

@Suite("Percent-encoding, forms and queries")
struct PercentEncodingTests {
  @Test("only the unreserved characters of RFC 3986 stand for themselves") func unreserved() {
    let free = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    for byte in UInt8(0)..<0x80 {
      let text = String(Unicode.Scalar(byte))
      let digits = hex([byte]).uppercased()
      #expect(percentEncoded(text) == (free.contains(byte) ? text : "%\(digits)"))
      #expect(percentDecoded("%\(digits)") == text)
    }
  }

  @Test("text beyond ASCII goes as UTF-8", arguments: [("é", "%C3%A9"), ("😀", "%F0%9F%98%80")])
  func utf8(text: String, encoded: String) {
    #expect(percentEncoded(text) == encoded)
    #expect(percentDecoded(encoded) == text)
    #expect(percentDecoded(encoded.lowercased()) == text)
  }

  @Test(
    "broken escapes are refused", arguments: ["%", "%4", "%G1", "%4G", "a%", "%%41", "%C3", "%FF"])
  func broken(text: String) {
    #expect(percentDecoded(text) == nil)
    #expect(QueryString.parse("a=\(text)") == nil)
    #expect(QueryString.parse("\(text)=a") == nil)
  }

  @Test("fields are joined in order") func form() {
    let fields = [
      Field("grant_type", "code"), Field("scope", "a b"), Field("x y", "1&2=3+4"), Field("e", ""),
    ]
    #expect(formEncoded(fields) == "grant_type=code&scope=a%20b&x%20y=1%262%3D3%2B4&e=")
    #expect(formEncoded([]) == "")
    #expect(QueryString.parse(formEncoded(fields)) == fields)
  }

  @Test(
    "a query is read as browsers write it",
    arguments: [
      ("", []), ("a=1", [Field("a", "1")]), ("a", [Field("a", "")]), ("=1", [Field("", "1")]),
      ("a=1&b=2", [Field("a", "1"), Field("b", "2")]), ("&&a=1&", [Field("a", "1")]),
      ("a=1&a=2", [Field("a", "1"), Field("a", "2")]), ("a=b=c", [Field("a", "b=c")]),
      ("a+b=c+d", [Field("a b", "c d")]), ("a=%2B", [Field("a", "+")]),
      ("code=4%2Fabc&state=x%20y", [Field("code", "4/abc"), Field("state", "x y")]),
      // A combining mark must not hide the separator before it.
      ("a=\u{301}&\u{302}=1", [Field("a", "\u{301}"), Field("\u{302}", "1")]),
    ] as [(String, [Field])])
  func queries(text: String, fields: [Field]) {
    #expect(QueryString.parse(text) == fields)
  }

  @Test("random fields survive") func random() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<300 {
      let fields = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Field(randomText(&random), randomText(&random))
      }
      #expect(QueryString.parse(formEncoded(fields)) == fields, "\(seed)")
    }
  }

  private func randomText(_ random: inout SeededRandom) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let code = UInt32.random(in: 0...0x3FF, using: &random)
      if let scalar = Unicode.Scalar(code) { text.append(scalar) }
    }
    return String(text)
  }
}
