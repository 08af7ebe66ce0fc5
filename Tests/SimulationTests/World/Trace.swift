import DaybookCore

/// A digest of everything that happened, in order.
struct Trace {
  private let hash = SHA256()
  private(set) var lines: [String] = []
  var keepsLines = false
  var isOff = false

  mutating func note(_ text: @autoclosure () -> String, _ at: BootTime) {
    guard !isOff else { return }
    let line = "\(at.microseconds) \(text())\n"
    hash.update(Array(line.utf8))
    if keepsLines { lines.append(line) }
  }

  /// Call it once, at the end.
  func finish() -> String { hash.finish().description }
}
