import DaybookCore

/// What the tracker counted in each minute of a day, and what follows from it.
struct WearerMinutes: Hashable, Sendable {
  /// 1440 numbers each.
  private(set) var steps = [Int](repeating: 0, count: 1_440)
  private(set) var floors = [Int](repeating: 0, count: 1_440)
  /// In bed, not counted as sitting.
  private(set) var isAsleep = [Bool](repeating: false, count: 1_440)
  private let basalRate: Int
  private let stepInCentimetres: Int

  init(_ wearer: Wearer, _ day: Day, revision: Int) {
    basalRate = wearer.basalRate
    stepInCentimetres = wearer.stepInCentimetres
    guard wearer.isWorn(day) else { return }
    let awake = wearer.awake(day, revision: revision)
    for minute in 0..<1_440 where !awake.contains(minute) { isAsleep[minute] = true }
    var random = wearer.random(day, .minutes)
    potter(awake, &random)
    for bout in wearer.bouts(day, revision: revision) { walk(bout, within: awake, &random) }
    if let off = wearer.takenOff(day) {
      for minute in off.lowerBound / 60..<min(1_440, off.upperBound / 60) {
        steps[minute] = 0
        floors[minute] = 0
      }
    }
  }

  /// A few steps now and then, at home and at work.
  private mutating func potter(_ awake: Range<Int>, _ random: inout Seeded) {
    for minute in 0..<1_440 {
      // Drawn for every minute, so that a longer night changes no other one.
      let word = random.next()
      if word & 7 == 0, awake.contains(minute) { steps[minute] = 4 + Int(word >> 8 & 31) }
    }
  }

  private mutating func walk(
    _ bout: WearerBout, within awake: Range<Int>, _ random: inout Seeded
  ) {
    for minute in bout.start..<bout.start + bout.length {
      let count = random.within(bout.kind.cadence)
      guard awake.contains(minute) else { continue }
      steps[minute] = count
      if bout.kind == .stairs { floors[minute] = 1 + count % 2 }
    }
  }

  /// 0 sedentary, 1 lightly, 2 fairly, 3 very active.
  func level(_ minute: Int) -> Int {
    switch steps[minute] {
    case 0: 0
    case ..<80: 1
    case ..<130: 2
    default: 3
    }
  }

  /// Metabolic equivalents in tenths; 10 at rest.
  func mets(_ minute: Int) -> Int {
    let count = steps[minute]
    return 10 + count / 4 + max(0, count - 130) * 3 / 4 + floors[minute] * 10
  }

  /// Millionths of a kilocalorie.
  func calories(_ minute: Int) -> Int { basalRate * mets(minute) / 10 }

  /// Millionths of a kilometre.
  func distance(_ minute: Int) -> Int { steps[minute] * stepInCentimetres * 10 }

  /// Millionths of a metre: ten feet for each floor.
  func elevation(_ minute: Int) -> Int { floors[minute] * 3_048_000 }

  /// What is burned at rest in so many minutes, in millionths of a kilocalorie.
  func basal(_ minutes: Int) -> Int { basalRate * minutes }

  /// Minutes of a level among the first so many; those in bed are not counted.
  func minutes(of level: Int, upTo known: Int) -> Int {
    (0..<known).count { self.level($0) == level && !isAsleep[$0] }
  }
}
