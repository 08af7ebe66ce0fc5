// Numbers and literals: RFC 8259 §6 and §3.
extension ScanMachine {
  mutating func beginNumber(_ p: UnsafePointer<UInt8>, _ i: Int) -> Int {
    begin(.number, at: i)
    numberState = NumberState(first: p[i])
    state = .number
    return collect(p, i, i + 1)
  }

  /// A number has no closing mark: it ends before the first byte that cannot be part of it.
  mutating func number(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
    var i = start
    while i < n {
      guard let next = numberState.next(p[i]) else {
        guard numberState.isComplete else { return fail(.grammar, i) }
        _ = collect(p, start, i)
        endScalar(at: i)
        return i
      }
      numberState = next
      i += 1
    }
    return collect(p, start, n)
  }

  /// `rest` is what must follow the first letter, its next byte lowest.
  mutating func beginLiteral(_ i: Int, rest: UInt64) -> Int {
    begin(.literal, at: i)
    literalRest = rest
    state = .literal
    isNull = rest == 0x6C_6C75
    if collector.isOn { collector.append(isNull ? 0x6E : rest == 0x65_7572 ? 0x74 : 0x66) }
    return i + 1
  }

  mutating func literal(_ p: UnsafePointer<UInt8>, _ i: Int) -> Int {
    guard p[i] == UInt8(truncatingIfNeeded: literalRest) else { return fail(.grammar, i) }
    collector.append(p[i])
    literalRest >>= 8
    if literalRest == 0 { endScalar(at: i + 1) }
    return i + 1
  }
}

/// How far a number has come.
enum NumberState: UInt8 {
  case minus, zero, integer, point, fraction, exponentMark, exponentSign, exponent

  /// After the first byte, which is a minus or a digit.
  init(first byte: UInt8) {
    switch byte {
    case UInt8(ascii: "-"): self = .minus
    case UInt8(ascii: "0"): self = .zero
    default: self = .integer
    }
  }

  /// A number may end here.
  var isComplete: Bool {
    switch self {
    case .zero, .integer, .fraction, .exponent: true
    case .minus, .point, .exponentMark, .exponentSign: false
    }
  }

  /// After one more byte; nil when that byte is no part of the number.
  @inline(__always)
  func next(_ byte: UInt8) -> NumberState? {
    if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { return afterDigit(byte) }
    switch byte {
    case UInt8(ascii: "."): return self == .zero || self == .integer ? .point : nil
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      return self == .zero || self == .integer || self == .fraction ? .exponentMark : nil
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return self == .exponentMark ? .exponentSign : nil
    default: return nil
    }
  }

  @inline(__always)
  private func afterDigit(_ byte: UInt8) -> NumberState? {
    switch self {
    case .minus: byte == UInt8(ascii: "0") ? .zero : .integer
    case .zero: nil
    case .integer: .integer
    case .point, .fraction: .fraction
    case .exponentMark, .exponentSign, .exponent: .exponent
    }
  }

  /// Whether a whole text is a number of the grammar.
  static func isNumber(_ text: String) -> Bool {
    var bytes = text.utf8.makeIterator()
    guard let first = bytes.next(), first == UInt8(ascii: "-") || decimal([first]) != nil
    else { return false }
    var state = NumberState(first: first)
    while let byte = bytes.next() {
      guard let next = state.next(byte) else { return false }
      state = next
    }
    return state.isComplete
  }
}
