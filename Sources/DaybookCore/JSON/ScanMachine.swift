/// The automaton behind ``JSONScanner``: the states of RFC 8259's grammar, a stack of containers,
/// and what of the plan is of interest at the current place. Where values begin and end is in
/// `ScanMachine+Values.swift`, strings in `ScanMachine+Strings.swift`, numbers and literals in
/// `ScanMachine+Scalars.swift`.
struct ScanMachine {
  enum State: UInt8 {
    // Between tokens: what must come next.
    case value
    /// A value or `]`.
    case firstElement
    /// A key or `}`.
    case firstKey
    case key
    case colon
    /// `,` or the end of the container.
    case afterValue
    /// White space only.
    case done
    // Inside a token.
    case string, escape, unicode, number, literal
    case failed
  }

  /// A container that is, or may hold, something the plan points at.
  struct Frame {
    /// The pointers that end here.
    var hit: UInt64
    /// The pointers that lead further down.
    var alive: UInt64
    var isObject: Bool
    /// Elements or members begun so far.
    var count = 0
  }

  let table: PointerTable
  var state = State.value
  var fault: DocumentFault?
  var items = 0
  var digest = ItemDigest()
  var captured: [[JSONScalar]]
  var capturedCount = 0
  var elements: ElementLog
  var collector = ScalarCollector()
  var escapes = EscapeState()
  var utf8 = UTF8Sequence()
  var numberState = NumberState.minus
  /// The rest of the literal being read, its next byte lowest.
  var literalRest: UInt64 = 0
  var kind = JSONScalar.Kind.string
  var isNull = false
  /// The string being read is a key.
  var isKey = false

  /// Bytes of the chunks before this one.
  var consumed: Int64 = 0
  let depthLimit: Int
  var depth = 0
  /// For each open container: is it an object?
  var objects: [Bool]
  /// The outermost containers, as long as pointers lead into them; the others need no frame.
  var frames: [Frame] = []
  /// Pointers that lead to or through the value being read; of a container, until it opens.
  var reach: UInt64 = 0
  /// Pointers that lead to or through the value of the key just read.
  var keyReach: UInt64 = 0

  init(_ table: PointerTable, depthLimit: Int) {
    self.table = table
    self.depthLimit = depthLimit
    self.objects = []
    self.captured = Array(repeating: [], count: table.captureCount)
    self.elements = ElementLog(facts: table.factSlots.count)
  }

  mutating func feed(_ p: UnsafePointer<UInt8>, _ n: Int) {
    digest.beginChunk(p)
    var i = 0
    while i < n {
      if isInner {
        i = inner(p, i, n)
        guard i < n else { break }
      }
      switch state {
      case .value, .firstElement: i = value(p, i, n)
      case .firstKey, .key, .colon, .afterValue, .done: i = structure(p, i, n)
      case .string: i = string(p, i, n)
      case .escape: i = escape(p, i)
      case .unicode: i = unicode(p, i)
      case .number: i = number(p, i, n)
      case .literal: i = literal(p, i)
      case .failed: i = n
      }
    }
    digest.endChunk(n)
    consumed += Int64(n)
  }

  mutating func finish() {
    switch state {
    case .done, .failed: break
    case .number where depth == 0 && numberState.isComplete: endScalar(at: 0)
    case .value where depth == 0: fault = DocumentFault(offset: consumed, reason: .empty)
    default: fault = DocumentFault(offset: consumed, reason: .cut)
    }
  }

  mutating func fail(_ reason: DocumentFault.Reason, _ i: Int) -> Int {
    fault = DocumentFault(offset: consumed + Int64(i), reason: reason)
    state = .failed
    return i
  }
}

// Each of these takes the byte at `i` and returns the index of the next byte to take.
extension ScanMachine {
  private mutating func value(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
    switch p[i] {
    case 0x20, 0x0A, 0x0D, 0x09: return whitespace(p, i, n)
    case UInt8(ascii: "\""):
      begin(.string, at: i)
      isKey = false
      state = .string
      return i + 1
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return beginNumber(p, i)
    case UInt8(ascii: "t"): return beginLiteral(i, rest: 0x65_7572)
    case UInt8(ascii: "f"): return beginLiteral(i, rest: 0x6573_6C61)
    case UInt8(ascii: "n"): return beginLiteral(i, rest: 0x6C_6C75)
    case UInt8(ascii: "{"): return open(isObject: true, i)
    case UInt8(ascii: "["): return open(isObject: false, i)
    case UInt8(ascii: "]") where state == .firstElement: return close(isObject: false, i)
    default: return fail(.grammar, i)
    }
  }

  private mutating func structure(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
    let byte = p[i]
    if isWhitespace(byte) { return whitespace(p, i, n) }
    switch (byte, state) {
    case (UInt8(ascii: ","), .afterValue):
      state = objects[depth - 1] ? .key : .value
    case (UInt8(ascii: ":"), .colon):
      state = .value
    case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .firstKey):
      beginKey()
    case (UInt8(ascii: "}"), .afterValue), (UInt8(ascii: "}"), .firstKey):
      return close(isObject: true, i)
    case (UInt8(ascii: "]"), .afterValue):
      return close(isObject: false, i)
    default:
      return fail(state == .done ? .trailing : .grammar, i)
    }
    return i + 1
  }

  private mutating func whitespace(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
    var end = i + 1
    while end < n, isWhitespace(p[end]) { end += 1 }
    digest.skip(from: i, to: end)
    return end
  }

  private mutating func open(isObject: Bool, _ i: Int) -> Int {
    guard depth < depthLimit else { return fail(.depth, i) }
    enter(at: i)
    if reach != 0 {
      let hit = reach & table.ends[depth]
      frames.append(Frame(hit: hit, alive: reach & ~hit, isObject: isObject))
    }
    if depth < objects.count { objects[depth] = isObject } else { objects.append(isObject) }
    depth += 1
    state = isObject ? .firstKey : .firstElement
    return i + 1
  }

  private mutating func close(isObject: Bool, _ i: Int) -> Int {
    guard objects[depth - 1] == isObject else { return fail(.grammar, i) }
    if depth == frames.count {
      let frame = frames.removeLast()
      if frame.hit & table.items != 0 { items += frame.count }
      leave(frame.hit, at: i + 1)
    }
    depth -= 1
    state = depth == 0 ? .done : .afterValue
    return i + 1
  }
}

@inline(__always) func isWhitespace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
