/// Integers as varints, one after the other; signed ones in zigzag.
struct VarintWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: UInt64) { Varint.encode(value, into: &bytes) }
  mutating func put(_ value: Int64) { put(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }
}

/// Reads what a ``VarintWriter`` wrote; nil at the end, for bytes that are no varint, and for
/// numbers out of bounds.
struct VarintReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  mutating func unsigned(upTo most: UInt64 = .max) -> UInt64? {
    Varint.decode(bytes, at: &index).flatMap { $0 <= most ? $0 : nil }
  }

  /// A number from -`most` to `most`.
  mutating func signed(within most: UInt64 = .max) -> Int64? {
    unsigned().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
      .flatMap { $0.magnitude <= most ? $0 : nil }
  }
}
