/// The running digest of the elements and attributes at a plan's `items`, in document order.
///
/// What is hashed: for an element FC, its name, its attributes in their order (each FB, name, FA,
/// value), F9, its content, FD; the content is text and elements. Before an element or attribute
/// that is an item stands FF and the text of each pointer that leads to it, then FE; after such an
/// attribute FD. None of these bytes is ever part of UTF-8, so different items never give the same
/// bytes.
///
/// Left out are: comments and instructions; white space between tags, unless it is all that an
/// element holds; the attributes and content of `volatile` elements and the values of `volatile`
/// attributes (their names stay, as the keys of ``ItemDigest`` do). CDATA sections, references and
/// line ends count as what they stand for.
struct MarkupDigest {
  private let hash = SHA256()
  private var buffer: [UInt8] = []
  /// Items around the current place.
  private var open = 0
  /// Volatile elements around the current place.
  private var muted = 0
  /// White space of which it is not known whether it counts.
  private var blank: [UInt8] = []
  /// The text being read has more than white space.
  private var isText = false
  /// The last tag was the start of an element.
  private var isAfterStart = false

  private static let bufferBytes = 4_096

  private var isOn: Bool { open > 0 && muted == 0 }

  /// An element or attribute is an item; `pointers` are the set that leads to it, in a table of
  /// these texts.
  mutating func enter(_ pointers: UInt64, _ texts: [[UInt8]]) {
    guard muted == 0 else { return }
    if open > 0 { endText() }
    var rest = pointers
    while rest != 0 {
      append(0xFF)
      append(texts[rest.trailingZeroBitCount])
      rest &= rest - 1
    }
    append(0xFE)
    open += 1
  }

  /// The innermost item, an element, ended.
  mutating func leave() {
    if muted == 0 { open -= 1 }
  }

  mutating func leaveAttribute() {
    guard muted == 0 else { return }
    append(0xFD)
    open -= 1
  }

  mutating func mute() { muted += 1 }
  mutating func unmute() { muted -= 1 }

  mutating func start(_ name: UnsafeRawBufferPointer) {
    guard isOn else { return }
    endText()
    append(0xFC)
    append(name)
    isAfterStart = true
  }

  mutating func attribute(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
    guard isOn else { return }
    append(0xFB)
    append(name)
    append(0xFA)
    if let value { append(value) }
  }

  /// The attributes of the innermost element have ended.
  mutating func endAttributes() {
    if isOn { append(0xF9) }
  }

  mutating func end() {
    guard isOn else { return }
    if isAfterStart { append(blank) }
    endText()
    append(0xFD)
    isAfterStart = false
  }

  /// False: more white space than may be held back.
  mutating func text(_ run: UnsafeRawBufferPointer) -> Bool {
    guard isOn else { return true }
    if !isText {
      guard run.allSatisfy(isWhitespace) else {
        append(blank)
        blank.removeAll(keepingCapacity: true)
        isText = true
        append(run)
        return true
      }
      blank.append(contentsOf: run)
      return blank.count <= Limits.xmlTokenBytes
    }
    append(run)
    return true
  }

  func finish() -> Digest {
    hash.update(buffer)
    return hash.finish()
  }

  private mutating func endText() {
    blank.removeAll(keepingCapacity: true)
    isText = false
  }

  private mutating func append(_ byte: UInt8) { buffer.append(byte) }

  private mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    bytes.withUnsafeBytes { append($0) }
  }

  private mutating func append(_ run: UnsafeRawBufferPointer) {
    if buffer.count + run.count > MarkupDigest.bufferBytes {
      hash.update(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    if run.count > MarkupDigest.bufferBytes {
      hash.update(run)
    } else {
      buffer.append(contentsOf: run)
    }
  }
}
