import Foundation
import Testing

/// Seeds of stories that are left to chance. `SEED=17 swift test --filter RestartTests` plays one
/// again; `SEEDS=1000` plays as many.
enum Seeds {
  static func chosen(_ usual: ClosedRange<UInt64>) -> [UInt64] {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["SEED"].flatMap(UInt64.init) { return [seed] }
    if let count = environment["SEEDS"].flatMap(UInt64.init), count > 0 { return Array(1...count) }
    return Array(usual)
  }

  /// One seed is played again: its trace is printed.
  static var isReplay: Bool { ProcessInfo.processInfo.environment["SEED"] != nil }

  /// `SEEDS` asks for more than a push has time for: longer stories are played too.
  static var isLong: Bool { ProcessInfo.processInfo.environment["SEEDS"] != nil }

  static func replay(_ seed: UInt64, _ suite: String) -> Comment {
    "to play it again: SEED=\(seed) swift test --filter \(suite)"
  }
}
