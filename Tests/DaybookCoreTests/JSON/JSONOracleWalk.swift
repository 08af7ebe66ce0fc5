import DaybookCore

extension OracleNode {
  /// What a scan of this document must report.
  func report(_ plan: ScanPlan) -> ScanReport {
    var walk = OracleWalk(plan: plan, captured: plan.capture.map { _ in [] })
    walk.visit(self, path: [], isOpen: false, isMuted: false)
    return ScanReport(
      fault: nil, items: walk.items, digest: SHA256.digest(walk.digested), captured: walk.captured)
  }
}

private struct OracleWalk {
  let plan: ScanPlan
  var items = 0
  var digested: [UInt8] = []
  var captured: [[JSONScalar]]

  mutating func visit(_ node: OracleNode, path: [[UInt16]], isOpen: Bool, isMuted: Bool) {
    let texts = Set(plan.items.filter { leads($0, path) }.map(\.description)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let muted = isMuted || plan.volatile.contains { leads($0, path) }
    if !texts.isEmpty { items += node.size }
    if !texts.isEmpty, !muted {
      for text in texts { digested += [0xFF] + Array(text.utf8) }
      digested.append(0xFE)
    }
    inside(node, path: path, isOpen: isOpen || !texts.isEmpty, isMuted: muted)
    if !texts.isEmpty, !muted { digested.append(0xFD) }
  }

  private mutating func inside(
    _ node: OracleNode, path: [[UInt16]], isOpen: Bool, isMuted: Bool
  ) {
    func emit(_ bytes: [UInt8]) { if isOpen, !isMuted { digested += bytes } }
    switch node {
    case .scalar(let raw, let scalar):
      emit(raw)
      for (k, pointer) in plan.capture.enumerated() where leads(pointer, path) {
        captured[k].append(scalar)
      }
    case .array(let elements):
      emit(Array("[".utf8))
      for (k, element) in elements.enumerated() {
        if k > 0 { emit(Array(",".utf8)) }
        visit(element, path: path + [Array("\(k)".utf16)], isOpen: isOpen, isMuted: isMuted)
      }
      emit(Array("]".utf8))
    case .object(let members):
      emit(Array("{".utf8))
      for (k, member) in members.enumerated() {
        if k > 0 { emit(Array(",".utf8)) }
        emit(member.raw + Array(":".utf8))
        visit(member.value, path: path + [member.key], isOpen: isOpen, isMuted: isMuted)
      }
      emit(Array("}".utf8))
    }
  }

  private func leads(_ pointer: JSONPointer, _ path: [[UInt16]]) -> Bool {
    pointer.segments.count == path.count
      && zip(pointer.segments, path).allSatisfy { segment, key in
        switch segment {
        case .every: true
        case .key(let name): Array(name.utf16) == key
        }
      }
  }
}

extension OracleNode {
  /// How many items this value is.
  fileprivate var size: Int {
    switch self {
    case .scalar(let raw, _): raw == Array("null".utf8) ? 0 : 1
    case .array(let elements): elements.count
    case .object(let members): members.count
    }
  }
}
