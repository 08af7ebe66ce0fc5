/// A ``ScanPlan`` as bit masks: bit `k` of a set stands for the `k`-th different pointer. The set
/// of a value holds the pointers that lead to it or through it; the set of a child is that of its
/// parent, reduced to the pointers whose next segment is the child's key, its index or `*`.
struct PointerTable: Sendable {
  /// Every pointer.
  let all: UInt64
  private(set) var items: UInt64 = 0
  private(set) var volatile: UInt64 = 0
  private(set) var capture: UInt64 = 0
  private(set) var elements: UInt64 = 0
  /// All facts of elements, and for each its bit.
  private(set) var facts: UInt64 = 0
  private(set) var factSlots: [UInt64] = []
  /// The pointers of each depth, that is with that many segments.
  private(set) var ends: [UInt64]
  /// For each pointer of the plan's `capture`, its bit.
  private(set) var captureSlots: [UInt64] = []
  var captureCount: Int { captureSlots.count }
  /// Bytes of the longest name of a member.
  let longestKey: Int

  struct Step: Sendable {
    var key: [UInt8]
    /// The key, where it is an index as RFC 6901 §4 writes them.
    var index: Int?
    var pointers: UInt64
  }
  /// By depth: the pointers with `*` there, and those with a name.
  private(set) var stars: [UInt64]
  private(set) var steps: [[Step]]
  /// The text of each pointer, sorted.
  let texts: [[UInt8]]

  init(_ plan: ScanPlan) {
    // Sorted by their text, so that a plan with the same pointers in another order gives the same
    // digest; compared as bytes, because Swift takes canonically equivalent strings for equal.
    var pointers: [(text: [UInt8], segments: [JSONPointer.Segment])] = []
    for pointer in plan.pointers {
      let text = Array(pointer.description.utf8)
      if !pointers.contains(where: { $0.text == text }) {
        pointers.append((text, pointer.segments))
      }
    }
    pointers.sort { $0.text.lexicographicallyPrecedes($1.text) }
    precondition(pointers.count <= Limits.scanPointers, "a plan of too many pointers")
    let depths = 1 + (pointers.map(\.segments.count).max() ?? 0)
    all = pointers.count == 64 ? .max : (1 << UInt64(pointers.count)) - 1
    ends = Array(repeating: 0, count: depths)
    stars = Array(repeating: 0, count: depths)
    steps = Array(repeating: [], count: depths)
    texts = pointers.map(\.text)
    longestKey = texts.map(\.count).max() ?? 0
    for (k, pointer) in pointers.enumerated() { add(pointer.segments, 1 << UInt64(k)) }
    for pointer in plan.items { items |= bit(of: pointer) }
    for pointer in plan.volatile { volatile |= bit(of: pointer) }
    captureSlots = plan.capture.map { bit(of: $0) }
    capture = captureSlots.reduce(0, |)
    elements = plan.elements.map { bit(of: $0.at) } ?? 0
    factSlots = plan.elements?.facts.map { bit(of: $0) } ?? []
    facts = factSlots.reduce(0, |)
  }

  private mutating func add(_ segments: [JSONPointer.Segment], _ bit: UInt64) {
    ends[segments.count] |= bit
    for (depth, segment) in segments.enumerated() {
      guard case .key(let name) = segment else {
        stars[depth] |= bit
        continue
      }
      let key = Array(name.utf8)
      if let known = steps[depth].firstIndex(where: { $0.key == key }) {
        steps[depth][known].pointers |= bit
      } else {
        steps[depth].append(Step(key: key, index: arrayIndex(key), pointers: bit))
      }
    }
  }

  private func bit(of pointer: JSONPointer) -> UInt64 {
    let text = Array(pointer.description.utf8)
    return texts.firstIndex(of: text).map { 1 << UInt64($0) } ?? 0
  }

  /// What of `alive` leads to the member with this key of a container at this depth.
  func children(of alive: UInt64, depth: Int, key: ScalarCollector) -> UInt64 {
    var reach = stars[depth]
    for step in steps[depth] where key.isExactly(step.key) { reach |= step.pointers }
    return reach & alive
  }

  /// What of `alive` leads to the element with this index of a container at this depth.
  func children(of alive: UInt64, depth: Int, index: Int) -> UInt64 {
    var reach = stars[depth]
    for step in steps[depth] where step.index == index { reach |= step.pointers }
    return reach & alive
  }
}

/// An array index as RFC 6901 §4 writes it: digits without a leading zero.
func arrayIndex(_ key: [UInt8]) -> Int? {
  guard key.count == 1 || key.first != UInt8(ascii: "0") else { return nil }
  return decimal(key)
}
