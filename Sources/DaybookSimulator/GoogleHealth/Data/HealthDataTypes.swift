extension HealthDataType {
  private static let activity = "activity_and_fitness"
  private static let metrics = "health_metrics_and_measurements"
  private static let everything: Methods = [.points, .sums]

  /// Every type the service knows. Those without a stream are answered, and have no data; their
  /// kinds and scopes are not confirmed.
  static let all: [HealthDataType] = counted + measured + daily + sessions + dataless

  private static let counted = [
    HealthDataType("steps", .interval, activity, everything, .steps),
    HealthDataType("distance", .interval, activity, everything, .distance),
    HealthDataType("floors", .interval, activity, everything, .floors),
    HealthDataType("altitude", .interval, activity, everything, .altitude),
    HealthDataType("active-energy-burned", .interval, activity, everything, .activeEnergy),
    HealthDataType("basal-energy-burned", .interval, activity, .points, .basalEnergy),
    HealthDataType("total-calories", .sum, activity, .sums, .totalEnergy),
    HealthDataType("active-zone-minutes", .interval, activity, everything, .activeZoneMinutes),
  ]

  private static let measured = [
    HealthDataType("heart-rate", .sample, metrics, everything, .heartRate),
    HealthDataType("heart-rate-variability", .sample, metrics, .points, .heartRateVariability),
    HealthDataType("oxygen-saturation", .sample, metrics, .points, .oxygenSaturation),
    HealthDataType("respiratory-rate-sleep-summary", .sample, metrics, .points, .respiratoryRate),
    HealthDataType("weight", .sample, metrics, [.points, .sums, .get], .weight),
    HealthDataType("body-fat", .sample, metrics, [.points, .sums, .get], .bodyFat),
  ]

  /// A daily roll-up gives a personal range of two of them.
  private static let daily = [
    HealthDataType(
      "daily-resting-heart-rate", .daily, metrics, [.points, .dailyRollUp], .restingHeartRate),
    HealthDataType(
      "daily-heart-rate-variability", .daily, metrics, [.points, .dailyRollUp],
      .dailyHeartRateVariability),
    HealthDataType(
      "daily-oxygen-saturation", .daily, metrics, .points, .dailyOxygenSaturation),
    HealthDataType("daily-respiratory-rate", .daily, metrics, .points, .dailyRespiratoryRate),
  ]

  private static let sessions = [
    HealthDataType("sleep", .sleep, "sleep", [.points, .get], .sleep),
    HealthDataType("exercise", .exercise, activity, [.points, .get], .exercise),
  ]

  private static let dataless = [
    HealthDataType("calories-in-heart-rate-zone", .sum, activity, .sums),
    HealthDataType("active-minutes", .interval, activity, everything),
    HealthDataType("activity-level", .interval, activity, everything),
    HealthDataType("sedentary-period", .interval, activity, everything),
    HealthDataType("time-in-heart-rate-zone", .interval, activity, everything),
    HealthDataType("swim-lengths-data", .interval, activity, .points),
    HealthDataType("vo2-max", .sample, activity, .points),
    HealthDataType("run-vo2-max", .sample, activity, everything),
    HealthDataType("daily-vo2-max", .daily, activity, .points),
    HealthDataType("daily-heart-rate-zones", .daily, metrics, .points),
    HealthDataType("daily-sleep-temperature-derivations", .daily, metrics, .points),
    HealthDataType("height", .sample, metrics, .points),
    HealthDataType("blood-glucose", .sample, metrics, .points),
    HealthDataType("core-body-temperature", .sample, metrics, .points),
    HealthDataType("hydration-log", .interval, "nutrition", .points),
    HealthDataType("nutrition-log", .interval, "nutrition", .points),
    HealthDataType("electrocardiogram", .electrocardiogram, "ecg", .points),
    HealthDataType("irregular-rhythm-notification", .interval, "irn", .points),
    HealthDataType("moods", .sample, "mindfulness", .points),
    HealthDataType("symptoms", .sample, "logged_symptoms", .points),
    HealthDataType("menstrual-period", .interval, "reproductive_health", .points),
    HealthDataType("ovulation-test", .sample, "reproductive_health", .points),
  ]
}
