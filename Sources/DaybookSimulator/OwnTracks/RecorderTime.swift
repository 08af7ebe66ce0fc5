import DaybookCore

/// Times as the recorder reads and prints them: UTC, whatever follows is ignored.
enum RecorderTime {
  /// Reads as much of `YYYY-MM[-DD[THH[:MM[:SS]]]]` as is good, at least year and month; what
  /// follows is ignored, a zone too. Days beyond the end of a month run into the next one, as
  /// strptime(3) and mktime(3) let them. Nil: not even a month.
  static func read(_ text: String) -> Int? {
    var rest = Array(text.utf8)[...]
    guard let year = number(&rest, 4, 0...9_999), skip(&rest, "-"),
      let month = number(&rest, 2, 1...12),
      let first = Day(year: max(1, year), month: month, day: 1)
    else { return nil }
    var seconds = first.number * 86_400
    guard skip(&rest, "-"), let day = number(&rest, 2, 1...31) else { return seconds }
    seconds += (day - 1) * 86_400
    guard skip(&rest, "t") || skip(&rest, "T"), let hour = number(&rest, 2, 0...23) else {
      return seconds
    }
    seconds += hour * 3_600
    guard skip(&rest, ":"), let minute = number(&rest, 2, 0...59) else { return seconds }
    seconds += minute * 60
    guard skip(&rest, ":"), let second = number(&rest, 2, 0...61) else { return seconds }
    return seconds + second
  }

  /// Up to so many digits after any spaces; nothing is taken when they are out of range.
  private static func number(
    _ rest: inout ArraySlice<UInt8>, _ width: Int, _ range: ClosedRange<Int>
  ) -> Int? {
    let start = rest.drop { $0 == 32 }
    let digits = start.prefix(width).prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    guard range.contains(value) else { return nil }
    rest = start.dropFirst(digits.count)
    return value
  }

  private static func skip(_ rest: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// `2015-01-02T05:30:00Z`, or with other characters between and after.
  static func text(_ t: Int, separator: StaticString, end: String) -> String {
    let number = floorDividing(t, 86_400)
    let (y, m, d) = Day(number: number).civil
    var out = ByteWriter(reserving: 24)
    out.padded(y, 4)
    out.raw("-")
    out.padded(m, 2)
    out.raw("-")
    out.padded(d, 2)
    out.raw(separator)
    CivilText.clock(t - number * 86_400, separator: true, into: &out)
    out.raw(end)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  /// `+0200`
  static func offset(_ seconds: Int) -> String {
    var out = ByteWriter()
    out.raw(seconds < 0 ? "-" : "+")
    out.padded(abs(seconds) / 3_600, 2)
    out.padded(abs(seconds) / 60 % 60, 2)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
