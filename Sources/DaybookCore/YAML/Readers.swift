// The scalars that both kinds of files share.

extension Reader where Value == String {
  /// Any scalar, taken as it is written; not empty.
  static var text: Reader { text("text") }

  static func text(_ expected: String) -> Reader {
    .scalar(expected) { text, _ in text.isEmpty ? nil : text }
  }

  static var name: Reader {
    .scalar("a name") { text, _ in text.isEmpty ? nil : text }
      .checked { Name.isValid($0) ? nil : "\(quoted($0)) is no name; \(Name.rule)" }
  }
}

extension Reader where Value == Bool {
  static var flag: Reader {
    .plain("true or false") { ["true": true, "false": false][$0] }
  }
}

extension Reader where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> Reader {
    Reader.plain("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension Reader where Value == Double {
  /// Above 0 and at most `most`.
  static func number(upTo most: Int) -> Reader {
    .plain("a number above 0, at most \(most)") { text in
      guard text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") }),
        let value = Double(text), value > 0, value <= Double(most)
      else { return nil }
      return value
    }
  }
}

extension Reader where Value == Duration {
  static func duration(_ range: ClosedRange<Duration>) -> Reader {
    let expected =
      "a duration from \(spelled(range.lowerBound)) to \(spelled(range.upperBound)), "
      + "such as 500ms, 30s, 15m, 3h or 2d"
    return .plain(expected) { text in
      parsedDuration(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

/// Reads a whole number and a unit: `500ms`, `30s`, `15m`, `3h`, `2d`. Nil for anything else.
func parsedDuration(_ text: String) -> Duration? {
  let bytes = Array(text.utf8)
  let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }
  guard let n = decimal(digits), n <= 1_000_000_000 else { return nil }
  switch String(decoding: bytes.dropFirst(digits.count), as: UTF8.self) {
  case "ms": return .milliseconds(n)
  case "s": return .seconds(n)
  case "m": return .minutes(Int64(n))
  case "h": return .hours(Int64(n))
  case "d": return .days(Int64(n))
  default: return nil
  }
}

/// The shortest way to write a duration: the inverse of ``parsedDuration(_:)``.
func spelled(_ duration: Duration) -> String {
  let milliseconds = duration.inMicroseconds / 1_000
  for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)]
    as [(String, Int64)]
  where milliseconds != 0 && milliseconds % size == 0 {
    return "\(milliseconds / size)\(unit)"
  }
  return "\(milliseconds)ms"
}

extension Reader where Value == Day {
  static var day: Reader { .scalar("a date such as 2016-06-18") { text, _ in Day(text) } }
}

extension Reader where Value == JSONPointer {
  static var pointer: Reader {
    .scalar("a JSON pointer such as /data/0/id, or \"\" for the whole") { text, _ in
      JSONPointer(text)
    }
  }
}

extension Reader where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func word(_: Value.Type = Value.self) -> Reader {
    .word(from: Value.allCases.map { ($0.rawValue, $0) })
  }

  /// One of some of its words.
  static func word(_ some: [Value]) -> Reader { .word(from: some.map { ($0.rawValue, $0) }) }
}

extension Reader {
  /// One of these words.
  static func word(from words: [(String, Value)]) -> Reader {
    let names = words.map(\.0)
    let expected = names.count == 1 ? "'\(names[0])'" : "one of \(names.joined(separator: ", "))"
    return Reader(expected: expected) { node, reading in
      if node.isRefused { return nil }
      guard case .scalar(let text, _) = node.content, !node.isNull else {
        reading.report("expected \(expected), not \(node.described)", at: node)
        return nil
      }
      if let (_, value) = words.first(where: { $0.0 == text }) { return value }
      let guess = didYouMean(text, names)
      reading.report("expected \(expected), not \(node.described)\(guess)", at: node)
      return nil
    }
  }
}

extension Reader where Value == [Field] {
  /// Names and texts; with `lists` a name may have several texts, which repeats it.
  static func fields(_ what: String, lists: Bool = false, value: Reader<String>) -> Reader {
    Reader<[[Field]]>.entries(what) { entry, reading -> [Field]? in
      if lists, case .list(let items) = entry.value.content {
        return items.compactMap { value.read($0, reading) }.map { Field(entry.key, $0) }
      }
      return value.read(entry.value, reading).map { [Field(entry.key, $0)] }
    }.map { $0.flatMap { $0 } }
  }
}

extension Reader where Value == String {
  /// Any scalar, the empty text in quotes included.
  static var anyText: Reader { .scalar("text") { text, _ in text } }
}
