import DaybookCore

/// The heart on one day. Beats in a minute.
struct WearerHeart: Hashable, Sendable {
  /// 1440 numbers; 0 where nothing is measured.
  private(set) var curve = [Int](repeating: 0, count: 1_440)
  private let beats: Seeded

  /// Seconds between two measurements: mostly five, up to fifteen.
  private static let gaps = [5, 5, 5, 5, 5, 5, 5, 5, 5, 10, 10, 10, 15, 15, 6, 8]

  init(_ wearer: Wearer, _ day: Day, revision: Int) {
    beats = wearer.random(day, .beats)
    guard wearer.isWorn(day) else { return }
    let minutes = WearerMinutes(wearer, day, revision: revision)
    let rest = wearer.restingRate(day)
    var random = wearer.random(day, .curve)
    var rate = rest
    for minute in 0..<1_440 {
      let target =
        minutes.isAsleep[minute] ? rest - 3 : rest + 12 + WearerHeart.effort(minutes.steps[minute])
      // Up and down a third of the way in each minute, and a little restless.
      rate += (target - rate) / 3 + (target - rate).signum() + Int(random.next() >> 60 & 3) - 1
      curve[minute] = min(max(rate, 40), 210)
    }
    if let off = wearer.takenOff(day) {
      for minute in off.lowerBound / 60..<min(1_440, off.upperBound / 60) { curve[minute] = 0 }
    }
  }

  private static func effort(_ steps: Int) -> Int { steps * 3 / 10 + max(0, steps - 130) }

  /// Every measurement before `end` (seconds since midnight), in order.
  func measurements(before end: Int, _ take: (_ second: Int, _ rate: Int) -> Void) {
    var random = beats
    var second = Int(random.next() & 7)
    while second < end {
      let word = random.next()
      let rate = curve[second / 60]
      if rate > 0 { take(second, rate + Int(word >> 32 & 3) - 1) }
      second += WearerHeart.gaps[Int(word & 15)]
    }
  }

  /// The mean of the measurements in each slot of so many seconds; 0 where there are none.
  func means(every length: Int, before end: Int) -> [Int] {
    let slots = (end + length - 1) / length
    var sums = [Int](repeating: 0, count: slots)
    var counts = sums
    measurements(before: end) { second, rate in
      sums[second / length] += rate
      counts[second / length] += 1
    }
    return sums.indices.map { counts[$0] == 0 ? 0 : (sums[$0] + counts[$0] / 2) / counts[$0] }
  }
}

extension Wearer {
  /// Moves slowly around the person's own, in weeks and from day to day.
  func restingRate(_ day: Day) -> Int {
    var random = random(day, .rest)
    let wave = abs(day.number % 60 - 30) / 6
    return restingRate + wave - 3 + random.below(3)
  }

  /// The four zones of the service, by age: name, from, up to.
  var zones: [(name: StaticString, min: Int, max: Int)] {
    let most = 220 - age
    return [
      ("Out of Range", 30, most / 2), ("Fat Burn", most / 2, most * 7 / 10),
      ("Cardio", most * 7 / 10, most * 85 / 100), ("Peak", most * 85 / 100, 220),
    ]
  }
}
