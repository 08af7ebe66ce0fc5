/// Signed integers as zigzag varints, one after the other.
struct VarintWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: UInt64) { Varint.encode(value, into: &bytes) }
  mutating func put(_ value: Int64) { put(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }
}

/// Reads what a ``VarintWriter`` wrote; nil at the end, and for bytes that are no varint.
struct VarintReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func unsigned() -> UInt64? { Varint.decode(bytes, at: &index) }
  mutating func signed() -> Int64? {
    unsigned().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }
}
