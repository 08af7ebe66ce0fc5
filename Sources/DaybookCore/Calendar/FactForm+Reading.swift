extension FactForm {
  /// The day that a fact names; a moment is one in this zone. Nil when the text is not of this
  /// form, and always for ``text``.
  public func day(_ text: String, in zone: Zone) -> Day? {
    switch self {
    case .text: nil
    case .ymd, .parts: Day(text)
    case .compact: Day(compact: text)
    case .month: firstOfMonth(text)
    case .wall: FactForm.wallClock(text)?.day
    case .unix, .instant: instant(text, in: zone).map { zone.day(at: $0) }
    }
  }

  /// The moment that a fact names; a local time is one of this zone. Nil when the text is not of
  /// this form, and always for forms that name no moment.
  public func instant(_ text: String, in zone: Zone) -> Instant? {
    switch self {
    case .unix: FactForm.unix(text)
    case .instant: Instant(rfc3339: text)
    case .wall: FactForm.wallClock(text).map { zone.moment(of: $0.day, second: $0.second) }
    case .text, .ymd, .compact, .month, .parts: nil
    }
  }

  /// Where this form's scalars are, below the pointer of its fact.
  public func pointers(at pointer: JSONPointer) -> [JSONPointer] {
    guard self == .parts else { return [pointer] }
    return ["year", "month", "day"].map { pointer.appending(.key($0)) }
  }

  /// The texts of a fact, from what was found at each of its ``pointers(at:)``. Parts become
  /// `YYYY-MM-DD`; of objects that lack one of them nothing can be told, so nothing is.
  public func texts(_ found: [[JSONScalar]]) -> [String] {
    guard self == .parts else { return found.first?.map(\.text) ?? [] }
    guard found.count == 3, Set(found.map(\.count)).count == 1 else { return [] }
    return found[0].indices.map { FactForm.date(found, $0) }
  }

  private static func date(_ found: [[JSONScalar]], _ i: Int) -> String {
    let widths = [4, 2, 2]
    return zip(found, widths).map { list, width in
      let text = list[i].text
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }.joined(separator: "-")
  }

  /// `YYYY-MM-DD`, `T` or a blank, `hh:mm:ss`, decimals of any number; nothing behind them, since a
  /// zone would make it another form.
  private static func wallClock(_ text: String) -> (day: Day, second: Int)? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, [UInt8(ascii: "T"), UInt8(ascii: " ")].contains(bytes[10]),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let second = secondOfDay(bytes[11..<19])
    else { return nil }
    let rest = bytes[19...]
    let isDecimal = rest.first == UInt8(ascii: ".") && decimal(rest.dropFirst()) != nil
    return rest.isEmpty || isDecimal ? (day, second) : nil
  }

  private func firstOfMonth(_ text: String) -> Day? {
    // The OwnTracks Recorder lists its month files with their folders.
    let name = text.utf8.lastIndex(of: UInt8(ascii: "/")).map { text.utf8[$0...].dropFirst() }
    let bytes = Array(name ?? text.utf8[...])
    guard bytes.count >= 7, bytes[4] == UInt8(ascii: "-"), let year = decimal(bytes[..<4]),
      let month = decimal(bytes[5..<7]), bytes.count == 7 || decimal([bytes[7]]) == nil
    else { return nil }
    return Day(year: year, month: month, day: 1)
  }

  /// Whole seconds, decimals cut off, within the years 1...9999: milliseconds by mistake are not.
  private static func unix(_ text: String) -> Instant? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 1 || decimal(parts[1].utf8) != nil else { return nil }
    let isNegative = parts[0].utf8.first == UInt8(ascii: "-")
    guard let digits = decimal(parts[0].utf8.dropFirst(isNegative ? 1 : 0)) else { return nil }
    let seconds = Int64(isNegative ? -digits : digits)
    guard Instant.calendar.contains(seconds) else { return nil }
    return Instant(seconds: seconds)
  }
}

extension Belongs {
  /// The day that an answer or element says it is about; a moment is one in this zone. Nil when the
  /// text is not of the form.
  public func day(_ text: String, in zone: Zone) -> Day? { form.day(text, in: zone) }

  public var pointers: [JSONPointer] { form.pointers(at: at) }
}

extension Fact {
  public var pointers: [JSONPointer] { form.pointers(at: at) }
}
