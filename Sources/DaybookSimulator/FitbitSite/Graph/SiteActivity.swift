/// The three graphs of five minutes.
extension SiteTracker {
  /// Values of a day: also of those that summer time makes shorter or longer.
  static let slots = 288

  /// Hundredths of what the graph shows, one for each five minutes; zeros where nothing is known.
  func values(_ graph: SiteGraph, _ day: Int, known: Int, now: Int) -> [Int] {
    var out = [Int](repeating: 0, count: SiteTracker.slots)
    let slots = known / 5
    guard slots > 0 else { return out }
    let steps = steps(day, now: now)
    let atRest = rest
    for i in 0..<slots {
      switch graph {
      case .steps: out[i] = steps[i] * 100
      case .calories: out[i] = atRest + steps[i] * 4
      // Not confirmed: how the score was made.
      case .activeScore: out[i] = steps[i] / 25 * 100
      case .sleep: break
      }
    }
    return out
  }

  /// Hundredths of a kilocalorie in five minutes of rest: 1,400 to 1,850 a day.
  private var rest: Int {
    var random = Seeded(seed, 0, 25)
    return random.within(486...642)
  }

  /// Steps of the whole day, whether known or not.
  private func steps(_ day: Int, now: Int) -> [Int] {
    var random = Seeded(seed, day, 26)
    var out = pottering(day, &random)
    for _ in 0..<random.within(2...5) { walk(day, &out, &random) }
    if random.chance(0.15) { run(day, &out, &random) }
    if let nap = nap(day) { for i in nap.lowerBound / 5...nap.upperBound / 5 { out[i] = 0 } }
    var late = Seeded(seed, day, 27)
    for _ in changes(day, now: now) { walk(day, &out, &late) }
    return out
  }

  /// A few steps here and there while awake.
  private func pottering(_ day: Int, _ random: inout Seeded) -> [Int] {
    let lastBed = bed(day - 1) - 1_440
    let awake = wake(day)..<bed(day)
    return (0..<SiteTracker.slots).map { i in
      let isAwake = i * 5 < lastBed || awake.contains(i * 5)
      return isAwake && random.chance(0.45) ? random.within(4...60) : 0
    }
  }

  /// Ten to forty minutes on foot, on top of what there is.
  private func walk(_ day: Int, _ steps: inout [Int], _ random: inout Seeded) {
    let first = (wake(day) + 20 + random.below(bed(day) - wake(day) - 110)) / 5
    for i in first..<min(SiteTracker.slots, first + random.within(2...8)) {
      steps[i] = min(900, steps[i] + random.within(380...560))
    }
  }

  private func run(_ day: Int, _ steps: inout [Int], _ random: inout Seeded) {
    let first = (1_020 + random.below(150)) / 5
    for i in first..<first + random.within(4...9) { steps[i] = random.within(700...860) }
  }
}
