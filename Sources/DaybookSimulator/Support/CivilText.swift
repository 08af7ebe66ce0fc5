import DaybookCore

/// Dates and times as providers and HTTP write them.
public enum CivilText {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
  public static func httpDate(_ moment: Instant) -> String {
    let day = Day(number: Int(floorDividing(moment.seconds, 86_400)))
    let (y, m, d) = day.civil
    var out = ByteWriter(reserving: 32)
    out.raw(weekdays[day.weekday - 1])
    out.raw(", ")
    out.padded(d, 2)
    out.raw(" ")
    out.raw(months[m - 1])
    out.raw(" ")
    out.padded(y, 4)
    out.raw(" ")
    clock(Int(moment.seconds) - day.number * 86_400, separator: true, into: &out)
    out.raw(" GMT")
    return String(decoding: out.bytes, as: UTF8.self)
  }

  /// `20160618`
  public static func compact(_ day: Day) -> String {
    let (y, m, d) = day.civil
    var out = ByteWriter(reserving: 8)
    out.padded(y, 4)
    out.padded(m, 2)
    out.padded(d, 2)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  /// `08:49:37` or `084937`, of the seconds since midnight.
  static func clock(_ seconds: Int, separator: Bool, into out: inout ByteWriter) {
    out.padded(seconds / 3_600, 2)
    if separator { out.raw(":") }
    out.padded(seconds / 60 % 60, 2)
    if separator { out.raw(":") }
    out.padded(seconds % 60, 2)
  }

  /// Digits only, at most 9 of them; nil for anything else, the empty text included.
  static func number(_ text: some StringProtocol) -> Int? {
    let utf8 = text.utf8
    guard (1...9).contains(utf8.count), utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return utf8.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
