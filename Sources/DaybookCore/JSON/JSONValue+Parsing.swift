extension JSONValue {
  /// Reads one document, as strictly as ``JSONScanner`` and beyond it as I-JSON (RFC 7493 §2.1,
  /// §2.3) wants messages: duplicate keys and lone surrogates are faults too, since two readers
  /// could understand them differently.
  public init(parsing bytes: [UInt8], depthLimit: Int = Limits.jsonDepth) throws(DocumentFault) {
    if let fault = JSONScanner.scan(bytes, depthLimit: depthLimit).fault { throw fault }
    var builder = JSONBuilder(bytes)
    self = try builder.document()
  }
}

/// Builds values from a document whose grammar, encoding and depth the scanner has proved, so that
/// it may look only at the byte that decides.
private struct JSONBuilder {
  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(DocumentFault) -> JSONValue { try value() }

  private mutating func value() throws(DocumentFault) -> JSONValue {
    skipWhitespace()
    switch bytes[i] {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return literal(.bool(true), 4)
    case UInt8(ascii: "f"): return literal(.bool(false), 5)
    case UInt8(ascii: "n"): return literal(.null, 4)
    default: return number()
    }
  }

  private mutating func members() throws(DocumentFault) -> [JSONMember] {
    var members: [JSONMember] = []
    var keys: Set<[UInt8]> = []
    i += 1
    while !takes(UInt8(ascii: "}")) {
      if !members.isEmpty { i += 1 }
      skipWhitespace()
      let start = i
      let key = try string()
      guard keys.insert(Array(key.utf8)).inserted else {
        throw DocumentFault(offset: Int64(start), reason: .duplicate)
      }
      skipWhitespace()
      i += 1
      members.append(JSONMember(key, try value()))
    }
    return members
  }

  private mutating func elements() throws(DocumentFault) -> [JSONValue] {
    var elements: [JSONValue] = []
    i += 1
    while !takes(UInt8(ascii: "]")) {
      if !elements.isEmpty { i += 1 }
      elements.append(try value())
    }
    return elements
  }

  private mutating func string() throws(DocumentFault) -> String {
    var out: [UInt8] = []
    i += 1
    while bytes[i] != UInt8(ascii: "\"") {
      if bytes[i] == UInt8(ascii: "\\") {
        out += try escape()
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    i += 1
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func escape() throws(DocumentFault) -> [UInt8] {
    let letter = bytes[i + 1]
    guard letter == UInt8(ascii: "u") else {
      i += 2
      switch letter {
      case UInt8(ascii: "b"): return [0x08]
      case UInt8(ascii: "f"): return [0x0C]
      case UInt8(ascii: "n"): return [0x0A]
      case UInt8(ascii: "r"): return [0x0D]
      case UInt8(ascii: "t"): return [0x09]
      default: return [letter]
      }
    }
    let start = i
    var code = unit()
    if code & 0xFC00 == 0xD800, bytes[i] == UInt8(ascii: "\\"), bytes[i + 1] == UInt8(ascii: "u") {
      let low = unit()
      code = low & 0xFC00 == 0xDC00 ? 0x1_0000 + (code & 0x3FF) << 10 + low & 0x3FF : 0xD800
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw DocumentFault(offset: Int64(start), reason: .surrogate)
    }
    return Array(String(scalar).utf8)
  }

  /// The four digits of `\uXXXX`, and past them.
  private mutating func unit() -> UInt32 {
    let digits = bytes[i + 2..<i + 6]
    i += 6
    return digits.reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
  }

  private mutating func number() -> JSONValue {
    let start = i
    var state = NumberState(first: bytes[i])
    i += 1
    while i < bytes.count, let next = state.next(bytes[i]) {
      state = next
      i += 1
    }
    let text = String(decoding: bytes[start..<i], as: UTF8.self)
    // "-0" is not the integer 0: written back, it would lose its sign.
    guard let number = Int64(text), text != "-0" else { return .number(text) }
    return .int(number)
  }

  private mutating func literal(_ value: JSONValue, _ length: Int) -> JSONValue {
    i += length
    return value
  }

  /// Skips white space, and this byte if it is next.
  private mutating func takes(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard bytes[i] == byte else { return false }
    i += 1
    return true
  }

  private mutating func skipWhitespace() {
    while isWhitespace(bytes[i]) { i += 1 }
  }
}
