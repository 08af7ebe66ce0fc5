/// The elements that a ``ScanPlan`` wants told apart, while a ``ScanMachine`` passes them.
struct ElementLog {
  private(set) var elements: [ScannedElement] = []
  /// There were more than the limit: an answer of which only a part is known is worth nothing.
  private(set) var isFull = false
  private var open: ScannedElement?
  private let facts: Int
  private let limit: Int

  init(facts: Int, limit: Int = Limits.elements) {
    self.facts = facts
    self.limit = limit
  }

  mutating func begin(at offset: Int64) {
    open = ScannedElement(start: offset, length: 0, found: Array(repeating: nil, count: facts))
  }

  /// A scalar of the open element, for its `fact`-th fact.
  mutating func note(_ scalar: JSONScalar, fact: Int) {
    guard open?.found[fact] == nil else { return }
    open?.found[fact] = scalar
  }

  mutating func end(at offset: Int64) {
    guard var element = open else { return }
    open = nil
    guard elements.count < limit else { return isFull = true }
    element.length = offset - element.start
    elements.append(element)
  }
}
