// Moments as texts: RFC 3339, and its compact form for file names.
extension Instant: CustomStringConvertible {
  public var description: String { rfc3339 }

  /// `2026-11-22T21:15:03Z`; with six decimals when the moment is not a whole second.
  public var rfc3339: String {
    let micro = microseconds - seconds * 1_000_000
    return "\(civil(offset: 0))" + (micro == 0 ? "Z" : ".\(padded(Int(micro), 6))Z")
  }

  /// `2026-11-22T21:15:03` on clocks `offset` seconds east of UTC, rounded down.
  func civil(offset: Int) -> String {
    let local = Int(seconds) + offset
    let day = floorDividing(local, 86_400)
    return "\(Day(number: day))T\(clock(local - day * 86_400))"
  }

  /// `20261122T211503Z`, rounded down: part of file names.
  public var compact: String {
    let day = floorDividing(Int(seconds), 86_400)
    let clock = clock(Int(seconds) - day * 86_400).utf8.filter { $0 != UInt8(ascii: ":") }
    return "\(Day(number: day).compact)T\(String(decoding: clock, as: UTF8.self))Z"
  }

  /// Reads `YYYY-MM-DDThh:mm:ss[.decimals](Z|±hh:mm)`, decimals beyond the sixth cut off, second
  /// 60 as the first of the next minute. Nil for anything else, lower-case `t` and `z` too.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let second = secondOfDay(bytes[11..<19])
    else { return nil }
    var rest = bytes[19...]
    guard let micro = Instant.decimals(&rest), let offset = Instant.offset(rest) else { return nil }
    self.init(day: day, second: second - offset, micro: micro)
  }

  /// Reads what ``compact`` writes.
  public init?(compact text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
      let day = Day(compact: String(decoding: bytes[..<8], as: UTF8.self)),
      let h = decimal(bytes[9..<11]), let m = decimal(bytes[11..<13]),
      let s = decimal(bytes[13..<15]), h < 24, m < 60, s < 60
    else { return nil }
    self.init(day: day, second: h * 3_600 + m * 60 + s)
  }

  init(day: Day, second: Int, micro: Int = 0) {
    let seconds = Int64(day.number) * 86_400 + Int64(second)
    self.init(microseconds: seconds * 1_000_000 + Int64(micro))
  }

  /// Microseconds of `.123`, which is taken from `text`; 0 when it does not begin with a point.
  private static func decimals(_ text: inout ArraySlice<UInt8>) -> Int? {
    guard text.first == UInt8(ascii: ".") else { return 0 }
    let digits = text.dropFirst().prefix { decimal([$0]) != nil }
    text = text[digits.endIndex...]
    guard let value = decimal(digits.prefix(6)) else { return nil }
    return (digits.prefix(6).count..<6).reduce(value) { value, _ in value * 10 }
  }

  /// Seconds east of `Z` or `±hh:mm`.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.elementsEqual([UInt8(ascii: "Z")]) { return 0 }
    let bytes = Array(text)
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      bytes[3] == UInt8(ascii: ":"), let hours = decimal(bytes[1..<3]), hours < 24,
      let minutes = decimal(bytes[4..<6]), minutes < 60
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -60 : 60) * (hours * 60 + minutes)
  }
}

/// `21:15:03`
func clock(_ secondOfDay: Int) -> String {
  let (h, m, s) = (secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60)
  return "\(padded(h, 2)):\(padded(m, 2)):\(padded(s, 2))"
}

/// Seconds since midnight at `21:15:03`; a leap second, 60, is allowed.
func secondOfDay(_ text: ArraySlice<UInt8>) -> Int? {
  let bytes = Array(text)
  guard bytes.count == 8, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"),
    let h = decimal(bytes[0..<2]), let m = decimal(bytes[3..<5]), let s = decimal(bytes[6..<8]),
    h < 24, m < 60, s <= 60
  else { return nil }
  return h * 3_600 + m * 60 + s
}
