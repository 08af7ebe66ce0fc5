/// `application/x-www-form-urlencoded` text, as queries and forms use it.
public enum FormText {
  /// `a=b&c=d` decoded; a field without `=` has an empty value.
  public static func fields(_ text: String) -> [SimField] {
    guard !text.isEmpty else { return [] }
    return text.split(separator: "&").map { part in
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return SimField(decoded(pair[0]), pair.count > 1 ? decoded(pair[1]) : "")
    }
  }

  /// `%41` and `+` resolved. A broken escape stays as it is.
  public static func decoded(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(where: { $0 == percent || $0 == plus }) else { return String(text) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      if bytes[i] == percent, i + 2 < bytes.count, let byte = pair(bytes[i + 1], bytes[i + 2]) {
        out.append(byte)
        i += 3
      } else {
        out.append(bytes[i] == plus ? UInt8(ascii: " ") : bytes[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// All but the unreserved characters of RFC 3986 §2.3 escaped.
  public static func encoded(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      if unreserved(byte) {
        out.append(byte)
      } else {
        out += [percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static let percent = UInt8(ascii: "%")
  private static let plus = UInt8(ascii: "+")
  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func unreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func pair(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let h = hexValue(high), let l = hexValue(low) else { return nil }
    return h << 4 | l
  }

  static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }
}
