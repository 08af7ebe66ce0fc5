import DaybookCore

/// Sleep, in the form of version 1.2.
extension FitbitView {
  /// `computing`: seconds for which a sleep is pending after it was handed over; nil: whatever
  /// ended within the last day is pending.
  func sleep(_ asked: ClosedRange<Day>, computing: Int?) -> [UInt8] {
    let limit = computing ?? 86_400
    var known: [WearerSleep] = []
    var isPending = false
    // The newest first, as a list of logs; not confirmed for ranges.
    for day in days(asked).reversed() {
      for sleep in wearer.sleeps(day, revision: revision(day)).reversed() {
        guard let age = sync.age(of: sleep) else { continue }
        if age < limit { isPending = true } else { known.append(sleep) }
      }
    }
    var json = FitbitJSON(reserving: 4_096 + known.count * 6_144)
    json.object {
      $0.array("sleep") { list in
        for sleep in known { log(&list, sleep) }
      }
      // Not confirmed: by range, too.
      $0.object("summary") { summary(&$0, known) }
      if isPending {
        $0.object("meta") {
          // Milliseconds; not confirmed.
          $0.integer("retryDuration", 3_000)
          $0.text("state", static: "pending")
        }
      }
    }
    return json.bytes
  }

  private func summary(_ json: inout FitbitJSON, _ sleeps: [WearerSleep]) {
    let staged = sleeps.filter(\.hasStages)
    if !staged.isEmpty {
      json.object("stages") { stages in
        for level in WearerSleep.Level.stages {
          stages.integer(level.key, staged.reduce(0) { $0 + $1.sum(level).minutes })
        }
      }
    }
    json.integer("totalMinutesAsleep", sleeps.reduce(0) { $0 + $1.minutesAsleep })
    json.integer("totalSleepRecords", sleeps.count)
    json.integer("totalTimeInBed", sleeps.reduce(0) { $0 + $1.seconds / 60 })
  }

  private func log(_ list: inout FitbitJSON, _ sleep: WearerSleep) {
    let inBed = sleep.seconds / 60
    list.object {
      $0.day("dateOfSleep", sleep.day)
      $0.integer("duration", sleep.seconds * 1_000)
      $0.integer("efficiency", sleep.minutesAsleep * 100 / max(1, inBed))
      $0.moment("endTime", sleep.day, sleep.end)
      // 0: enough for stages; 2: too short for them; 1: too little of the heart was seen.
      $0.integer("infoCode", sleep.hasStages ? 0 : sleep.seconds < 10_800 ? 2 : 1)
      $0.flag("isMainSleep", sleep.isMain)
      $0.object("levels") { levels(&$0, sleep) }
      $0.integer("logId", sleep.identity)
      $0.text("logType", static: "auto_detected")
      $0.integer("minutesAfterWakeup", 0)
      $0.integer("minutesAsleep", sleep.minutesAsleep)
      $0.integer("minutesAwake", sleep.minutesAwake)
      $0.integer("minutesToFallAsleep", 0)
      $0.moment("startTime", sleep.day, sleep.start)
      $0.integer("timeInBed", inBed)
      $0.text("type", static: sleep.hasStages ? "stages" : "classic")
    }
  }

  private func levels(_ json: inout FitbitJSON, _ sleep: WearerSleep) {
    json.array("data") { pieces(&$0, sleep.pieces, sleep.day) }
    if sleep.hasStages { json.array("shortData") { pieces(&$0, sleep.shortWakes, sleep.day) } }
    json.object("summary") { summary in
      let levels = sleep.hasStages ? WearerSleep.Level.stages : WearerSleep.Level.classic
      for level in levels {
        let sum = sleep.sum(level)
        summary.object(level.key) {
          $0.integer("count", sum.count)
          $0.integer("minutes", sum.minutes)
          if sleep.hasStages { $0.integer("thirtyDayAvgMinutes", level.usualMinutes) }
        }
      }
    }
  }

  private func pieces(_ list: inout FitbitJSON, _ pieces: [WearerSleep.Piece], _ day: Day) {
    for piece in pieces {
      list.object {
        $0.moment("dateTime", day, piece.start)
        $0.text("level", static: piece.level.key)
        $0.integer("seconds", piece.seconds)
      }
    }
  }
}

extension WearerSleep.Level {
  var key: StaticString {
    switch self {
    case .deep: "deep"
    case .light: "light"
    case .rem: "rem"
    case .wake: "wake"
    case .asleep: "asleep"
    case .awake: "awake"
    case .restless: "restless"
    }
  }

  /// A mean over 30 nights; a constant here, which no one measures with.
  var usualMinutes: Int {
    switch self {
    case .deep: 78
    case .light: 232
    case .rem: 93
    case .wake: 46
    case .asleep, .awake, .restless: 0
    }
  }
}
