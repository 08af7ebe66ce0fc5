/// Unsigned LEB128: seven bits in each byte, lowest first, the high bit set where another follows.
public enum Varint {
  /// Appends `value` in its shortest form, 1 to 10 bytes.
  public static func encode(_ value: UInt64, into out: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(rest))
  }

  /// Reads the value at `index` and moves past it. Nil, with `index` unmoved, when the bytes end
  /// before the value does, when it is over 64 bits, or not in its shortest form.
  public static func decode(_ bytes: [UInt8], at index: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var i = index
    while i < bytes.count, shift < 64 {
      let byte = bytes[i]
      let part = UInt64(byte & 0x7F)
      guard shift < 63 || part <= 1 else { return nil }
      value |= part << shift
      i += 1
      if byte & 0x80 == 0 {
        guard byte != 0 || shift == 0 else { return nil }
        index = i
        return value
      }
      shift += 7
    }
    return nil
  }
}
