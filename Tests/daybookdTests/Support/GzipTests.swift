import Testing

@Suite("Test support: gzip")
struct GzipTests {
  @Test("the checksum is the one of RFC 1952")
  func checksum() {
    #expect(Gzip.crc32(Array("123456789".utf8)) == 0xcbf4_3926)
  }

  @Test("a bomb grows by 13 bytes for 2064")
  func bomb() {
    let (small, large) = (Gzip.bomb(expandingTo: 0), Gzip.bomb(expandingTo: 2_064 * 100))
    #expect(large.count - small.count == 1_300)
    #expect(large.starts(with: small))
  }
}
