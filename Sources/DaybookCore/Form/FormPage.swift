/// The inputs of a page of HTML, found by a scanner that looks for `<input>` tags and nothing else:
/// attributes in any order, values in either quotes or none, entities in values decoded. Comments
/// and what stands in `script`, `style`, `textarea` and `title` are passed over. One pass over the
/// bytes; at most ``Limits/formInputs`` are kept.
public struct FormPage: Sendable {
  /// Name and value of each, in the order of the page.
  public let inputs: [Field]

  public init(_ bytes: [UInt8]) {
    var scanner = TagScanner(bytes)
    var inputs: [Field] = []
    while inputs.count < Limits.formInputs, let attributes = scanner.nextInput() {
      guard let name = attributes.first(where: { $0.name == "name" })?.value else { continue }
      let value = attributes.first { $0.name == "value" }?.value ?? ""
      inputs.append(Field(name, value))
    }
    self.inputs = inputs
  }

  /// The value of the first input of this name.
  public func value(of name: String) -> String? { inputs.first { $0.name == name }?.value }

  /// The letters and digits right behind the first marker that some of them follow.
  public static func id(in bytes: [UInt8], behind markers: [String]) -> String? {
    for marker in markers.map({ Array($0.utf8) }) where !marker.isEmpty {
      var rest = bytes[...]
      while let found = rest.firstRange(of: marker) {
        let run = rest[found.upperBound...].prefix(Limits.formIDCharacters + 1)
          .prefix(while: isLetterOrDigit)
        if (1...Limits.formIDCharacters).contains(run.count) {
          return String(decoding: run, as: UTF8.self)
        }
        rest = rest[found.upperBound...]
      }
    }
    return nil
  }
}

/// Reads tags of HTML (https://html.spec.whatwg.org/multipage/syntax.html), as far as needed.
private struct TagScanner {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The attributes of the next `<input>`, names in lower case; nil at the end.
  mutating func nextInput() -> [Field]? {
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = open + 1
      if starts("!--") {
        skip(past: "-->")
        continue
      }
      let name = word()
      switch name {
      case "input": return attributes()
      case "script", "style", "textarea", "title":
        _ = attributes()
        skip(past: "</" + name)
      default: break
      }
    }
    return nil
  }

  private func starts(_ text: String) -> Bool {
    let rest = bytes[at...].prefix(text.utf8.count)
    return rest.map(lower) == Array(text.utf8)
  }

  /// To behind the next such text, capital letters or not; to the end when there is none.
  private mutating func skip(past text: String) {
    let mark = Array(text.utf8)
    while at < bytes.count {
      if lower(bytes[at]) == mark[0], starts(text) {
        at += mark.count
        return
      }
      at += 1
    }
  }

  /// Letters and digits, in lower case.
  private mutating func word() -> String {
    let run = bytes[at...].prefix(while: isLetterOrDigit)
    at = run.endIndex
    return String(decoding: run.map(lower), as: UTF8.self)
  }

  private mutating func attributes() -> [Field] {
    var out: [Field] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
      if isSpace(bytes[at]) || bytes[at] == UInt8(ascii: "/") {
        at += 1
        continue
      }
      let name = bytes[at...].prefix { !isSpace($0) && !Array("=>/".utf8).contains($0) }
      at = max(name.endIndex, at + (name.isEmpty ? 1 : 0))
      let value = value()
      guard !name.isEmpty else { continue }
      out.append(Field(String(decoding: name.map(lower), as: UTF8.self), value))
    }
    return out
  }

  /// What follows `=`; empty without one.
  private mutating func value() -> String {
    let start = at
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
      at = start
      return ""
    }
    at += 1
    skipSpace()
    guard at < bytes.count else { return "" }
    let quote = bytes[at]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let run = bytes[at...].prefix { !isSpace($0) && $0 != UInt8(ascii: ">") }
      at = run.endIndex
      return withoutEntities(run)
    }
    let run = bytes[(at + 1)...].prefix { $0 != quote }
    at = min(run.endIndex + 1, bytes.count)
    return withoutEntities(run)
  }

  private mutating func skipSpace() {
    at = bytes[at...].prefix(while: isSpace).endIndex
  }
}

/// Decodes `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` and numbers; anything else stays as it is.
private func withoutEntities(_ run: ArraySlice<UInt8>) -> String {
  var out = ""
  var rest = run
  while let and = rest.firstIndex(of: UInt8(ascii: "&")) {
    out += String(decoding: rest[..<and], as: UTF8.self)
    let name = rest[(and + 1)...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
    let isClosed = name.endIndex < rest.endIndex && rest[name.endIndex] == UInt8(ascii: ";")
    if isClosed, let scalar = entity(String(decoding: name, as: UTF8.self)) {
      out.unicodeScalars.append(scalar)
      rest = rest[(name.endIndex + 1)...]
    } else {
      out += "&"
      rest = rest[(and + 1)...]
    }
  }
  return out + String(decoding: rest, as: UTF8.self)
}

private func entity(_ name: String) -> Unicode.Scalar? {
  switch name {
  case "amp": return "&"
  case "lt": return "<"
  case "gt": return ">"
  case "quot": return "\""
  case "apos": return "'"
  default: break
  }
  guard name.hasPrefix("#") else { return nil }
  let digits = name.dropFirst()
  let number =
    digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  return number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
}

private func isSpace(_ b: UInt8) -> Bool { b == 32 || (9...13).contains(b) }

private func lower(_ b: UInt8) -> UInt8 { b >= 65 && b <= 90 ? b + 32 : b }

private func isLetterOrDigit(_ b: UInt8) -> Bool {
  (b >= 97 && b <= 122) || (b >= 65 && b <= 90) || (b >= 48 && b <= 57)
}
