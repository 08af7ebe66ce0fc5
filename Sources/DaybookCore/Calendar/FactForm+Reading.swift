extension FactForm {
  /// The day that a fact names; a moment is one in this zone. Nil when the text is not of this
  /// form, and always for ``text``.
  public func day(_ text: String, in zone: Zone) -> Day? {
    switch self {
    case .text: nil
    case .ymd: Day(text)
    case .compact: Day(compact: text)
    case .month: firstOfMonth(text)
    case .unix, .instant: instant(text).map { zone.day(at: $0) }
    }
  }

  /// The moment that a fact names. Nil when the text is not of this form, and always for forms that
  /// name no moment.
  public func instant(_ text: String) -> Instant? {
    switch self {
    case .unix: FactForm.unix(text)
    case .instant: Instant(rfc3339: text)
    case .text, .ymd, .compact, .month: nil
    }
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
    let seconds = isNegative ? -digits : digits
    guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
    return Instant(seconds: Int64(seconds))
  }
}

extension Belongs {
  /// The day that an answer says it is about; nil when the text is not of the form.
  public func day(_ text: String) -> Day? {
    switch form {
    case .ymd: Day(text)
    case .compact: Day(compact: text)
    case .unix, .unixMilliseconds, .utc, .offset, .naive: nil
    }
  }
}
