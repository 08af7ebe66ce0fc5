/// Reads the one object that a phone posts. Nested values are kept as they are written.
enum FlatJSON {
  /// The members of an object, in order; nil when the text is none.
  static func members(_ bytes: [UInt8]) -> [LocationPoint.Member]? {
    var reader = Reader(rest: bytes[...])
    guard reader.take("{") else { return nil }
    var out: [LocationPoint.Member] = []
    if !reader.take("}") {
      repeat {
        guard let name = reader.string(), reader.take(":"), let value = reader.value() else {
          return nil
        }
        out.append(LocationPoint.Member(name, value))
      } while reader.take(",")
      guard reader.take("}") else { return nil }
    }
    return reader.isAtEnd ? out : nil
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    private mutating func skipSpace() {
      rest = rest.drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    }

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return rest.isEmpty
      }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// A string; of the escapes only those that stand for one ASCII character.
    mutating func string() -> String? {
      guard take("\"") else { return nil }
      var out: [UInt8] = []
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "\""): return String(validating: out, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let next = rest.popFirst(), let meant = Reader.escapes[next] else { return nil }
          out.append(meant)
        default: out.append(byte)
        }
      }
      return nil
    }

    private static let escapes: [UInt8: UInt8] = [
      34: 34, 47: 47, 92: 92, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9,
    ]

    mutating func value() -> LocationPoint.Value? {
      skipSpace()
      switch rest.first {
      case UInt8(ascii: "\""): return string().map { .text($0) }
      case UInt8(ascii: "{"), UInt8(ascii: "["): return nested()
      default: return scalar()
      }
    }

    /// A number, or `true`, `false`, `null`.
    private mutating func scalar() -> LocationPoint.Value? {
      let word = rest.prefix { $0 > 32 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
      let text = String(decoding: word, as: UTF8.self)
      rest = rest.dropFirst(word.count)
      if ["true", "false", "null"].contains(text) { return .json(text) }
      guard let first = word.first, first == UInt8(ascii: "-") || (48...57).contains(first),
        let number = Double(text), abs(number) < 1e15
      else { return nil }
      if let whole = Int(text) { return .integer(whole) }
      let scaled = (number * 1e6).rounded()
      return abs(scaled) < 9e15 ? .millionths(Int(scaled)) : nil
    }

    /// An array or object up to its end, strings within respected.
    private mutating func nested() -> LocationPoint.Value? {
      var depth = 0
      var isQuoted = false
      var isEscaped = false
      for i in rest.indices {
        let byte = rest[i]
        if isEscaped {
          isEscaped = false
        } else if isQuoted {
          isEscaped = byte == UInt8(ascii: "\\")
          isQuoted = byte != UInt8(ascii: "\"")
        } else if byte == UInt8(ascii: "\"") {
          isQuoted = true
        } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
          depth += 1
        } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
          depth -= 1
          if depth == 0 {
            defer { rest = rest[(i + 1)...] }
            return .json(String(decoding: rest[...i], as: UTF8.self))
          }
        }
      }
      return nil
    }
  }
}
