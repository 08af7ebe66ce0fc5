/// The running digest of the values at a plan's `items`, in document order.
///
/// What is hashed, for each such value: for each pointer that leads to it the byte FF and the
/// pointer's text; then FE; the value's bytes without the white space between tokens and without
/// the values at `volatile` pointers (their keys and commas stay); then FD. None of FD, FE and FF
/// is ever part of a valid document, so different items never give the same bytes, and a value that
/// is absent differs from one that is empty. Items within items are marked in place.
struct ItemDigest {
  private let hash = SHA256()
  private var buffer: [UInt8] = []
  private var chunk: UnsafePointer<UInt8>?
  /// Where the bytes of the chunk that are still to be hashed begin; -1 when none are.
  private var start = -1
  /// Item values around the current byte.
  private var open = 0
  /// Volatile values around the current byte.
  private var muted = 0

  private static let bufferBytes = 4_096

  mutating func beginChunk(_ p: UnsafePointer<UInt8>) {
    chunk = p
    resume(at: 0)
  }

  mutating func endChunk(_ n: Int) {
    flush(upTo: n)
    chunk = nil
    start = -1
  }

  /// An item begins at `i`; `pointers` are the set that leads to it, in a table of these texts.
  mutating func enter(_ pointers: UInt64, _ texts: [[UInt8]], at i: Int) {
    guard muted == 0 else { return }
    flush(upTo: i)
    var rest = pointers
    while rest != 0 {
      buffer.append(0xFF)
      buffer.append(contentsOf: texts[rest.trailingZeroBitCount])
      rest &= rest - 1
    }
    buffer.append(0xFE)
    open += 1
    resume(at: i)
  }

  /// The innermost item ended before `i`.
  mutating func leave(at i: Int) {
    guard muted == 0 else { return }
    flush(upTo: i)
    buffer.append(0xFD)
    open -= 1
    resume(at: i)
  }

  mutating func mute(at i: Int) {
    flush(upTo: i)
    muted += 1
    start = -1
  }

  mutating func unmute(at i: Int) {
    muted -= 1
    resume(at: i)
  }

  /// The bytes from `i` to `end` are white space between tokens.
  @inline(__always)
  mutating func skip(from i: Int, to end: Int) {
    guard start >= 0 else { return }
    flush(upTo: i)
    start = end
  }

  func finish() -> Digest {
    hash.update(buffer)
    return hash.finish()
  }

  private mutating func resume(at i: Int) { start = open > 0 && muted == 0 ? i : -1 }

  private mutating func flush(upTo i: Int) {
    guard start >= 0, i > start, let chunk else { return }
    let run = UnsafeBufferPointer(start: chunk + start, count: i - start)
    if buffer.count + run.count > ItemDigest.bufferBytes {
      hash.update(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    if run.count > ItemDigest.bufferBytes {
      hash.update(UnsafeRawBufferPointer(run))
    } else {
      buffer.append(contentsOf: run)
    }
  }
}
