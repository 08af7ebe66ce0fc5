import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// A life left to chance: one seed says who lives where, what goes wrong and when. Whatever
/// happens, the twelve properties hold (``Invariants``, ``Life/ends()``), and once the trouble is
/// over and the operator has done his part, every day is there.
struct Life {
  let seed: UInt64
  let world: World
  /// The kinds of trouble that this life has.
  let troubles: Set<Trouble>
  /// How often each struck.
  private(set) var struck: [Trouble: Int] = [:]
  var dice: SeededRandom
  let usual: Configuration
  private var isAway = false

  init(seed: UInt64) throws {
    self.seed = seed
    var dice = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 17)
    // In their order: a set has another one in each process.
    troubles = Set(Trouble.allCases.filter { _ in Bool.random(using: &dice) })
    let options = Cast.draw(seed, troubles, &dice)
    world = try World(options)
    usual = world.configuration
    self.dice = dice
    allow()
  }

  /// What may be seen in this life and in no other.
  private func allow() {
    // A status that no row of the provider file explains, and an fsync that fails, are our bugs; but
    // who believes a clock that is ahead asks for days that have not begun.
    world.checks.allowsBugs =
      !troubles.isDisjoint(with: [.answers, .stray410, .brokenDisk, .clockStep])
    world.checks.allowsRefusals = !troubles.isDisjoint(with: [.halvedLimit, .providerFile])
  }

  /// Lives it.
  mutating func play() throws {
    try world.signInAll()
    if troubles.contains(.answers) { try addFaults() }
    if troubles.contains(.kill) { world.kills.oneIn = Int.random(in: 3...12, using: &dice) }
    let often = Trouble.allCases.filter {
      troubles.contains($0) && ![.answers, .kill].contains($0)
    }
    for _ in 0..<Int.random(in: 12...24, using: &dice) {
      try pass(.seconds(Int64.random(in: 5...2_500, using: &dice)))
      guard !often.isEmpty else { continue }
      let trouble = often[Int.random(in: 0..<often.count, using: &dice)]
      struck[trouble, default: 0] += 1
      world.trace.note("trouble \(trouble)", world.clock.boot)
      try strike(trouble)
    }
    try pass(.seconds(60))
    try calmDown()
    try ends()
  }

  private mutating func addFaults() throws {
    for text in AnswerFaults.all where Int.random(in: 0..<3, using: &dice) > 0 {
      _ = world.providers.faults.add(try FaultRule(text))
    }
  }

  /// Time passes. A daemon that ended is started again, as systemd does.
  mutating func pass(_ duration: Duration) throws {
    let end = world.clock.truth + duration
    while world.clock.truth < end {
      try world.run(until: end)
      guard world.exit != nil else { continue }
      world.disk.failsToSync = false
      world.kill()
      world.clock.advance(to: world.clock.boot + .seconds(5))
      try world.begin()
    }
  }

  /// Something that may end the process.
  mutating func whileAlive(_ body: (inout Life) throws -> Void) throws {
    if world.engine == nil { try pass(.minutes(3)) }
    if world.engine != nil { try body(&self) }
  }

  // MARK: The archive's disk

  mutating func takeDiskAway() throws {
    guard !isAway else { return }
    try world.unmount()
    isAway = true
  }

  mutating func bringDiskBack() throws {
    guard isAway else { return }
    try world.mount()
    isAway = false
  }

  // MARK: Counting

  /// Everything that went wrong, by class.
  var faults: [(name: String, count: Int)] {
    var out = Trouble.allCases.compactMap { trouble in
      struck[trouble].map { (trouble.rawValue, $0) }
    }
    out.append((Trouble.kill.rawValue, world.kills.done))
    out.append((Trouble.answers.rawValue, answersGoneWrong))
    return out.filter { $0.1 > 0 }
  }

  /// Kept when the rules are taken away.
  private(set) var answersGoneWrong = 0

  mutating func endFaults() {
    answersGoneWrong += world.providers.faults.rules.reduce(0) { $0 + $1.struck }
    world.providers.faults.clear()
  }
}
