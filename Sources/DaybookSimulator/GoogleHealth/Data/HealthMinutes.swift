/// What a day consists of, minute by minute: everything that is counted follows from it.
struct HealthMinutes: Sendable {
  /// Steps of each minute of the day.
  var steps = [Int](repeating: 0, count: 1_440)
  /// Millimetres.
  var distance = [Int](repeating: 0, count: 1_440)
  /// 0: no zone; 1 ... 3: fat burn, cardio, peak.
  var zone = [Int](repeating: 0, count: 1_440)
  /// Floors climbed.
  var floors = [Int](repeating: 0, count: 1_440)
  /// The phone has counted them too.
  var onPhone = [Bool](repeating: false, count: 1_440)

  /// Millimetres of one floor.
  static let floor = 3_048
  /// Of a body at rest, in millionths of a kilocalorie for each minute.
  static let basal = 1_150_000

  /// Beyond rest, in millionths of a kilocalorie.
  func active(_ minute: Int) -> Int { steps[minute] * 42_000 + zone[minute] * 2_100_000 }
}

extension HealthHistory {
  func minutes(_ block: Int, now: Int) -> HealthMinutes {
    var out = HealthMinutes()
    var random = random(block, 43)
    let awake = (wakes(block) / 60 + 1)..<(goesToBed(block) / 60)
    for slot in (awake.lowerBound + 9) / 10..<(awake.upperBound / 10) {
      let busy = [7, 8, 12, 17, 18].contains(slot / 6) ? 0.35 : 0.1
      let walks = random.chance(busy)
      let isCounted = random.chance(phoneRate)
      for minute in (slot * 10)..<(slot * 10 + 10) {
        let steps =
          walks ? random.within(35...115) : random.chance(0.08) ? random.within(4...28) : 0
        out.steps[minute] = steps
        out.distance[minute] = steps * (680 + random.below(80))
        out.floors[minute] = steps > 0 && random.chance(0.03) ? 1 : 0
        out.onPhone[minute] = walks && isCounted && steps > 0
      }
    }
    for workout in exercises(block, now: now) { add(workout, block, to: &out) }
    return out
  }

  private func add(_ workout: HealthExercise, _ block: Int, to out: inout HealthMinutes) {
    var random = random(block, 60 + workout.ordinal)
    let begin = (workout.start - start(of: block)) / 60
    for minute in begin..<(begin + workout.minutes) {
      let sway = random.within(-6...6)
      out.steps[minute] = workout.kind.steps == 0 ? 0 : workout.kind.steps + sway
      out.distance[minute] = workout.kind.distance + sway * 900
      out.zone[minute] = workout.kind.zone + 1
      out.onPhone[minute] = false
    }
  }
}
