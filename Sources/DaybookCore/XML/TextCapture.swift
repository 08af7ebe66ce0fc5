/// Collects the text of the elements and attributes that a plan reports.
///
/// Of an element that is the text directly in it, children apart, without white space around it; of
/// an attribute its value. An entity that the provider file lists reads `&name;`.
struct TextCapture {
  /// For each pointer of the plan's `capture`, in the order in which the elements end.
  private(set) var captured: [[JSONScalar]]
  private var count = 0
  private let slots: [UInt64]
  /// The elements being collected, the innermost last.
  private var collectors: [(depth: Int, text: ScalarCollector)] = []
  private var isBlank = true

  /// A set of pointers for each place of the report.
  init(_ slots: [UInt64]) {
    self.slots = slots
    captured = Array(repeating: [], count: slots.count)
  }

  /// An element at this depth, which is to be reported, began.
  mutating func begin(depth: Int) {
    var collector = ScalarCollector()
    collector.begin(limit: Limits.capturedBytes)
    collectors.append((depth, collector))
    isBlank = true
  }

  @inline(__always)
  mutating func text(_ run: UnsafeRawBufferPointer, depth: Int) {
    guard let last = collectors.last, last.depth == depth else { return }
    append(run)
  }

  private mutating func append(_ run: UnsafeRawBufferPointer) {
    var run = run
    if isBlank {
      run = UnsafeRawBufferPointer(rebasing: run.drop(while: isWhitespace))
      if run.isEmpty { return }
      isBlank = false
    }
    collectors[collectors.count - 1].text.append(run.assumingMemoryBound(to: UInt8.self))
  }

  /// The innermost element that is reported ended; `hit` are the pointers that lead to it.
  mutating func end(_ hit: UInt64) {
    guard let last = collectors.popLast() else { return }
    // What follows in the element around it is not its first text, or harmless if it is.
    isBlank = collectors.last?.text.isExactly([]) ?? true
    report(hit, last.text.text, isTrimmed: true)
  }

  mutating func attribute(_ hit: UInt64, _ value: UnsafeRawBufferPointer) {
    var collector = ScalarCollector()
    collector.begin(limit: Limits.capturedBytes)
    collector.append(value.assumingMemoryBound(to: UInt8.self))
    report(hit, collector.text, isTrimmed: false)
  }

  private mutating func report(_ hit: UInt64, _ text: String, isTrimmed: Bool) {
    var bytes = text.utf8[...]
    while isTrimmed, let last = bytes.last, isWhitespace(last) { bytes = bytes.dropLast() }
    let scalar = JSONScalar(.string, EntityText.readable(String(Substring(bytes))))
    for (slot, pointers) in slots.enumerated() where hit & pointers != 0 {
      guard count < Limits.capturedValues else { return }
      captured[slot].append(scalar)
      count += 1
    }
  }
}
