import DaybookCore
import Testing

@Suite("Base64: RFC 4648")
struct Base64Tests {
  @Test(
    "the RFC's vectors, both ways",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(text: String, encoded: String) {
    #expect(Base64.standard.encode(Array(text.utf8)) == encoded)
    #expect(Base64.standard.decode(encoded) == Array(text.utf8))
    let bare = String(encoded.prefix { $0 != "=" })
    #expect(Base64.urlSafe.encode(Array(text.utf8)) == bare)
    #expect(Base64.urlSafe.decode(bare) == Array(text.utf8))
  }

  @Test("the two alphabets differ in 62 and 63") func alphabets() {
    #expect(Base64.standard.encode([0xFB, 0xEF, 0xFF]) == "++//")
    #expect(Base64.urlSafe.encode([0xFB, 0xEF, 0xFF]) == "--__")
    #expect(Base64.standard.decode("--__") == nil)
    #expect(Base64.urlSafe.decode("++//") == nil)
  }

  @Test("PKCE's example gives its challenge (RFC 7636 appendix B)") func pkce() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    let challenge = Base64.urlSafe.encode(SHA256.digest(Array(verifier.utf8)).bytes)
    #expect(challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test("every byte at every place comes back") func bytes() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<4 {
        var bytes: [UInt8] = [1, 2, 3, 4]
        bytes[place] = byte
        for length in (place + 1)...4 {
          let part = Array(bytes[..<length])
          #expect(Base64.standard.decode(Base64.standard.encode(part)) == part)
          #expect(Base64.urlSafe.decode(Base64.urlSafe.encode(part)) == part)
        }
      }
    }
  }

  @Test(
    "what the encoder would not write is refused",
    arguments: [
      "Z", "Zg", "Zg=", "Zg===", "Zm8", "=", "====", "Zm9v=", "Zm9vYg=", "Z g=", "Zg==\n", "Zh==",
      "Zm9=", "Z===", "Zg==Zg==", "Zé==", "Zm9vA===",
    ])
  func standardRefuses(text: String) { #expect(Base64.standard.decode(text) == nil) }

  @Test(
    "without padding too",
    arguments: ["Z", "Zg==", "Zm8=", "Zh", "Zm9", "Zm9vY", "Zm 9v", "Zm9v\n"])
  func urlSafeRefuses(text: String) { #expect(Base64.urlSafe.decode(text) == nil) }
}
