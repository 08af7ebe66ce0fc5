/// Keeps the bytes of a key or scalar that the plan asks about, escapes resolved, up to a limit.
struct ScalarCollector {
  private(set) var isOn = false
  private var bytes: [UInt8] = []
  private var limit = 0
  /// There was more than the limit.
  private var isCut = false

  mutating func begin(limit: Int) {
    isOn = true
    isCut = false
    self.limit = limit
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func end() { isOn = false }

  mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
    guard isOn, !isCut else { return }
    let room = limit - bytes.count
    bytes.append(contentsOf: run.prefix(room))
    if run.count > room { isCut = true }
  }

  mutating func append(_ byte: UInt8) {
    guard isOn, !isCut else { return }
    if bytes.count < limit { bytes.append(byte) } else { isCut = true }
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    for unit in UTF8.encode(scalar).map({ Array($0) }) ?? [] { append(unit) }
  }

  /// A lone surrogate. No text holds one, so a byte stands for it that no text holds either: such a
  /// key equals no other, and a captured text shows U+FFFD.
  mutating func appendLoneSurrogate() { append(UInt8(0xFF)) }

  /// Byte for byte, not by canonical equivalence as `String` would.
  func isExactly(_ key: [UInt8]) -> Bool { !isCut && bytes == key }

  /// What was kept; a character that the limit cut in two is left out.
  var text: String {
    guard isCut else { return String(decoding: bytes, as: UTF8.self) }
    var whole = bytes[...]
    while let last = whole.last, last & 0xC0 == 0x80 { whole = whole.dropLast() }
    guard let lead = whole.last, lead >= 0xC0 else { return String(decoding: bytes, as: UTF8.self) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let isWhole = bytes.count - whole.count + 1 == length || lead == 0xFF
    return String(decoding: isWhole ? bytes[...] : whole.dropLast(), as: UTF8.self)
  }
}

/// The `\u` escape being read, and the first half of a surrogate pair that waits for its second
/// (RFC 8259 §7).
struct EscapeState {
  private var unit: UInt32 = 0
  private var digits = 0
  private var high: UInt32 = 0

  mutating func beginDigits() {
    unit = 0
    digits = 0
  }

  /// Takes one of the four digits; true after the last.
  mutating func take(_ digit: UInt8, _ out: inout ScalarCollector) -> Bool {
    unit = unit << 4 | UInt32(digit)
    digits += 1
    guard digits == 4 else { return false }
    if out.isOn { resolve(&out) }
    return true
  }

  /// Something other than a `\u` escape follows, so that a waiting half stays alone.
  @inline(__always)
  mutating func endText(_ out: inout ScalarCollector) {
    guard high != 0 else { return }
    out.appendLoneSurrogate()
    high = 0
  }

  private mutating func resolve(_ out: inout ScalarCollector) {
    if high != 0, unit & 0xFC00 == 0xDC00 {
      let code = 0x1_0000 + (high & 0x3FF) << 10 + unit & 0x3FF
      high = 0
      if let scalar = Unicode.Scalar(code) { out.append(scalar) }
      return
    }
    endText(&out)
    if unit & 0xFC00 == 0xD800 {
      high = unit
    } else if let scalar = Unicode.Scalar(unit) {
      out.append(scalar)
    } else {
      out.appendLoneSurrogate()
    }
  }
}
