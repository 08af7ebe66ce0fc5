/// Moments as the control interface writes them: RFC 3339 in UTC.
extension Instant {
  /// `2026-11-22T21:15:03Z`; with six decimals when the moment is not a whole second.
  public var rfc3339: String {
    let day = floorDividing(seconds, 86_400)
    let second = Int(seconds - day * 86_400)
    let micro = Int(microseconds - seconds * 1_000_000)
    let clock =
      "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(Day(number: Int(day)))T\(clock)" + (micro == 0 ? "Z" : ".\(padded(micro, 6))Z")
  }

  /// Reads what ``rfc3339`` writes: upper-case `T` and `Z`, at most six decimals. Nil for anything
  /// else, for an offset too.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = decimal(bytes[11..<13]), hour < 24,
      let minute = decimal(bytes[14..<16]), minute < 60,
      let second = decimal(bytes[17..<19]), second < 60,
      let micro = Instant.decimals(bytes[19..<(bytes.count - 1)])
    else { return nil }
    let seconds = Int64(day.number) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    self.init(microseconds: seconds * 1_000_000 + Int64(micro))
  }

  /// Microseconds of `.123`; 0 of nothing at all.
  private static func decimals(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let point = bytes.first else { return 0 }
    guard point == UInt8(ascii: "."), bytes.count <= 7, let digits = decimal(bytes.dropFirst())
    else { return nil }
    return (bytes.count - 1..<6).reduce(digits) { value, _ in value * 10 }
  }
}
