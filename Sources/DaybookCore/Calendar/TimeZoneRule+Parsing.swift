extension TimeZoneRule {
  /// Reads `std offset [dst [offset] , start [/time] , end [/time]]`; nil for anything else. Times
  /// may be from -167 to 167 hours (RFC 9636 §3.3.1). Daylight time without dates is refused:
  /// POSIX leaves open when it is.
  init?(_ text: [UInt8]) {
    var reader = RuleReader(text[...])
    guard reader.name(), let west = reader.time(hours: 0...24) else { return nil }
    standard = -west
    guard !reader.isAtEnd else { return }
    guard reader.name() else { return nil }
    var offset = standard + 3_600
    if !reader.isNext(",") {
      guard let west = reader.time(hours: 0...24) else { return nil }
      offset = -west
    }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }
}

private struct RuleReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ c: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: c) }

  private mutating func take(_ c: Unicode.Scalar) -> Bool {
    guard isNext(c) else { return false }
    rest.removeFirst()
    return true
  }

  /// At least three letters, or anything of letters, digits and signs in angle brackets.
  mutating func name() -> Bool {
    let quoted = take("<")
    let end = rest.firstIndex { !isLetter($0) && !(quoted && isDigitOrSign($0)) } ?? rest.endIndex
    let length = end - rest.startIndex
    rest = rest[end...]
    return length >= 3 && (!quoted || take(">"))
  }

  private func isLetter(_ b: UInt8) -> Bool { b | 0x20 >= 0x61 && b | 0x20 <= 0x7A }
  private func isDigitOrSign(_ b: UInt8) -> Bool {
    decimal([b]) != nil || b == UInt8(ascii: "+") || b == UInt8(ascii: "-")
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { decimal([$0]) != nil }
    rest = rest[digits.endIndex...]
    guard let value = decimal(digits), range.contains(value) else { return nil }
    return value
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(hours: ClosedRange<Int>) -> Int? {
    let sign = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hours = number(hours) else { return nil }
    var seconds = hours * 3_600
    if take(":") {
      guard let minutes = number(0...59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let rest = number(0...59) else { return nil }
        seconds += rest
      }
    }
    return sign * seconds
  }

  /// `,date[/time]`; at two in the morning when no time is given.
  mutating func change() -> TimeZoneRule.Change? {
    guard take(","), let date = date() else { return nil }
    guard take("/") else { return TimeZoneRule.Change(date: date, time: 7_200) }
    guard let time = time(hours: 0...167) else { return nil }
    return TimeZoneRule.Change(date: date, time: time)
  }

  private mutating func date() -> TimeZoneRule.Change.Date? {
    if take("J") { return number(1...365).map { .julian($0) } }
    guard take("M") else { return number(0...365).map { .zeroBased($0) } }
    guard let month = number(1...12), take("."), let week = number(1...5), take("."),
      let weekday = number(0...6)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
