import Testing

@testable import DaybookCore

@Suite("Integers in a row")
struct VarintCodingTests {
  @Test(
    "a signed number and its bytes",
    arguments: [
      (0, [0]), (-1, [1]), (1, [2]), (-64, [127]), (64, [0x80, 1]),
      (.max, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
      (.min, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
    ] as [(Int64, [UInt8])])
  func zigzag(value: Int64, bytes: [UInt8]) {
    var writer = VarintWriter()
    writer.put(value)
    #expect(writer.bytes == bytes)
    var reader = VarintReader(bytes)
    #expect(reader.signed() == value)
    #expect(reader.isAtEnd)
  }

  @Test("a row is read in its order, to its end and not beyond") func row() {
    var writer = VarintWriter()
    writer.put(UInt64(300))
    writer.put(Int64(-300))
    writer.put(UInt64.max)
    var reader = VarintReader(writer.bytes)
    #expect(reader.unsigned() == 300)
    #expect(reader.signed() == -300)
    #expect(!reader.isAtEnd)
    #expect(reader.unsigned() == .max)
    #expect(reader.isAtEnd)
    #expect(reader.unsigned() == nil)
    #expect(reader.signed() == nil)
  }

  @Test(
    "numbers out of bounds are none",
    arguments: [(10, 10, true), (11, 10, false), (-10, 10, true), (-11, 10, false)]
      as [(Int64, UInt64, Bool)])
  func bounds(value: Int64, most: UInt64, isRead: Bool) {
    var writer = VarintWriter()
    writer.put(value)
    var reader = VarintReader(writer.bytes)
    #expect((reader.signed(within: most) != nil) == isRead)
    guard value > 0 else { return }
    writer = VarintWriter()
    writer.put(UInt64(value))
    reader = VarintReader(writer.bytes)
    #expect((reader.unsigned(upTo: most) != nil) == isRead)
  }
}
