// Where values begin and end: which pointers lead to them, what is counted, digested and captured.
extension ScanMachine {
  /// A scalar begins at `i`.
  mutating func begin(_ kind: JSONScalar.Kind, at i: Int) {
    enter(at: i)
    guard reach != 0 else { return }
    self.kind = kind
    isNull = false
    if reach & table.ends[depth] & (table.capture | table.facts) != 0 {
      collector.begin(limit: Limits.capturedBytes)
    }
  }

  /// A scalar ended before `i`.
  mutating func endScalar(at i: Int) {
    if reach != 0 {
      let hit = reach & table.ends[depth]
      if hit & table.items != 0, !isNull { items += 1 }
      if collector.isOn { capture(hit) }
      leave(hit, at: i)
      reach = 0
    }
    state = depth == 0 ? .done : .afterValue
  }

  /// The closing quote of a key was read.
  mutating func endKey() {
    state = .colon
    guard depth == frames.count else { return }
    frames[depth - 1].count += 1
    let alive = frames[depth - 1].alive
    guard alive != 0 else { return keyReach = 0 }
    keyReach = table.children(of: alive, depth: depth - 1, key: collector)
    collector.end()
  }

  mutating func beginKey() {
    isKey = true
    state = .string
    guard depth == frames.count, frames[depth - 1].alive != 0 else { return }
    collector.begin(limit: table.longestKey)
  }

  /// A value begins at `i`: which pointers lead to it?
  mutating func enter(at i: Int) {
    // Below the innermost frame no pointer leads anywhere.
    guard depth == frames.count else { return reach = 0 }
    reach = depth == 0 ? table.all : nextChild(of: depth - 1)
    guard reach != 0 else { return }
    let hit = reach & table.ends[depth]
    if hit & table.volatile != 0 { digest.mute(at: i) }
    if hit & table.items != 0 { digest.enter(hit & table.items, table.texts, at: i) }
    if hit & table.elements != 0 { elements.begin(at: consumed + Int64(i)) }
  }

  mutating func leave(_ hit: UInt64, at i: Int) {
    if hit & table.items != 0 { digest.leave(at: i) }
    if hit & table.volatile != 0 { digest.unmute(at: i) }
    if hit & table.elements != 0 { elements.end(at: consumed + Int64(i)) }
  }

  private mutating func nextChild(of top: Int) -> UInt64 {
    if frames[top].isObject { return keyReach }
    let index = frames[top].count
    frames[top].count = index + 1
    let alive = frames[top].alive
    return alive == 0 ? 0 : table.children(of: alive, depth: top, index: index)
  }

  private mutating func capture(_ hit: UInt64) {
    let scalar = JSONScalar(kind, collector.text)
    collector.end()
    for (fact, pointer) in table.factSlots.enumerated() where hit & pointer != 0 {
      elements.note(scalar, fact: fact)
    }
    for (slot, pointer) in table.captureSlots.enumerated() where hit & pointer != 0 {
      guard capturedCount < Limits.capturedValues else { return }
      captured[slot].append(scalar)
      capturedCount += 1
    }
  }
}
