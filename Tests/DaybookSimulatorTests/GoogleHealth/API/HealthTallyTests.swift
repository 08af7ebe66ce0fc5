import Testing

@testable import DaybookSimulator

struct HealthTallyTests {
  static func tally(_ values: [(Int, Int)]) -> HealthTally {
    var out = HealthTally()
    for (a, b) in values { out.add(HealthPoint(start: 0, end: 0, block: 0, a: a, b: b)) }
    return out
  }

  static func text(_ type: String, _ values: [(Int, Int)]) -> String {
    var out = ByteWriter()
    tally(values).write(HealthDataType.named(type) ?? HealthDataType.all[0], &out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test("a tally knows count, sum, extremes and zones")
  func figures() {
    let tally = Self.tally([(5, 0), (3, 1), (9, 1), (1, 2)])
    #expect(tally.count == 4)
    #expect(tally.sum == 18)
    #expect(tally.least == 1)
    #expect(tally.most == 9)
    #expect(tally.byZone == [5, 12, 1])
  }

  @Test("an empty one has counted nothing")
  func empty() {
    #expect(HealthTally().count == 0)
    #expect(HealthTally().sum == 0)
  }

  @Test(
    "each type is summed up in its own way",
    arguments: [
      ("steps", "\"steps\":{\"countSum\":\"60\"}"),
      ("floors", "\"floors\":{\"countSum\":\"60\"}"),
      ("distance", "\"distance\":{\"millimetersSum\":\"60\"}"),
      ("altitude", "\"altitude\":{\"gainMillimetersSum\":\"60\"}"),
      ("active-energy-burned", "\"activeEnergyBurned\":{\"kcalSum\":0.00006}"),
      ("total-calories", "\"totalCalories\":{\"kcalSum\":0.00006}"),
      (
        "heart-rate",
        "\"heartRate\":{\"beatsPerMinuteAvg\":20.0,\"beatsPerMinuteMax\":30.0,"
          + "\"beatsPerMinuteMin\":10.0}"
      ),
      ("weight", "\"weight\":{\"weightGramsAvg\":0.00002}"),
      ("body-fat", "\"bodyFat\":{\"percentageAvg\":0.00002}"),
      (
        "active-zone-minutes",
        "\"activeZoneMinutes\":{\"sumInFatBurnHeartZone\":\"10\","
          + "\"sumInPeakHeartZone\":\"50\"}"
      ),
      (
        "daily-resting-heart-rate",
        "\"restingHeartRatePersonalRange\":{\"beatsPerMinuteMin\":10.0,"
          + "\"beatsPerMinuteMax\":30.0}"
      ),
      (
        "daily-heart-rate-variability",
        "\"heartRateVariabilityPersonalRange\":{\"averageMillisecondsMin\":0.01,"
          + "\"averageMillisecondsMax\":0.03}"
      ),
    ])
  func forms(type: String, expected: String) {
    #expect(Self.text(type, [(10, 0), (20, 2), (30, 2)]) == expected)
  }
}
