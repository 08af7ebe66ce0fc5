/// What the scanner of a body is to look for. At most ``Limits/scanPointers`` different pointers.
public struct ScanPlan: Hashable, Sendable {
  /// Where the items are: counted, and digested without insignificant white space.
  public var items: [JSONPointer] { didSet { made = Made() } }
  /// Values left out of the digest.
  public var volatile: [JSONPointer] { didSet { made = Made() } }
  /// Scalars to report, in this order.
  public var capture: [JSONPointer] { didSet { made = Made() } }
  /// Elements whose places are to be reported.
  public var elements: ElementPlan? { didSet { made = Made() } }
  /// What the body must be. In XML a pointer is a path of element names; a last segment `@name` is
  /// an attribute.
  public var document: Document { didSet { made = Made() } }

  /// Itself as bit masks, for many bodies; see ``prepared``.
  private var made = Made()

  private struct Made: Hashable, Sendable {
    var table: PointerTable?
    // What it was made of says it all.
    static func == (a: Made, b: Made) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
  }

  /// The same plan, for many bodies: what a scanner makes of it is made here, once.
  public var prepared: ScanPlan {
    var out = self
    out.made.table = PointerTable(self)
    return out
  }

  var table: PointerTable { made.table ?? PointerTable(self) }

  public init(
    items: [JSONPointer] = [], volatile: [JSONPointer] = [], capture: [JSONPointer] = [],
    elements: ElementPlan? = nil, document: Document = .json
  ) {
    self.document = document
    self.items = items
    self.volatile = volatile
    self.capture = capture
    self.elements = elements
  }

  /// Every pointer in it.
  var pointers: [JSONPointer] {
    items + volatile + capture + (elements.map { [$0.at] + $0.facts } ?? [])
  }
}

/// Elements of a list that are to be told apart: where each begins and ends, and what it says of
/// itself.
public struct ElementPlan: Hashable, Sendable {
  /// `/sleep/*`: the elements.
  public var at: JSONPointer
  /// Scalars within an element, as pointers from the root: `/sleep/*/dateOfSleep`.
  public var facts: [JSONPointer]

  public init(at: JSONPointer, facts: [JSONPointer]) {
    self.at = at
    self.facts = facts
  }
}

/// One element of a body: bytes `start ..< start + length` of it.
public struct ScannedElement: Hashable, Sendable {
  public var start: Int64
  public var length: Int64
  /// For each of the plan's facts the first scalar found in this element.
  public var found: [JSONScalar?]

  public init(start: Int64, length: Int64, found: [JSONScalar?]) {
    self.start = start
    self.length = length
    self.found = found
  }
}

/// What the scanner of a body found.
public struct ScanReport: Hashable, Sendable {
  /// Nil: the body is one whole, valid document of the plan's kind. Otherwise what is wrong and
  /// where.
  public var fault: DocumentFault?
  /// Elements of the arrays (or members of the objects) at the `items` pointers together; null and
  /// missing count 0, another scalar counts 1. In XML: the elements and attributes that they lead
  /// to. What several pointers lead to counts once.
  public var items: Int
  /// Digest of the bytes at the `items` pointers, white space between tokens left out, volatile
  /// values left out.
  public var digest: Digest
  /// For each pointer of `capture`, the scalars found, in document order; at most
  /// ``Limits/capturedValues`` together.
  public var captured: [[JSONScalar]]
  /// The elements that the plan asked for, in document order; nil when there are more than
  /// ``Limits/elements``.
  public var elements: [ScannedElement]?

  public init(
    fault: DocumentFault?, items: Int, digest: Digest, captured: [[JSONScalar]],
    elements: [ScannedElement]? = []
  ) {
    self.fault = fault
    self.items = items
    self.digest = digest
    self.captured = captured
    self.elements = elements
  }

  /// Of a body that is not looked into: no fault, no items, nothing captured.
  init(_ plan: ScanPlan) {
    self.init(
      fault: nil, items: 0, digest: SHA256().finish(), captured: plan.capture.map { _ in [] })
  }

  /// Of a document with a fault, which is evidence of nothing: no items, no captured scalars and
  /// the digest of an answer without items.
  init(_ fault: DocumentFault, _ plan: ScanPlan) {
    self.init(
      fault: fault, items: 0, digest: SHA256().finish(), captured: plan.capture.map { _ in [] })
  }
}

/// Where and why a text is not the document it should be.
public struct DocumentFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Bytes before the fault.
  public var offset: Int64
  public var reason: Reason

  public enum Reason: String, Sendable {
    case empty = "no document"
    case cut = "ends in the middle"
    case grammar = "not well-formed"
    case encoding = "not valid UTF-8"
    case depth = "nested too deep"
    case trailing = "something follows the document"
    /// Of ``BodyScanner`` only.
    case page = "a page of HTML"
    /// Of ``XMLScanner`` only, as the next three.
    case doctype = "a document type declaration"
    case entity = "an entity that is not declared"
    case tooLong = "a tag, comment or white space without end"
    case names = "too many names, or too long ones"
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
/// or literal as it is written; of XML the text in an element or attribute, a string. Longer than ``Limits/capturedBytes``: cut off there.
public struct JSONScalar: Hashable, Sendable {
  public var kind: Kind
  public var text: String

  public enum Kind: Sendable { case string, number, literal }
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
