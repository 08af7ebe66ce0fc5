// Pointers as paths of element names. Names are compared byte for byte.
extension PointerTable {
  /// What of `alive` leads to an element of this name within an element at this depth.
  func children(of alive: UInt64, depth: Int, element name: UnsafeRawBufferPointer) -> UInt64 {
    var reach = stars[depth]
    for step in steps[depth] where name.elementsEqual(step.key) { reach |= step.pointers }
    return reach & alive
  }

  /// What of `alive` leads to an attribute of this name of an element at this depth; `*` does not.
  func attributes(of alive: UInt64, depth: Int, name: UnsafeRawBufferPointer) -> UInt64 {
    var reach: UInt64 = 0
    for step in steps[depth] where step.key.first == UInt8(ascii: "@") {
      if name.elementsEqual(step.key.dropFirst()) { reach |= step.pointers }
    }
    return reach & alive & ends[depth + 1]
  }
}

extension JSONPointer {
  /// Why it can lead nowhere in XML; nil when it can.
  func complaintInXML() -> String? {
    for (index, segment) in segments.enumerated() {
      guard case .key(let name) = segment else { continue }
      if name.utf8.first == UInt8(ascii: "@") {
        if index < segments.count - 1 { return "an attribute (\(quoted(name))) holds nothing" }
        if index == 0 || name.utf8.count == 1 { return "\(quoted(name)) is no attribute" }
      } else if name.isEmpty || name.utf8.first.map({ $0 >= 48 && $0 <= 57 }) == true {
        return "\(quoted(name)) is no name of an element, and elements have no indexes"
      }
    }
    return nil
  }
}
