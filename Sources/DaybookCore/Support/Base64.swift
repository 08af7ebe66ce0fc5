/// Base64 (RFC 4648): the standard alphabet with padding (§4), and the one for URLs and file names
/// without (§5; PKCE, RFC 7636 appendix A).
public enum Base64: Sendable {
  case standard
  case urlSafe

  public func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for k in 0...group.count { out.append(digit(UInt8(bits >> (18 - 6 * UInt32(k)) & 63))) }
      if self == .standard {
        out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Nil for anything that ``encode(_:)`` would not have written: other characters, wrong padding,
  /// bits left over.
  public func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if self == .standard {
      guard digits.count % 4 == 0 else { return nil }
      for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    var out: [UInt8] = []
    var bits: UInt32 = 0
    for (k, digit) in digits.enumerated() {
      guard let value = value(digit) else { return nil }
      bits = bits << 6 | UInt32(value)
      if k % 4 > 0 { out.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * UInt32(k % 4)))) }
    }
    // A single digit holds no byte, and what remains of the last one must be zero.
    let rest = digits.count % 4
    guard rest != 1, rest == 0 || bits & (rest == 2 ? 15 : 3) == 0 else { return nil }
    return out
  }

  private func digit(_ value: UInt8) -> UInt8 {
    switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: self == .standard ? UInt8(ascii: "+") : UInt8(ascii: "-")
    default: self == .standard ? UInt8(ascii: "/") : UInt8(ascii: "_")
    }
  }

  private func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case self.digit(62): 62
    case self.digit(63): 63
    default: nil
    }
  }
}
