/// What the scanner of a body is to look for. At most ``Limits/scanPointers`` different pointers.
public struct ScanPlan: Hashable, Sendable {
  /// Where the items are: counted, and digested without insignificant white space.
  public var items: [JSONPointer]
  /// Values left out of the digest.
  public var volatile: [JSONPointer]
  /// Scalars to report, in this order.
  public var capture: [JSONPointer]

  public init(
    items: [JSONPointer] = [], volatile: [JSONPointer] = [], capture: [JSONPointer] = []
  ) {
    self.items = items
    self.volatile = volatile
    self.capture = capture
  }
}

/// What the scanner of a body found.
public struct ScanReport: Hashable, Sendable {
  /// Nil: the body is one whole, valid JSON document (RFC 8259). Otherwise what is wrong and where.
  public var fault: JSONFault?
  /// Elements of the arrays (or members of the objects) at the `items` pointers together; null and
  /// missing count 0, another scalar counts 1. A value that several pointers lead to counts once.
  public var items: Int
  /// Digest of the bytes at the `items` pointers, white space between tokens left out, volatile
  /// values left out.
  public var digest: Digest
  /// For each pointer of `capture`, the scalars found, in document order; at most
  /// ``Limits/capturedValues`` together.
  public var captured: [[JSONScalar]]

  public init(fault: JSONFault?, items: Int, digest: Digest, captured: [[JSONScalar]]) {
    self.fault = fault
    self.items = items
    self.digest = digest
    self.captured = captured
  }
}

/// Where and why a text is no JSON document.
public struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Bytes before the fault.
  public var offset: Int64
  public var reason: Reason

  public enum Reason: String, Sendable {
    case empty = "no document"
    case cut = "ends in the middle"
    case grammar = "not the grammar of RFC 8259"
    case encoding = "not valid UTF-8"
    case depth = "nested too deep"
    case trailing = "something follows the document"
    /// Of ``JSONValue`` only.
    case duplicate = "a key twice in one object"
    /// Of ``JSONValue`` only.
    case surrogate = "half of a surrogate pair"
  }
  public init(offset: Int64, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }
  public var description: String { "\(reason.rawValue) at byte \(offset)" }
}

/// A scalar of a document as text: a string without quotes and with its escapes resolved, a number
/// or literal as it is written. Longer than ``Limits/capturedBytes``: cut off there.
public struct JSONScalar: Hashable, Sendable {
  public var kind: Kind
  public var text: String

  public enum Kind: Sendable { case string, number, literal }
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
