/// What of a ``ScanPlan`` is of interest at the current place of an XML document. It hears of tags
/// and text in their order, from a parser that holds the grammar.
///
/// A pointer's segments are the names of the elements from the root on. Each element has the set of
/// pointers that lead to it or through it, and within one whose set is empty only digests go on.
struct XMLMachine {
  /// An element that is, or may hold, something the plan points at.
  private struct Frame {
    /// The pointers that end here.
    var hit: UInt64
    /// The pointers that lead further down.
    var alive: UInt64
  }

  let table: PointerTable
  private(set) var items = 0
  private(set) var digest = MarkupDigest()
  private(set) var capture: TextCapture
  private var names = NameCount()
  private let depthLimit: Int
  /// Elements around the current place.
  private(set) var depth = 0
  /// The root element has ended.
  private(set) var isDone = false
  /// The document and the outermost elements, as long as pointers lead into them.
  private var frames: [Frame]

  init(_ table: PointerTable, depthLimit: Int) {
    self.table = table
    self.depthLimit = depthLimit
    capture = TextCapture(table.captureSlots)
    let hit = table.ends[0]
    frames = [Frame(hit: hit, alive: table.all & ~hit)]
  }

  /// An element begins; its attributes and then ``endAttributes()`` follow. Returns what is wrong
  /// with it.
  mutating func start(_ name: UnsafeRawBufferPointer) -> DocumentFault.Reason? {
    guard depth < depthLimit else { return .depth }
    guard names.admit(name) else { return .names }
    let frame = frame(of: name)
    depth += 1
    guard let frame else {
      digest.start(name)
      return nil
    }
    frames.append(frame)
    enter(frame.hit)
    digest.start(name)
    if frame.hit & table.volatile != 0 { digest.mute() }
    if frame.hit & table.capture != 0 { capture.begin(depth: depth) }
    return nil
  }

  mutating func attribute(
    _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer
  ) -> DocumentFault.Reason? {
    guard names.admit(name) else { return .names }
    guard depth == frames.count - 1, frames[depth].alive != 0 else {
      digest.attribute(name, value)
      return nil
    }
    let hit = table.attributes(of: frames[depth].alive, depth: depth, name: name)
    enter(hit)
    digest.attribute(name, hit & table.volatile == 0 ? value : nil)
    if hit & table.items != 0 { digest.leaveAttribute() }
    if hit & table.capture != 0 { capture.attribute(hit, value) }
    return nil
  }

  mutating func endAttributes() { digest.endAttributes() }

  mutating func end() {
    var hit: UInt64 = 0
    if depth == frames.count - 1 { hit = frames.removeLast().hit }
    if hit & table.capture != 0 { capture.end(hit) }
    if hit & table.volatile != 0 { digest.unmute() }
    digest.end()
    if hit & table.items != 0 { digest.leave() }
    depth -= 1
    isDone = depth == 0
  }

  /// A piece of text, CDATA and references included.
  @inline(__always)
  mutating func text(_ run: UnsafeRawBufferPointer) -> DocumentFault.Reason? {
    capture.text(run, depth: depth)
    return digest.text(run) ? nil : .tooLong
  }

  /// Nil: no pointer leads to an element of this name here.
  private func frame(of name: UnsafeRawBufferPointer) -> Frame? {
    guard depth == frames.count - 1 else { return nil }
    let parent = frames[depth]
    // What points at the document points at its root.
    var hit = depth == 0 ? parent.hit : 0
    guard parent.alive | hit != 0 else { return nil }
    var alive: UInt64 = 0
    if parent.alive != 0 {
      let reach = table.children(of: parent.alive, depth: depth, element: name)
      hit |= reach & table.ends[depth + 1]
      alive = reach & ~hit
    }
    return hit | alive == 0 ? nil : Frame(hit: hit, alive: alive)
  }

  private mutating func enter(_ hit: UInt64) {
    guard hit & table.items != 0 else { return }
    items += 1
    digest.enter(hit & table.items, table.texts)
  }
}
