import DaybookCore

/// Names of files that are being written: `.FINAL.tmp-` and 16 hexadecimal digits, in the folder of
/// the final name. The dot hides them from people, the form tells them from everything else.
enum TemporaryName {
  private static let mark = ".tmp-"

  static func make(for name: String, _ random: UInt64) -> String {
    let digits = hex((0..<8).map { UInt8(truncatingIfNeeded: random >> (56 - 8 * $0)) })
    return ".\(name)\(mark)\(digits)"
  }

  /// The final name, when `name` is one of ours.
  static func finalName(_ name: String) -> String? {
    let bytes = Array(name.utf8)
    let tail = mark.utf8.count + 16
    guard bytes.count > tail + 1, bytes[0] == UInt8(ascii: ".") else { return nil }
    let cut = bytes.count - tail
    guard bytes[cut...].starts(with: mark.utf8),
      bytes[(cut + mark.utf8.count)...].allSatisfy(isHexadecimal)
    else { return nil }
    return String(decoding: bytes[1..<cut], as: UTF8.self)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102)
  }
}
