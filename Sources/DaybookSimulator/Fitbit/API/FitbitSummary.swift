import DaybookCore

/// The day summary: logged activities, goals and sums.
extension FitbitView {
  func summary(_ day: Day) -> [UInt8] {
    let known = day >= wearer.memberSince ? knownMinutes(day) : 0
    let minutes = minutes(day)
    var json = FitbitJSON()
    json.object {
      $0.array("activities") { list in
        for bout in logged(day, upTo: known) { activity(&list, bout, minutes, day) }
      }
      $0.object("goals") {
        $0.integer("activeMinutes", 30)
        $0.integer("caloriesOut", 2_500)
        $0.millionths("distance", 8_050_000)
        $0.integer("floors", 10)
        $0.integer("steps", 10_000)
      }
      $0.object("summary") { sums(&$0, minutes, day, known) }
    }
    return json.bytes
  }

  private func sums(
    _ json: inout FitbitJSON, _ minutes: WearerMinutes, _ day: Day, _ known: Int
  ) {
    func whole(_ resource: FitbitResource) -> Int {
      (sum(resource, minutes, 0..<known) + 500_000) / 1_000_000
    }
    // What activity burned beyond rest.
    let moving = (0..<known).count { minutes.level($0) > 0 }
    let marginal = sum(.activityCalories, minutes, 0..<known) - minutes.basal(moving)
    json.integer("activeScore", -1)
    json.integer("activityCalories", whole(.activityCalories))
    json.integer("caloriesBMR", whole(.caloriesBMR))
    json.integer("caloriesOut", whole(.calories))
    json.array("distances") { list in
      for name in ["total", "tracker"] {
        list.object {
          $0.text("activity", name)
          $0.millionths("distance", sum(.distance, minutes, 0..<known))
        }
      }
    }
    json.millionths("elevation", sum(.elevation, minutes, 0..<known))
    json.integer("fairlyActiveMinutes", whole(.minutesFairlyActive))
    json.integer("floors", whole(.floors))
    json.integer("lightlyActiveMinutes", whole(.minutesLightlyActive))
    json.integer("marginalCalories", marginal / 1_000_000)
    if wearer.isWorn(day), known > 0 {
      json.integer("restingHeartRate", wearer.restingRate(day))
    }
    json.integer("sedentaryMinutes", whole(.minutesSedentary))
    json.integer("steps", whole(.steps))
    json.integer("veryActiveMinutes", whole(.minutesVeryActive))
  }

  /// The tracker logs by itself what lasts for a quarter of an hour.
  private func logged(_ day: Day, upTo known: Int) -> [WearerBout] {
    guard wearer.isWorn(day) else { return [] }
    return wearer.bouts(day, revision: revision(day))
      .filter { ($0.kind == .walk || $0.kind == .run) && $0.length >= 15 }
      .filter { $0.start + $0.length <= known }
      .sorted { $0.start < $1.start }
  }

  private func activity(
    _ list: inout FitbitJSON, _ bout: WearerBout, _ minutes: WearerMinutes, _ day: Day
  ) {
    let range = bout.start..<bout.start + bout.length
    let isRun = bout.kind == .run
    list.object {
      $0.integer("activityId", isRun ? 90_009 : 90_013)
      $0.integer("calories", sum(.calories, minutes, range) / 1_000_000)
      $0.millionths("distance", sum(.distance, minutes, range))
      $0.integer("duration", bout.length * 60_000)
      $0.flag("hasStartTime", true)
      $0.moment("lastModified", day, range.upperBound * 60)
      $0.integer("logId", wearer.identity(day, 1_000 + bout.start))
      $0.text("name", isRun ? "Run" : "Walk")
      $0.day("startDate", day)
      $0.clock("startTime", bout.start * 60)
      $0.integer("steps", sum(.steps, minutes, range) / 1_000_000)
    }
  }
}
