// Strings: RFC 8259 §7, UTF-8 as RFC 3629 §4 defines it. A string is read to its closing quote in
// three states: `string` for what stands for itself, `escape` after a backslash, `unicode` within
// the four digits of `\u`.
extension ScanMachine {
  mutating func string(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
    var i = start
    while true {
      while utf8.missing > 0 {
        guard i < n else { return collect(p, start, n) }
        guard utf8.take(p[i]) else { return fail(.encoding, i) }
        i += 1
      }
      i = endOfPlainText(p, i, n)
      guard i < n else { return collect(p, start, n) }
      switch p[i] {
      case UInt8(ascii: "\""):
        _ = collect(p, start, i)
        escapes.endText(&collector)
        if isKey { endKey() } else { endScalar(at: i + 1) }
        return i + 1
      case UInt8(ascii: "\\"):
        state = .escape
        return collect(p, start, i) + 1
      case 0..<0x20:
        return fail(.grammar, i)
      default:
        guard utf8.begin(p[i]) else { return fail(.encoding, i) }
        i += 1
      }
    }
  }

  mutating func escape(_ p: UnsafePointer<UInt8>, _ i: Int) -> Int {
    let meaning: UInt8
    switch p[i] {
    case UInt8(ascii: "u"):
      escapes.beginDigits()
      state = .unicode
      return i + 1
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = p[i]
    case UInt8(ascii: "b"): meaning = 0x08
    case UInt8(ascii: "f"): meaning = 0x0C
    case UInt8(ascii: "n"): meaning = 0x0A
    case UInt8(ascii: "r"): meaning = 0x0D
    case UInt8(ascii: "t"): meaning = 0x09
    default: return fail(.grammar, i)
    }
    escapes.endText(&collector)
    collector.append(meaning)
    state = .string
    return i + 1
  }

  mutating func unicode(_ p: UnsafePointer<UInt8>, _ i: Int) -> Int {
    guard let digit = hexDigit(p[i]) else { return fail(.grammar, i) }
    if escapes.take(digit, &collector) { state = .string }
    return i + 1
  }

  /// Keeps the bytes from `start` to `end` where they are wanted; returns `end`.
  @inline(__always)
  mutating func collect(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    if collector.isOn, end > start {
      escapes.endText(&collector)
      collector.append(UnsafeBufferPointer(start: p + start, count: end - start))
    }
    return end
  }
}

/// The first byte from `i` on that is not ordinary ASCII text of a string: a quote, a backslash, a
/// control character or part of a longer UTF-8 sequence; `n` when there is none.
@inline(__always)
func endOfPlainText(_ p: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  var i = start
  while i &+ 8 <= n {
    let x = UInt64(littleEndian: UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self))
    // Eight bytes at once: a high bit is set where the byte is special. A borrow can set one too
    // many, but only above the first that is right, and only the first counts.
    let quote = x ^ (ones &* 0x22)
    let slash = x ^ (ones &* 0x5C)
    let below = (x &- (ones &* 0x20)) & ~x
    let equal = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash)
    let special = (below | equal | x) & highs
    if special != 0 { return i &+ special.trailingZeroBitCount / 8 }
    i &+= 8
  }
  while i < n, p[i] >= 0x20, p[i] < 0x80, p[i] != 0x22, p[i] != 0x5C { i &+= 1 }
  return i
}

/// How much of a UTF-8 sequence is still to come, and what may come next (RFC 3629 §4): overlong
/// forms, surrogates and code points above U+10FFFF are excluded by the bounds of the second byte.
struct UTF8Sequence {
  private(set) var missing: UInt8 = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Takes the first byte of a sequence of several; false when no sequence begins like this.
  mutating func begin(_ byte: UInt8) -> Bool {
    (low, high) = (0x80, 0xBF)
    switch byte {
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF: missing = 2
    case 0xF0...0xF4: missing = 3
    default: return false
    }
    switch byte {
    case 0xE0: low = 0xA0
    case 0xED: high = 0x9F
    case 0xF0: low = 0x90
    case 0xF4: high = 0x8F
    default: break
    }
    return true
  }

  /// Takes a further byte; false when it cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard byte >= low, byte <= high else { return false }
    missing -= 1
    (low, high) = (0x80, 0xBF)
    return true
  }
}

/// The value of a hexadecimal digit of either case.
func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
