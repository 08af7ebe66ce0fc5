/// A small JSON document in memory: a message of the control socket, a token answer. Bodies of days
/// are never parsed into values; they pass a ``JSONScanner`` and stay bytes.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number without fraction and exponent that fits.
  case int(Int64)
  /// Any other number, as it is written (RFC 8259 §6 sets no bounds).
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order written.
  case object([JSONMember])

  /// A number; null where JSON has none for it (infinite, not a number).
  public init(_ value: Double) {
    self = value.isFinite ? .number("\(value)") : .null
  }

  /// A day, a name, whatever describes itself: null when absent.
  public init(_ value: String?) { self = value.map { .string($0) } ?? .null }

  /// The member with exactly this key; nil when there is none or this is no object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    // Byte for byte: `==` on strings would take canonically equivalent keys for equal.
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The value that `pointer` leads to, the first one where it has `*`.
  public func value(at pointer: JSONPointer) -> JSONValue? { value(at: pointer.segments[...]) }

  private func value(at path: ArraySlice<JSONPointer.Segment>) -> JSONValue? {
    guard let segment = path.first else { return self }
    let rest = path.dropFirst()
    switch (segment, self) {
    case (.key(let key), .object): return self[key]?.value(at: rest)
    case (.key(let key), .array(let elements)):
      guard let index = arrayIndex(Array(key.utf8)), index < elements.count else { return nil }
      return elements[index].value(at: rest)
    case (.every, .object(let members)):
      return members.lazy.compactMap { $0.value.value(at: rest) }.first
    case (.every, .array(let elements)):
      return elements.lazy.compactMap { $0.value(at: rest) }.first
    default: return nil
    }
  }
}

/// A member of an object.
public struct JSONMember: Hashable, Sendable {
  public var key: String
  public var value: JSONValue

  public init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

// The value as a Swift type; nil when it is of another type.
extension JSONValue {
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  public var object: [JSONMember]? { if case .object(let members) = self { members } else { nil } }
  public var isNull: Bool { self == .null }

  /// A number that is written as an integer and fits.
  public var int: Int64? { if case .int(let number) = self { number } else { nil } }

  /// Any number that a `Double` can hold, rounded to it.
  public var double: Double? {
    switch self {
    case .int(let number): Double(number)
    case .number(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral text: String) { self = .string(text) }
  public init(integerLiteral number: Int64) { self = .int(number) }
  public init(booleanLiteral flag: Bool) { self = .bool(flag) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with these members in this order.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { JSONMember($0.0, $0.1) })
  }
}
