import Testing

@testable import DaybookSimulator

struct ChecksumTests {
  @Test(
    "CRC-32 of known texts",
    arguments: [
      ("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43),
      ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ] as [(String, UInt32)])
  func crc(text: String, expected: UInt32) {
    #expect(Checksum.crc32(Array(text.utf8)) == expected)
  }

  @Test(
    "a tag has 32 hexadecimal digits and depends on every byte",
    arguments: [0, 1, 7, 8, 9, 64, 1_001])
  func tag(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let tag = Checksum.hex128(bytes)
    #expect(tag.utf8.count == 32)
    #expect(tag.allSatisfy { "0123456789abcdef".contains($0) })
    #expect(tag == Checksum.hex128(bytes))
    #expect(tag != Checksum.hex128(bytes + [0]))
    for i in bytes.indices {
      var changed = bytes
      changed[i] ^= 1
      #expect(Checksum.hex128(changed) != tag)
    }
  }
}
