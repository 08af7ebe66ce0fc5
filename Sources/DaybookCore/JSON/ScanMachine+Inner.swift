// The usual members and elements where nothing is counted, digested by place or kept: most of every
// document. The automaton takes a step for each token, and a processor does not foresee which; here
// one follows the other as in the grammar. Whatever is not the usual (an escape, an exponent, two
// spaces, the end of the chunk) is left to the automaton, at the token with which it begins.
extension ScanMachine {
  /// Whether no pointer of the plan leads to anything in the innermost container.
  @inline(__always)
  var isInner: Bool { depth > frames.count && (state == .key || state == .value) }

  /// Takes as many members or elements as are as usual. The next byte is the automaton's.
  mutating func inner(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
    let isObject = objects[depth - 1]
    var i = start
    while i < n {
      if state == .key {
        let key = endOfPlainString(p, i, n)
        guard key < n, p[key] == UInt8(ascii: ":") else { return i }
        i = space(p, key + 1, n)
        state = .value
        guard i < n else { return i }
      }
      let end = endOfPlainScalar(p, i, n)
      guard end < n else { return i }
      i = end
      guard p[i] == UInt8(ascii: ",") else {
        state = .afterValue
        return i
      }
      i = space(p, i + 1, n)
      state = isObject ? .key : .value
    }
    return i
  }

  /// After at most one space.
  @inline(__always)
  private mutating func space(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
    guard i < n, p[i] == 0x20 else { return i }
    digest.skip(from: i, to: i + 1)
    return i + 1
  }
}

// Each of these returns the index behind the token that begins at `i`, or `n` when there is no such
// token, or it reaches the end of the chunk.

@inline(__always)
private func endOfPlainScalar(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
  switch p[i] {
  case UInt8(ascii: "\""): endOfPlainString(p, i, n)
  case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): endOfPlainNumber(p, i, n)
  case UInt8(ascii: "t"): endOfLiteral(p, i, n, 0x65_7572_74)
  case UInt8(ascii: "n"): endOfLiteral(p, i, n, 0x6C_6C75_6E)
  default: n
  }
}

/// Of ASCII without escapes.
@inline(__always)
private func endOfPlainString(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> Int {
  guard p[i] == UInt8(ascii: "\"") else { return n }
  let end = endOfPlainText(p, i &+ 1, n)
  return end < n && p[end] == UInt8(ascii: "\"") ? end &+ 1 : n
}

/// Without an exponent.
@inline(__always)
private func endOfPlainNumber(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
  let first = p[start] == UInt8(ascii: "-") ? start &+ 1 : start
  var i = endOfDigits(p, first, n)
  // No digit at all, or one behind a zero.
  guard i > first, i == first &+ 1 || p[first] != UInt8(ascii: "0") else { return n }
  if i < n, p[i] == UInt8(ascii: ".") {
    let point = i
    i = endOfDigits(p, point &+ 1, n)
    guard i > point &+ 1 else { return n }
  }
  guard i < n, p[i] | 0x20 != UInt8(ascii: "e") else { return n }
  return i
}

@inline(__always)
private func endOfDigits(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
  var i = start
  while i < n, p[i] &- UInt8(ascii: "0") < 10 { i &+= 1 }
  return i
}

/// Of four letters, the first lowest.
@inline(__always)
private func endOfLiteral(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int, _ word: UInt32) -> Int {
  guard i &+ 4 < n else { return n }
  let found = UnsafeRawPointer(p + i).loadUnaligned(as: UInt32.self)
  return UInt32(littleEndian: found) == word ? i &+ 4 : n
}
