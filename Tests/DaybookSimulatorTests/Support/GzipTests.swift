import Testing

@testable import DaybookSimulator

struct GzipTests {
  static func bytes(_ count: Int) -> [UInt8] {
    var random = Seeded(UInt64(count))
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  @Test(
    "what is packed is unpacked to itself", arguments: [0, 1, 100, 65_534, 65_535, 65_536, 200_000])
  func roundTrip(count: Int) {
    let bytes = Self.bytes(count)
    #expect(Gzip.unpack(Gzip.pack(bytes)) == bytes)
  }

  @Test("a short text packs to the bytes of RFC 1952")
  func golden() {
    let expected: [UInt8] =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
      + [1, 9, 0, 0xF6, 0xFF] + Array("123456789".utf8)
      + [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0]
    #expect(Gzip.pack(Array("123456789".utf8)) == expected)
  }

  @Test("no prefix of a packed text is one")
  func prefixes() {
    let packed = Gzip.pack(Array("some text".utf8))
    for count in 0..<packed.count {
      #expect(Gzip.unpack(Array(packed[..<count])) == nil, "\(count) bytes")
    }
  }

  @Test("a changed byte is noticed")
  func changes() {
    let packed = Gzip.pack(Array("some text".utf8))
    for i in packed.indices where i != 9 {
      var changed = packed
      changed[i] ^= 0x10
      #expect(Gzip.unpack(changed) == nil, "byte \(i)")
    }
  }
}
