/// Builds a body byte by byte, without intermediate strings.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Text that stands in the program.
  public mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text as it is.
  public mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  public mutating func bytes(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }

  public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  /// A JSON string with its quotes (RFC 8259 §7).
  public mutating func string(_ text: String) {
    byte(UInt8(ascii: "\""))
    for b in text.utf8 {
      switch b {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        byte(UInt8(ascii: "\\"))
        byte(b)
      case 0..<0x20: raw(ByteWriter.escape(b))
      default: byte(b)
      }
    }
    byte(UInt8(ascii: "\""))
  }

  private static func escape(_ b: UInt8) -> String {
    let digits = String(b, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  public mutating func integer(_ n: Int) {
    if n < 0 { byte(UInt8(ascii: "-")) }
    digits(n.magnitude)
  }

  private mutating func digits(_ n: UInt) {
    if n >= 10 { digits(n / 10) }
    byte(48 + UInt8(n % 10))
  }

  /// With leading zeros to `width` digits.
  public mutating func padded(_ n: Int, _ width: Int) {
    var scale = 1
    for _ in 1..<max(1, width) { scale *= 10 }
    while scale > 0 {
      byte(48 + UInt8(n / scale % 10))
      scale /= 10
    }
  }

  /// A whole number printed as a float: `2400.0`.
  public mutating func wholeFloat(_ n: Int) {
    integer(n)
    raw(".0")
  }

  /// Millionths printed as a decimal number without needless zeros: `60.1695`, `10.0`.
  public mutating func millionths(_ n: Int) {
    if n < 0 { byte(UInt8(ascii: "-")) }
    let m = Int(n.magnitude)
    integer(m / 1_000_000)
    byte(UInt8(ascii: "."))
    var rest = m % 1_000_000
    var scale = 100_000
    repeat {
      byte(48 + UInt8(rest / scale))
      rest %= scale
      scale /= 10
    } while rest > 0
  }
}
