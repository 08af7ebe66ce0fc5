/// Just enough of gzip (RFC 1952) and deflate (RFC 1951) to make honest and dishonest streams.
enum Gzip {
  private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]

  /// `bytes` in stored blocks: nothing is compressed, everything is checked.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var out = header
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      out.append(rest.isEmpty ? 1 : 0)
      out += little(UInt32(block.count), 2) + little(UInt32(~UInt16(block.count)), 2) + block
    } while !rest.isEmpty
    return out + little(crc32(bytes), 4) + little(UInt32(truncatingIfNeeded: bytes.count), 4)
  }

  /// A stream without an end that expands to at least `size` zeros, 158 from each byte: one zero,
  /// then "the last 258 again" by fixed Huffman codes of 13 bits.
  static func bomb(expandingTo size: Int) -> [UInt8] {
    var bits = Bits()
    bits.add(0b0, 1)
    bits.add(0b01, 2)
    bits.addCode(0b0011_0000, 8)
    for _ in 0..<16 {
      bits.addCode(0b1100_0101, 8)
      bits.addCode(0b00000, 5)
    }
    // Eight times 13 bits are 13 bytes: from the third byte on, the stream repeats itself.
    let head = bits.bytes.prefix(2)
    let period = bits.bytes.dropFirst(2).prefix(13)
    let times = size / (258 * 8) + 1
    var out = header + head
    out.reserveCapacity(out.count + times * period.count)
    for _ in 0..<times { out.append(contentsOf: period) }
    return out
  }

  private static func little(_ n: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: n >> (8 * UInt32($0))) }
  }

  private static let crcTable: [UInt32] = (0..<256).map { n in
    (0..<8).reduce(UInt32(n)) { c, _ in
      let half = c >> 1
      return c & 1 == 1 ? half ^ 0xedb8_8320 : half
    }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    crcTable.withUnsafeBufferPointer { table in
      for byte in bytes { crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8) }
    }
    return ~crc
  }

  /// Bits in deflate's order: from the lowest of each byte; Huffman codes from their highest.
  private struct Bits {
    var bytes: [UInt8] = []
    private var count = 0

    mutating func add(_ value: UInt, _ width: Int) {
      for i in 0..<width { add(bit: UInt8(value >> UInt(i) & 1)) }
    }
    mutating func addCode(_ code: UInt, _ width: Int) {
      for i in (0..<width).reversed() { add(bit: UInt8(code >> UInt(i) & 1)) }
    }
    private mutating func add(bit: UInt8) {
      if count % 8 == 0 { bytes.append(0) }
      bytes[bytes.count - 1] |= bit << UInt8(count % 8)
      count += 1
    }
  }
}
