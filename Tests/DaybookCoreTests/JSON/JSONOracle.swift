import DaybookCore

/// A slow and simple reader of JSON, written without a look at the scanner: it keeps the whole tree
/// and answers what a plan asks by walking it.
indirect enum OracleNode {
  case scalar(raw: [UInt8], JSONScalar)
  case array([OracleNode])
  /// Keys as UTF-16, which can hold lone surrogates as the document can.
  case object([(raw: [UInt8], key: [UInt16], value: OracleNode)])

  /// Nil when the document is not valid.
  init?(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var reader = OracleReader(bytes: bytes)
    guard let node = reader.value(), reader.peek() == nil else { return nil }
    self = node
  }
}

private struct OracleReader {
  let bytes: [UInt8]
  var at = 0

  /// The next byte that is no white space.
  mutating func peek() -> Character? {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    return at < bytes.count ? Character(Unicode.Scalar(bytes[at])) : nil
  }

  mutating func take(_ wanted: Character) -> Bool {
    guard peek() == wanted else { return false }
    at += 1
    return true
  }

  mutating func value() -> OracleNode? {
    switch peek() {
    case "[": list("]") { $0.value() }.map { .array($0) }
    case "{": list("}") { $0.member() }.map { .object($0) }
    case "\"":
      string().map {
        .scalar(raw: $0, JSONScalar(.string, String(decoding: $1, as: UTF16.self)))
      }
    case nil: nil
    default: word()
    }
  }

  private mutating func list<T>(
    _ end: Character, _ element: (inout OracleReader) -> T?
  ) -> [T]? {
    at += 1
    var all: [T] = []
    if take(end) { return all }
    repeat {
      guard let one = element(&self) else { return nil }
      all.append(one)
    } while take(",")
    return take(end) ? all : nil
  }

  private mutating func member() -> (raw: [UInt8], key: [UInt16], value: OracleNode)? {
    guard peek() == "\"", let (raw, key) = string(), take(":"), let value = value() else {
      return nil
    }
    return (raw, key, value)
  }

  private mutating func string() -> ([UInt8], [UInt16])? {
    let start = at
    at += 1
    var units: [UInt16] = []
    while at < bytes.count, bytes[at] >= 0x20 {
      if bytes[at] == 0x22 {
        at += 1
        return (Array(bytes[start..<at]), units)
      }
      if bytes[at] == 0x5C {
        guard let unit = escape() else { return nil }
        units.append(unit)
      } else {
        let end = bytes[at...].dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
        units += Array(String(decoding: bytes[at..<end], as: UTF8.self).utf16)
        at = end
      }
    }
    return nil
  }

  private mutating func escape() -> UInt16? {
    guard at + 1 < bytes.count else { return nil }
    let letters = Array("\"\\/bfnrt".utf8)
    let meanings: [UInt16] = [0x22, 0x5C, 0x2F, 8, 12, 10, 13, 9]
    if let k = letters.firstIndex(of: bytes[at + 1]) {
      at += 2
      return meanings[k]
    }
    guard bytes[at + 1] == UInt8(ascii: "u"), at + 6 <= bytes.count else { return nil }
    let digits = bytes[at + 2..<at + 6]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    at += 6
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func word() -> OracleNode? {
    let part = Set("+-.0123456789abcdefghijklmnopqrstuvwxyzE".utf8)
    let raw = Array(bytes[at...].prefix { part.contains($0) })
    let text = String(decoding: raw, as: UTF8.self)
    at += raw.count
    if ["true", "false", "null"].contains(text) { return .scalar(raw: raw, .init(.literal, text)) }
    return isNumber(raw) ? .scalar(raw: raw, JSONScalar(.number, text)) : nil
  }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, without the regular expression, which would be
/// compiled for each number.
private func isNumber(_ raw: [UInt8]) -> Bool {
  var rest = raw[...]
  func takes(_ any: String) -> Bool {
    guard let first = rest.first, any.utf8.contains(first) else { return false }
    rest.removeFirst()
    return true
  }
  func digits() -> Int {
    let run = rest.prefix { (48...57).contains($0) }
    rest = rest.dropFirst(run.count)
    return run.count
  }
  _ = takes("-")
  guard takes("0") ? digits() == 0 : digits() > 0 else { return false }
  if takes("."), digits() == 0 { return false }
  if takes("eE") {
    _ = takes("+-")
    if digits() == 0 { return false }
  }
  return rest.isEmpty
}
