import DaybookCore
import Glibc

@testable import DaybookEngine
@testable import World

/// What the lives that were played came to.
struct Tally {
  private let showsTrace: Bool
  /// Seeds of lives in which a promise was broken.
  private var broken: Set<UInt64> = []
  var bad: Int { broken.count }
  private var lives = 0
  /// How many of them had ``Neighbours`` beside them.
  private var neighbours = 0
  private var calls = 0
  private var faults: [String: Int] = [:]
  /// Of simulated time, times accounts.
  private var accountDays = 0.0
  /// Of the digests of all traces, in order: whoever plays the same seeds gets the same.
  private let digest = SHA256()
  private let begun = ContinuousClock.now

  init(showsTrace: Bool) { self.showsTrace = showsTrace }

  mutating func play(_ seed: UInt64) {
    lives += 1
    do {
      var life = try Life(seed: seed)
      let world = life.world
      world.trace.keepsLines = showsTrace
      defer { if showsTrace { print(world.trace.lines.joined()) } }
      try life.play()
      complain(seed, world.violations())
      if seed % 8 == 0 {
        neighbours += 1
        complain(seed, try Neighbours(seed: seed).violations())
      }
      count(life)
      digest.update(Array(world.trace.finish().utf8))
    } catch {
      complain(seed, ["\(error)"])
    }
  }

  private mutating func count(_ life: Life) {
    let world = life.world
    calls += world.checks.sends
    let days = Double((world.clock.truth - world.options.start).inSeconds) / 86_400
    accountDays += days * Double(life.usual.settings.accounts.count)
    for (name, count) in life.faults { faults[name, default: 0] += count }
  }

  private mutating func complain(_ seed: UInt64, _ sentences: [String]) {
    guard !sentences.isEmpty else { return }
    broken.insert(seed)
    for sentence in sentences.prefix(3) { print("bad \(seed): \(sentence)") }
    fflush(nil)
  }

  /// One line of JSON.
  var summary: String {
    let classes = faults.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return """
      {"lives":\(lives),"bad":\(bad),"neighbours":\(neighbours),"calls":\(calls),"account_days":\(Int(accountDays)),\
      "seconds":\(begun.secondsToNow),"trace":"\(digest.finish())",\
      "faults":{\(classes.joined(separator: ","))}}
      """
  }
}

extension ContinuousClock.Instant {
  var secondsToNow: Double {
    let took = duration(to: .now).components
    return Double(took.seconds) + Double(took.attoseconds) / 1e18
  }
}
