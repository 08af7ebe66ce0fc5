import DaybookCore
import Glibc

@testable import DaybookEngine
@testable import World

/// What the lives that were played came to.
struct Tally {
  var playsTwice = false
  var showsTrace = false
  private(set) var bad = 0
  private var lives = 0
  private var calls = 0
  private var faults: [String: Int] = [:]
  /// Of simulated time, times accounts.
  private var accountDays = 0.0
  /// Of the digests of all traces, in order: two runs of the same seeds print the same.
  private var digest = SHA256()
  private let begun = ContinuousClock.now

  mutating func play(_ seed: UInt64) {
    lives += 1
    let trace = live(seed, counts: true)
    if playsTwice, let trace, live(seed, counts: false) != trace {
      complain(seed, ["the same seed gave another trace"])
    }
    digest.update(Array((trace ?? "none").utf8))
  }

  /// The digest of its trace; nil: it could not be lived to its end.
  private mutating func live(_ seed: UInt64, counts: Bool) -> String? {
    do {
      var life = try Life(seed: seed)
      let world = life.world
      world.trace.keepsLines = showsTrace
      defer { if showsTrace { print(world.trace.lines.joined()) } }
      try life.play()
      let broken = world.violations()
      if !broken.isEmpty, counts { complain(seed, broken) }
      if counts { count(life) }
      return world.trace.finish()
    } catch {
      complain(seed, ["\(error)"])
      return nil
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
    bad += 1
    for sentence in sentences.prefix(3) {
      print("bad \(seed): \(sentence)")
      fflush(nil)
    }
  }

  /// One line of JSON.
  var summary: String {
    let took = begun.duration(to: .now)
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let classes = faults.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return """
      {"lives":\(lives),"bad":\(bad),"calls":\(calls),"account_days":\(Int(accountDays)),\
      "seconds":\(seconds),"trace":"\(digest.finish())",\
      "faults":{\(classes.joined(separator: ","))}}
      """
  }
}
