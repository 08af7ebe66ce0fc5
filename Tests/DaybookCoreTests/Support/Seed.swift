import DaybookCore
import Glibc

/// The seed of a random test: a new one each time, or the one in `DAYBOOK_SEED`, which is what a
/// failure prints.
struct Seed: CustomStringConvertible {
  let value: UInt64
  var random: SeededRandom { SeededRandom(seed: value) }
  var description: String { "replay with DAYBOOK_SEED=\(value)" }

  init() {
    let given = getenv("DAYBOOK_SEED").flatMap { UInt64(String(cString: $0)) }
    value = given ?? UInt64.random(in: 0...999_999_999)
  }
}
