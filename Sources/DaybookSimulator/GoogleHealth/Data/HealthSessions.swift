/// A night or a nap.
struct HealthSleep: Hashable, Sendable {
  var start: Int
  var end: Int
  var isNap: Bool
  /// Known to the service since.
  var created: Int
  /// Its stages are known since.
  var processed: Int
  /// Last change by hand; nil: none.
  var changed: Int?
  var stages: [Stage]

  struct Stage: Hashable, Sendable {
    var kind: Kind
    var start: Int
    var end: Int
  }

  enum Kind: String, CaseIterable, Sendable {
    case awake = "AWAKE"
    case light = "LIGHT"
    case deep = "DEEP"
    case rem = "REM"
  }
}

/// A workout.
struct HealthExercise: Hashable, Sendable {
  var kind: Kind
  var start: Int
  var end: Int
  var created: Int
  var changed: Int?
  /// Which one of the day: stays when others come.
  var ordinal: Int

  enum Kind: String, CaseIterable, Sendable {
    case running = "RUNNING"
    case walking = "WALKING"
    case biking = "BIKING"

    /// Steps a minute.
    var steps: Int {
      switch self {
      case .running: 160
      case .walking: 108
      case .biking: 0
      }
    }
    /// Millimetres a minute.
    var distance: Int {
      switch self {
      case .running: 170_000
      case .walking: 80_000
      case .biking: 330_000
      }
    }
    /// 0 ..< 3: fat burn, cardio, peak.
    var zone: Int {
      switch self {
      case .running: 2
      case .walking: 0
      case .biking: 1
      }
    }
  }

  var minutes: Int { (end - start) / 60 }
}

extension HealthHistory {
  /// The sleep that ends on the day, the night first.
  func sleeps(_ block: Int, now: Int) -> [HealthSleep] {
    guard isWorn(block) else { return [] }
    var random = random(block, 41)
    var out = [
      sleep(
        from: start(of: block - 1) + goesToBed(block - 1), to: start(of: block) + wakes(block),
        isNap: false, &random)
    ]
    if random.chance(0.15) {
      let begin = start(of: block) + 13 * 3_600 + random.below(5_400)
      out.append(sleep(from: begin, to: begin + random.within(1_500...5_400), isNap: true, &random))
    }
    // Whoever corrects a night makes it end earlier.
    let changes = changes(block, upTo: now)
    if let last = changes.last {
      out[0].changed = last
      out[0].end -= min(changes.count, 6) * 300
      out[0].stages = out[0].stages.filter { $0.start < out[0].end }
      out[0].stages[out[0].stages.count - 1].end = out[0].end
    }
    return out
  }

  private func sleep(from: Int, to: Int, isNap: Bool, _ random: inout Seeded) -> HealthSleep {
    var out = HealthSleep(
      start: from, end: to, isNap: isNap, created: to + random.within(1...120), processed: 0,
      changed: nil, stages: [])
    let isLate = random.chance(unprocessedRate)
    out.processed = out.created + (isLate ? random.within(1_800...6 * 3_600) : 0)
    var t = from
    var last = HealthSleep.Kind.awake
    while t < to {
      let kind = HealthSleep.Kind.allCases.filter { $0 != last }[random.below(3)]
      let length = kind == .awake ? random.within(1...8) : random.within(6...35)
      let end = min(to, t + length * 60)
      out.stages.append(HealthSleep.Stage(kind: kind, start: t, end: end))
      (t, last) = (end, kind)
    }
    return out
  }

  /// The workouts of the day in order.
  func exercises(_ block: Int, now: Int) -> [HealthExercise] {
    guard isWorn(block) else { return [] }
    var random = random(block, 42)
    var out: [HealthExercise] = []
    for (hour, part) in [(9, 0.15), (17, 0.4)] where random.chance(part) {
      let begin = start(of: block) + hour * 3_600 + random.below(120) * 60
      let end = begin + random.within(20...70) * 60
      out.append(
        HealthExercise(
          kind: HealthExercise.Kind.allCases[random.below(3)], start: begin, end: end,
          created: end + random.within(1...120), ordinal: out.count))
    }
    // What changes the day is a workout that the watch had missed.
    for (late, change) in changes(block, upTo: now).prefix(4).enumerated() {
      let begin = start(of: block) + 11 * 3_600 + random.below(90) * 60
      out.append(
        HealthExercise(
          kind: .walking, start: begin, end: begin + random.within(10...25) * 60,
          created: change, changed: change, ordinal: 2 + late))
    }
    return out.sorted { $0.start < $1.start }
  }
}
