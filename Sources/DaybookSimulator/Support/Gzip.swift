/// The gzip format (RFC 1952) with stored blocks only (RFC 1951 §3.2.4): valid for every reader,
/// and enough for a simulator, which wants the format and not the saving.
public enum Gzip {
  private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  private static let longestBlock = 65_535

  public static func pack(_ bytes: [UInt8]) -> [UInt8] {
    var out = head
    var start = 0
    repeat {
      let end = min(start + longestBlock, bytes.count)
      let length = UInt16(end - start)
      out.append(end == bytes.count ? 1 : 0)
      out += [UInt8(length & 255), UInt8(length >> 8)]
      out += [UInt8(~length & 255), UInt8(~length >> 8)]
      out += bytes[start..<end]
      start = end
    } while start < bytes.count
    return out + little(Checksum.crc32(bytes)) + little(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// What ``pack(_:)`` made, or nil: cut, altered or something else.
  public static func unpack(_ packed: [UInt8]) -> [UInt8]? {
    guard packed.starts(with: head) else { return nil }
    var out: [UInt8] = []
    var at = head.count
    while true {
      guard at + 5 <= packed.count, packed[at] <= 1 else { return nil }
      let isLast = packed[at] == 1
      let length = Int(packed[at + 1]) | Int(packed[at + 2]) << 8
      let complement = Int(packed[at + 3]) | Int(packed[at + 4]) << 8
      guard length ^ complement == 0xFFFF else { return nil }
      at += 5
      guard at + length <= packed.count else { return nil }
      out += packed[at..<at + length]
      at += length
      if isLast { break }
    }
    let tail = little(Checksum.crc32(out)) + little(UInt32(truncatingIfNeeded: out.count))
    return Array(packed[at...]) == tail ? out : nil
  }

  private static func little(_ n: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: n >> (8 * UInt32($0))) }
  }
}
