// Dates in HTTP headers: RFC 9110 §5.6.7.
extension Instant {
  /// `Sun, 06 Nov 1994 08:49:37 GMT`, rounded down.
  public var httpDate: String {
    let day = Day(number: floorDividing(Int(seconds), 86_400))
    let (year, month, date) = day.civil
    let clock = clock(Int(seconds) - day.number * 86_400)
    return "\(weekdays[day.weekday - 1].prefix(3)), \(padded(date, 2)) \(months[month - 1]) "
      + "\(padded(year, 4)) \(clock) GMT"
  }

  /// Reads the form of ``httpDate`` and the two obsolete ones, `Sunday, 06-Nov-94 08:49:37 GMT` and
  /// `Sun Nov  6 08:49:37 1994`. Nil for anything else. The weekday must be one, but is not
  /// compared with the date. Two digits of a year mean 1970 to 2069, as cookies have it (RFC 6265
  /// §5.1.1): RFC 9110 would compare with today, and there is no clock here.
  public init?(httpDate text: String) {
    let words = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
    guard let first = words.first, let last = words.last else { return nil }
    switch words.count {
    case 6 where isWeekday(first, full: false, comma: true) && last == gmt:
      self.init(date: words[1], month: words[2], year: words[3], clock: words[4])
    case 4 where isWeekday(first, full: true, comma: true) && last == gmt:
      let parts = words[1].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard parts.count == 3, parts[2].count == 2, let year = decimal(parts[2]) else { return nil }
      let full = Array(String(year < 70 ? 2_000 + year : 1_900 + year).utf8)
      self.init(date: Array(parts[0]), month: Array(parts[1]), year: full, clock: words[2])
    case 5 where isWeekday(first, full: false, comma: false):
      self.init(date: words[2], month: words[1], year: last, clock: words[3])
    case 6 where isWeekday(first, full: false, comma: false) && words[2].isEmpty:
      guard words[3].count == 1 else { return nil }
      self.init(date: [0x30] + words[3], month: words[1], year: last, clock: words[4])
    default: return nil
    }
  }

  private init?(date: [UInt8], month: [UInt8], year: [UInt8], clock: [UInt8]) {
    guard date.count == 2, year.count == 4, let date = decimal(date), let year = decimal(year),
      let month = monthBytes.firstIndex(of: month),
      let day = Day(year: year, month: month + 1, day: date),
      let second = secondOfDay(clock[...])
    else { return nil }
    self.init(day: day, second: second)
  }
}

private let gmt = Array("GMT".utf8)
private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
private let weekdays = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]

// Dates of answers are read often: nothing is made for it each time.
private let monthBytes = months.map { Array($0.utf8) }
private let fullWeekdays = weekdays.map { Array($0.utf8) }
private let shortWeekdays = weekdays.map { Array($0.utf8.prefix(3)) }

private func isWeekday(_ word: [UInt8], full: Bool, comma: Bool) -> Bool {
  if comma && word.last != UInt8(ascii: ",") { return false }
  let name = comma ? word.dropLast() : word[...]
  return (full ? fullWeekdays : shortWeekdays).contains { $0[...] == name }
}
