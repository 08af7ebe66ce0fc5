import DaybookCore
import Testing

@Suite("SHA256: FIPS 180-4")
struct SHA256Tests {
  @Test(
    "the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func vectors(text: String, digest: String) {
    #expect(SHA256.digest(Array(text.utf8)).description == digest)
  }

  @Test("a million letters, in uneven pieces") func million() {
    let hash = SHA256()
    var left = 1_000_000
    var piece = 1
    while left > 0 {
      let count = min(left, piece)
      hash.update([UInt8](repeating: UInt8(ascii: "a"), count: count))
      left -= count
      piece = piece * 3 + 1
    }
    hash.update([])
    hash.update(UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(
      hash.finish().description
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("a digest has 32 bytes") func size() {
    #expect(Digest([UInt8](repeating: 1, count: 31)) == nil)
    #expect(Digest([UInt8](repeating: 1, count: 33)) == nil)
    let bytes = [UInt8](0..<32)
    #expect(Digest(bytes)?.bytes == bytes)
    #expect(Digest(bytes)?.description.hasPrefix("000102") == true)
  }

  @Test("hexadecimal keeps leading zeros") func hexadecimal() {
    #expect(hex([0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
    #expect(hex([]) == "")
  }
}
