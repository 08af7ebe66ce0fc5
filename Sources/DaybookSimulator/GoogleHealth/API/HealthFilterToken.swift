/// The words of a filter (AIP-160, the part that the API reads).
enum HealthFilterToken: Hashable, Sendable {
  /// `steps.interval.start_time`; also what would be a literal without quotes.
  case word(String)
  /// Without its double quotes.
  case literal(String)
  /// `>=`, `<` and those that are not allowed.
  case comparator(String)
  case and, or

  /// The words in order; a fault when the text is none of this language.
  static func list(_ text: String) throws(HealthFault) -> [HealthFilterToken] {
    var out: [HealthFilterToken] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: " "): rest.removeFirst()
      case UInt8(ascii: "\""): out.append(try quoted(&rest))
      case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "!"):
        out.append(.comparator(take(&rest) { "<>=!".utf8.contains($0) }))
      case _ where isWord(byte): out.append(keyword(take(&rest, while: isWord)))
      default: throw .filter("SYNTAX", "unexpected character in the filter")
      }
    }
    return out
  }

  private static func quoted(
    _ rest: inout ArraySlice<UInt8>
  ) throws(HealthFault) -> HealthFilterToken {
    rest.removeFirst()
    let text = take(&rest) { $0 != UInt8(ascii: "\"") }
    guard rest.popFirst() != nil else { throw .filter("SYNTAX", "unterminated literal") }
    return .literal(text)
  }

  private static func keyword(_ word: String) -> HealthFilterToken {
    switch word {
    case "AND": .and
    case "OR": .or
    default: .word(word)
    }
  }

  private static func take(
    _ rest: inout ArraySlice<UInt8>, while fits: (UInt8) -> Bool
  ) -> String {
    let part = rest.prefix(while: fits)
    rest = rest.dropFirst(part.count)
    return String(decoding: part, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "_-.:+".utf8.contains(byte)
    }
  }
}
