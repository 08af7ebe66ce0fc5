/// What is known at a moment, in seconds since 1970.
struct HealthMoment: Hashable, Sendable {
  var now: Int
  /// Everything measured up to here has come.
  var synced: Int
}

extension HealthHistory {
  /// The points of a day that are known, in the order of their starts.
  func points(_ stream: HealthStream, _ block: Int, _ moment: HealthMoment) -> [HealthPoint] {
    guard isWorn(block), moment.synced >= start(of: block - 1) else { return [] }
    if stream.isOfNight { return night(stream, block, moment) }
    let all: [HealthPoint]
    switch stream {
    case .heartRate: all = heartRates(block, moment)
    case .weight, .bodyFat: all = scale(stream, block)
    case .exercise:
      return exercises(block, now: moment.now).compactMap { workout in
        guard workout.created <= moment.now, workout.end <= moment.synced else { return nil }
        return HealthPoint(start: workout.start, end: workout.end, block: block, a: workout.ordinal)
      }
    default: all = counted(stream, block, moment)
    }
    // They are in order: mostly all of them are known.
    if let last = all.last, last.end <= moment.synced { return all }
    return all.filter { $0.end <= moment.synced }
  }

  // MARK: Counted by the minute

  private func counted(
    _ stream: HealthStream, _ block: Int, _ moment: HealthMoment
  ) -> [HealthPoint] {
    let minutes = minutes(block, now: moment.now)
    let begin = start(of: block)
    var out: [HealthPoint] = []
    for i in 0..<1_440 where i * 60 % pointEvery < 60 {
      let (a, b) = amount(stream, minutes, i)
      guard a > 0 else { continue }
      var point = HealthPoint(
        start: begin + i * 60, end: begin + i * 60 + 60, block: block, a: a, b: b)
      if stream == .basalEnergy { point.end = begin + i * 60 + 3_600 }
      out.append(point)
      if minutes.onPhone[i], stream == .steps || stream == .distance {
        // A phone in a pocket counts a little less.
        point.a -= point.a / 12
        point.source = 1
        out.append(point)
      }
    }
    return out
  }

  private func amount(_ stream: HealthStream, _ minutes: HealthMinutes, _ i: Int) -> (Int, Int) {
    switch stream {
    case .steps: (minutes.steps[i], 0)
    case .distance: (minutes.distance[i], 0)
    case .floors: (minutes.floors[i], 0)
    case .altitude: (minutes.floors[i] * HealthMinutes.floor, 0)
    case .activeEnergy: (minutes.active(i), 0)
    case .basalEnergy: (i % 60 == 0 ? HealthMinutes.basal * 60 : 0, 0)
    case .totalEnergy: (minutes.active(i) + HealthMinutes.basal, 0)
    case .activeZoneMinutes: (min(2, minutes.zone[i]), max(0, minutes.zone[i] - 1))
    default: (0, 0)
    }
  }

  // MARK: Sampled

  private func heartRates(_ block: Int, _ moment: HealthMoment) -> [HealthPoint] {
    let minutes = minutes(block, now: moment.now)
    let (wakes, sleeps) = (wakes(block), goesToBed(block))
    var random = random(block, 44)
    let begin = start(of: block)
    // Off the wrist to be charged.
    let charging = 20 * 3_600 + random.below(3_600)
    let gap = charging..<(charging + random.within(1_200...3_600))
    let base = resting(block)
    var out: [HealthPoint] = []
    out.reserveCapacity(86_400 / heartRateEvery + 1)
    for second in stride(from: 0, to: 86_400, by: heartRateEvery) where !gap.contains(second) {
      let minute = second / 60
      var beats = base + Int(truncatingIfNeeded: random.next() & 7) - 3
      if second >= wakes, second < sleeps { beats += 14 + minutes.steps[minute] / 5 }
      beats += minutes.zone[minute] * 18
      let t = begin + second
      out.append(HealthPoint(start: t, end: t, block: block, a: beats))
    }
    return out
  }

  /// On some mornings somebody steps on a scale.
  private func scale(_ stream: HealthStream, _ block: Int) -> [HealthPoint] {
    var person = Seeded(seed, 0, 45)
    var random = random(block, 45)
    guard random.chance(0.4) else { return [] }
    // A year goes up and down by two kilograms.
    let season = abs(block % 364 - 182) * 11
    let grams = 58_000 + person.below(30_000) + season + random.below(12) * 100
    let fat = 17_000_000 + person.below(12) * 1_000_000 + random.below(20) * 100_000
    let t = start(of: block) + wakes(block) + 600
    let value = stream == .weight ? grams * 1_000_000 : fat
    return [HealthPoint(start: t, end: t, block: block, a: value)]
  }

  // MARK: Of the night

  private func night(
    _ stream: HealthStream, _ block: Int, _ moment: HealthMoment
  ) -> [HealthPoint] {
    let sleeps = sleeps(block, now: moment.now)
    let known = sleeps.filter { $0.created <= moment.synced }
    if stream == .sleep {
      return known.indices.map { i in
        HealthPoint(start: known[i].start, end: known[i].end, block: block, a: i)
      }
    }
    guard let night = known.first, !night.isNap else { return [] }
    var random = random(block, 50 + (HealthStream.allCases.firstIndex(of: stream) ?? 0))
    if stream.isDaily {
      let t = start(of: block)
      return [HealthPoint(start: t, end: t, block: block, a: daily(stream, block, &random))]
    }
    let every = stream == .respiratoryRate ? night.end - night.start : max(300, pointEvery)
    return stride(from: night.start + every, through: night.end, by: every).map { t in
      let (a, b) = sample(stream, &random)
      return HealthPoint(start: t, end: t, block: block, a: a, b: b)
    }
  }

  private func daily(_ stream: HealthStream, _ block: Int, _ random: inout Seeded) -> Int {
    switch stream {
    case .restingHeartRate: resting(block)
    case .dailyHeartRateVariability: random.within(28_000...62_000)
    case .dailyOxygenSaturation: 95_000_000 + random.below(35) * 100_000
    default: 13_000_000 + random.below(40) * 100_000
    }
  }

  private func sample(_ stream: HealthStream, _ random: inout Seeded) -> (Int, Int) {
    switch stream {
    case .heartRateVariability: (random.within(18_000...80_000), random.within(25_000...110_000))
    case .oxygenSaturation: (93_000_000 + random.below(65) * 100_000, 0)
    default: (13_000_000 + random.below(40) * 100_000, 0)
    }
  }
}
