/// Sums of bytes: one for entity tags, one for gzip.
enum Checksum {
  /// 32 hexadecimal digits that differ when the bytes do. Not for security.
  static func hex128(_ bytes: [UInt8]) -> String {
    var a: UInt64 = 0x9AE1_6A3B_2F90_404F ^ UInt64(bytes.count)
    var b: UInt64 = 0xC3A5_C85C_97CB_3127
    bytes.withUnsafeBytes { buffer in
      var i = 0
      while i + 8 <= buffer.count {
        let word = buffer.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        a = (a ^ word) &* 0x9DDF_EA08_EB38_2D69
        a ^= a >> 29
        b = (b &+ word ^ a) &* 0xFF51_AFD7_ED55_8CCD
        i += 8
      }
      while i < buffer.count {
        a = (a ^ UInt64(buffer[i])) &* 0x9DDF_EA08_EB38_2D69
        b = (b &+ UInt64(buffer[i]) ^ a) &* 0xFF51_AFD7_ED55_8CCD
        i += 1
      }
    }
    var mixed = Seeded(a, Int(truncatingIfNeeded: b))
    return mixed.hexText(32)
  }

  /// CRC-32 as gzip has it (RFC 1952 §8).
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
