/// `text` with every byte but the unreserved ones (RFC 3986 §2.3: letters, digits, `-._~`) written
/// as `%XX`. Right for a path segment, a query name or value, and a form.
public func percentEncoded(_ text: String) -> String {
  if text.utf8.allSatisfy(isUnreserved) { return text }
  let digits = Array("0123456789ABCDEF".utf8)
  var out: [UInt8] = []
  for byte in text.utf8 {
    if isUnreserved(byte) {
      out.append(byte)
    } else {
      out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: out, as: UTF8.self)
}

/// The text that `%XX` escapes stand for; nil for a broken escape or bytes that are no UTF-8.
public func percentDecoded(_ text: some StringProtocol) -> String? {
  var out: [UInt8] = []
  var rest = text.utf8.makeIterator()
  while let byte = rest.next() {
    guard byte == UInt8(ascii: "%") else {
      out.append(byte)
      continue
    }
    guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit)
    else { return nil }
    out.append(high << 4 | low)
  }
  return String(validating: out, as: UTF8.self)
}

/// Fields as a query or as the body of a form (`application/x-www-form-urlencoded`), in this order.
/// A space becomes `%20`, which both read alike.
public func formEncoded(_ fields: [Field]) -> String {
  fields.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }.joined(separator: "&")
}

/// The query of a URL, or the body of a form.
public enum QueryString {
  /// Fields in the order written; `+` is a space, a name without `=` has an empty value, empty
  /// pieces are skipped. Nil for a broken escape or bytes that are no UTF-8.
  public static func parse(_ text: some StringProtocol) -> [Field]? {
    var fields: [Field] = []
    for piece in String(text).unicodeScalars.split(separator: "&") {
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(halves[0]),
        let value = decoded(halves.count > 1 ? halves[1] : Substring().unicodeScalars)
      else { return nil }
      fields.append(Field(name, value))
    }
    return fields
  }

  private static func decoded(_ half: Substring.UnicodeScalarView) -> String? {
    var text = String.UnicodeScalarView()
    for scalar in half { text.append(scalar == "+" ? " " : scalar) }
    return percentDecoded(String(text))
  }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}
