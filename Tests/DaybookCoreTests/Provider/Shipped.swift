import Foundation

@testable import DaybookCore

/// The files that are installed, as they stand in the source tree.
enum Shipped {
  static let names = ["fitbit", "fitbit-site", "google-health", "moves", "owntracks"]

  static func bytes(_ path: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
  }

  static func provider(_ name: String) throws -> Provider {
    let path = "etc/daybook/providers/\(name).yaml"
    return try ProviderFile.load(try bytes(path), file: path).get()
  }
}

/// Damages a text file: bytes removed, doubled, replaced or moved, several times.
func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
  var random = SeededRandom(seed: seed)
  var out = bytes
  let spice = Array("{}[]:,-#&*!|>'\"%@`? \n\t\0~0a".utf8) + [0xC3, 0xFF]
  for _ in 0..<Int.random(in: 1...8, using: &random) where !out.isEmpty {
    let at = Int.random(in: 0..<out.count, using: &random)
    let end = min(out.count, at + Int.random(in: 1...20, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: out.removeSubrange(at..<end)
    case 1: out.insert(contentsOf: out[at..<end], at: at)
    case 2: out[at] = spice.randomElement(using: &random) ?? 0
    default: out.insert(spice.randomElement(using: &random) ?? 0, at: at)
    }
  }
  return out
}
