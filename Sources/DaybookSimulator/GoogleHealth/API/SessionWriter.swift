/// Sleep and exercise.
extension PointWriter {
  mutating func sleep(_ point: HealthPoint) {
    let sleep = history.sleeps(point.block, now: moment.now)[point.a]
    // Not confirmed: what a session looks like before it is processed, but for the flag.
    let isProcessed = sleep.processed <= moment.now
    text.interval(sleep.start, sleep.end)
    text.out.raw(isProcessed ? ",\"type\":\"STAGES\"" : ",\"type\":\"CLASSIC\"")
    if isProcessed {
      stages(sleep)
      summary(sleep)
    }
    text.out.raw(",\"metadata\":{")
    if isProcessed { text.out.raw("\"processed\":true,") }
    text.out.raw(sleep.isNap ? "\"nap\":true}" : "\"mainSleep\":true}")
    times(sleep.created, max(isProcessed ? sleep.processed : 0, sleep.changed ?? 0))
  }

  private mutating func times(_ created: Int, _ updated: Int) {
    text.out.raw(",\"createTime\":")
    text.physical(created)
    text.out.raw(",\"updateTime\":")
    text.physical(max(created, updated))
  }

  private mutating func stages(_ sleep: HealthSleep) {
    text.out.raw(",\"stages\":[")
    for (i, stage) in sleep.stages.enumerated() {
      text.out.raw(i == 0 ? "{" : ",{")
      text.span(stage.start, stage.end)
      text.out.raw(",\"type\":")
      text.out.string(stage.kind.rawValue)
      text.out.raw("}")
    }
    text.out.raw("]")
  }

  private mutating func summary(_ sleep: HealthSleep) {
    func minutes(_ kind: HealthSleep.Kind) -> Int {
      sleep.stages.filter { $0.kind == kind }.map { $0.end - $0.start }.reduce(0, +) / 60
    }
    let awake = minutes(.awake)
    let whole = (sleep.end - sleep.start) / 60
    text.out.raw(",\"summary\":{\"minutesInSleepPeriod\":")
    text.out.int64(whole)
    int64("minutesAsleep", whole - awake)
    int64("minutesAwake", awake)
    text.out.raw(",\"stagesSummary\":[")
    var separator: StaticString = "{\"type\":"
    for kind in HealthSleep.Kind.allCases where minutes(kind) > 0 {
      text.out.raw(separator)
      separator = ",{\"type\":"
      text.out.string(kind.rawValue)
      int64("minutes", minutes(kind))
      int64("count", sleep.stages.count { $0.kind == kind })
      text.out.raw("}")
    }
    text.out.raw("]}")
  }

  mutating func exercise(_ point: HealthPoint) {
    let all = history.exercises(point.block, now: moment.now)
    guard let workout = all.first(where: { $0.ordinal == point.a }) else { return }
    text.interval(workout.start, workout.end)
    text.out.raw(",\"exerciseType\":")
    text.out.string(workout.kind.rawValue)
    text.out.raw(",\"activeDuration\":")
    text.offset(workout.end - workout.start)
    text.out.raw(",\"metricsSummary\":{")
    metrics(workout, minutes: workout.minutes)
    text.out.raw("},\"splits\":[")
    // A split each ten minutes.
    for (i, from) in stride(from: 0, to: workout.minutes, by: 10).enumerated() {
      let minutes = min(10, workout.minutes - from)
      text.out.raw(i == 0 ? "{" : ",{")
      let start = workout.start + from * 60
      text.span(start, start + minutes * 60)
      text.out.raw(",\"metricsSummary\":{")
      metrics(workout, minutes: minutes)
      text.out.raw("}}")
    }
    text.out.raw("]")
    times(workout.created, workout.changed ?? 0)
  }

  private mutating func metrics(_ workout: HealthExercise, minutes: Int) {
    text.out.raw("\"caloriesKcal\":")
    text.out.wholeFloat(minutes * (workout.kind.zone + 2) * 3)
    int64("distanceMillimeters", workout.kind.distance * minutes)
    int64("steps", workout.kind.steps * minutes)
    int64("averageHeartRateBeatsPerMinute", 96 + workout.kind.zone * 22)
  }
}
