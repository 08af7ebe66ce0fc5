import Foundation

/// A folder of a test's own with folders in it, gone with the value.
final class WorkTree: Sendable {
  let path: String

  init() {
    let base = FileManager.default.temporaryDirectory
    path = base.appendingPathComponent("daybookd-\(UUID().uuidString)").path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path + name, withIntermediateDirectories: true)
  }

  /// `name` begins with a slash.
  func write(_ name: String, _ text: String) throws {
    try makeFolder((name as NSString).deletingLastPathComponent)
    try text.write(toFile: path + name, atomically: false, encoding: .utf8)
  }
}
