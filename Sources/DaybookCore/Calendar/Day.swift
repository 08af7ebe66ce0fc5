/// A civil date of the proleptic Gregorian calendar, as the provider names it for an account. How
/// many hours it has, and when it begins, depends on a ``Zone``.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public var number: Int

  public init(number: Int) { self.number = number }

  /// Nil when there is no such date, or its year is outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Day.length(ofMonth: month, in: year)
    else { return nil }
    // Days from civil: http://howardhinnant.github.io/date_algorithms.html#days_from_civil
    let y = month <= 2 ? year - 1 : year
    let era = floorDividing(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `YYYY-MM-DD`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let y = decimal(bytes[0..<4]), let m = decimal(bytes[5..<7]), let d = decimal(bytes[8..<10])
    else { return nil }
    self.init(year: y, month: m, day: d)
  }

  /// Reads `YYYYMMDD`; nil for anything else.
  public init?(compact text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 8, let y = decimal(bytes[0..<4]), let m = decimal(bytes[4..<6]),
      let d = decimal(bytes[6..<8])
    else { return nil }
    self.init(year: y, month: m, day: d)
  }

  /// Year, month 1...12 and day 1...31.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = floorDividing(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  public var weekday: Int { (number + 3) - floorDividing(number + 3, 7) * 7 + 1 }

  public var description: String {
    let (y, m, d) = civil
    return "\(padded(y, 4))-\(padded(m, 2))-\(padded(d, 2))"
  }

  /// `YYYYMMDD`
  public var compact: String {
    let (y, m, d) = civil
    return padded(y, 4) + padded(m, 2) + padded(d, 2)
  }

  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  public static func + (a: Day, n: Int) -> Day { Day(number: a.number + n) }
  public static func - (a: Day, n: Int) -> Day { Day(number: a.number - n) }
  /// Days from `b` to `a`.
  public static func - (a: Day, b: Day) -> Int { a.number - b.number }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
  public static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A decimal number of ASCII digits only; nil for anything else, the empty slice included.
func decimal(_ bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
  var value = 0
  for b in bytes {
    guard b >= 48, b <= 57 else { return nil }
    value = value * 10 + Int(b - 48)
  }
  return value
}

/// `n` in decimal with leading zeros to `width` characters.
public func padded(_ n: Int, _ width: Int) -> String {
  // Names and URLs are full of them: short texts need no memory of their own.
  var text = n < 0 ? "-" : ""
  var place = 1
  for _ in 1..<max(1, width) { place *= 10 }
  while place > 1, n.magnitude < UInt(place) {
    text += "0"
    place /= 10
  }
  return text + String(n.magnitude)
}
