import Testing

@testable import DaybookSimulator

struct HealthDataTypeTests {
  @Test(
    "a name has its forms for path, filter and JSON",
    arguments: [
      ("steps", "steps", "steps"),
      ("heart-rate", "heart_rate", "heartRate"),
      ("active-energy-burned", "active_energy_burned", "activeEnergyBurned"),
      ("daily-resting-heart-rate", "daily_resting_heart_rate", "dailyRestingHeartRate"),
      ("run-vo2-max", "run_vo2_max", "runVo2Max"),
    ])
  func forms(name: String, snake: String, camel: String) {
    let type = HealthDataType.named(name)
    #expect(type?.snake == snake)
    #expect(type?.camel == camel)
  }

  @Test(
    "what is no name of a type is none",
    arguments: ["", "Steps", "heart_rate", "heartRate", "step", "steps "])
  func unknown(name: String) {
    #expect(HealthDataType.named(name) == nil)
  }

  @Test(
    "a filter may name the members of its kind only",
    arguments: [
      ("steps", ["interval.start_time", "interval.civil_start_time"]),
      ("active-zone-minutes", ["interval.start_time", "interval.civil_start_time"]),
      ("weight", ["sample_time.physical_time", "sample_time.civil_time"]),
      ("heart-rate", ["sample_time.physical_time", "sample_time.civil_time"]),
      ("daily-resting-heart-rate", ["date"]),
      ("exercise", ["interval.civil_start_time"]),
      ("sleep", ["interval.end_time", "interval.civil_end_time"]),
      ("electrocardiogram", ["interval.start_time"]),
      ("total-calories", []),
    ] as [(String, [String])])
  func members(name: String, paths: [String]) {
    let members = HealthDataType.named(name)?.members ?? []
    #expect(members.map(\.path) == paths)
    #expect(members.allSatisfy { $0.isOfEnd == (name == "sleep") })
  }

  @Test(
    "four types have a short longest range",
    arguments: [
      ("heart-rate", 14),
      ("total-calories", 14),
      ("active-minutes", 14),
      ("calories-in-heart-rate-zone", 14),
      ("steps", 90),
      ("weight", 90),
      ("daily-resting-heart-rate", 90),
    ])
  func ranges(name: String, days: Int) {
    #expect(HealthDataType.named(name)?.longestRange == days)
  }

  @Test(
    "sleep and exercise have pages of 25, all others of 1440 to 10000",
    arguments: HealthDataType.all)
  func pages(type: HealthDataType) {
    let isSession = ["sleep", "exercise"].contains(type.name)
    #expect(type.isSession == isSession)
    #expect(type.pageSizes.usual == (isSession ? 25 : 1_440))
    #expect(type.pageSizes.most == (isSession ? 25 : 10_000))
  }
}
