import DaybookCore
import Testing

@Suite("Varint: unsigned LEB128")
struct VarintTests {
  @Test(
    "a value and its bytes",
    arguments: [
      (0, [0x00]), (1, [0x01]), (127, [0x7F]), (128, [0x80, 0x01]), (300, [0xAC, 0x02]),
      (16_383, [0xFF, 0x7F]), (16_384, [0x80, 0x80, 0x01]), (624_485, [0xE5, 0x8E, 0x26]),
      (1 << 63, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]),
      (UInt64.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]),
    ] as [(UInt64, [UInt8])])
  func vectors(value: UInt64, bytes: [UInt8]) {
    var out: [UInt8] = [9]
    Varint.encode(value, into: &out)
    #expect(out == [9] + bytes)
    var index = 1
    #expect(Varint.decode(out + [7], at: &index) == value)
    #expect(index == out.count)
  }

  @Test(
    "cut, over 64 bits or longer than needed: refused, and the index stays",
    arguments: [
      [], [0x80], [0xFF, 0xFF], [0x80, 0x00], [0xFF, 0x80, 0x00],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]])
  func refused(bytes: [UInt8]) {
    var index = 0
    #expect(Varint.decode(bytes, at: &index) == nil)
    #expect(index == 0)
  }

  @Test("a row of random values is read back, up to its end") func rows() {
    let seed = Seed()
    var random = seed.random
    let values = (0..<500).map { _ in random.next() >> UInt64.random(in: 0...63, using: &random) }
    var bytes: [UInt8] = []
    for value in values { Varint.encode(value, into: &bytes) }
    var index = 0
    for value in values { #expect(Varint.decode(bytes, at: &index) == value, "\(seed)") }
    #expect(index == bytes.count)
    #expect(Varint.decode(bytes, at: &index) == nil)
  }

  @Test("an index outside the bytes finds nothing") func outside() {
    var index = 5
    #expect(Varint.decode([1], at: &index) == nil)
  }
}
