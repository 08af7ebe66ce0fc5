import DaybookCore
import Testing

@testable import DaybookSimulator

struct PointWriterTests {
  /// All points of a type of one week.
  static func points(
    _ type: String, reconciles: Bool = false,
    _ adjust: (inout GoogleHealthSettings) -> Void = { _ in }
  ) -> [JSONValue] {
    var client = GoogleHealthClient.signedIn {
      $0.heartRateEvery = 900
      adjust(&$0)
    }
    let known = HealthDataType.named(type)
    let member = "\(known?.snake ?? "").\(known?.members.last?.path ?? "")"
    return client.all(
      type, "\(member) >= \"2026-02-02\" AND \(member) < \"2026-02-09\"",
      method: reconciles ? "dataPoints:reconcile" : "dataPoints")
  }

  @Test(
    "a point has its type's member, with the values of the facts",
    arguments: [
      ("steps", "steps", ["interval", "count"]),
      ("distance", "distance", ["interval", "millimeters"]),
      ("floors", "floors", ["interval", "count"]),
      ("altitude", "altitude", ["interval", "gainMillimeters"]),
      ("active-energy-burned", "activeEnergyBurned", ["interval", "kcal"]),
      ("basal-energy-burned", "basalEnergyBurned", ["interval", "kcal"]),
      (
        "active-zone-minutes", "activeZoneMinutes",
        ["interval", "heartRateZone", "activeZoneMinutes"]
      ),
      ("heart-rate", "heartRate", ["sampleTime", "beatsPerMinute"]),
      (
        "heart-rate-variability", "heartRateVariability",
        [
          "sampleTime", "rootMeanSquareOfSuccessiveDifferencesMilliseconds",
          "standardDeviationMilliseconds",
        ]
      ),
      ("oxygen-saturation", "oxygenSaturation", ["sampleTime", "percentage"]),
      ("daily-resting-heart-rate", "dailyRestingHeartRate", ["date", "beatsPerMinute"]),
      ("daily-oxygen-saturation", "dailyOxygenSaturation", ["date", "averagePercentage"]),
      ("daily-respiratory-rate", "dailyRespiratoryRate", ["date", "breathsPerMinute"]),
      ("weight", "weight", ["sampleTime", "weightGrams"]),
      ("body-fat", "bodyFat", ["sampleTime", "percentage"]),
      (
        "respiratory-rate-sleep-summary", "respiratoryRateSleepSummary",
        ["sampleTime", "deepSleepStats", "lightSleepStats", "remSleepStats", "fullSleepStats"]
      ),
    ])
  func members(type: String, camel: String, members: [String]) {
    let all = Self.points(type)
    #expect(!all.isEmpty)
    for point in all { #expect(point[camel]?.keys == members) }
  }

  @Test(
    "numbers of 64 bits are strings, doubles are numbers",
    arguments: [
      ("steps", "count", true),
      ("distance", "millimeters", true),
      ("floors", "count", true),
      ("active-energy-burned", "kcal", false),
      ("active-zone-minutes", "activeZoneMinutes", true),
      ("heart-rate", "beatsPerMinute", true),
      ("heart-rate-variability", "standardDeviationMilliseconds", false),
      ("oxygen-saturation", "percentage", false),
      ("daily-resting-heart-rate", "beatsPerMinute", true),
      ("weight", "weightGrams", false),
    ])
  func numbers(type: String, member: String, isText: Bool) {
    for point in Self.points(type) {
      let value = point[HealthDataType.named(type)?.camel ?? ""]?[member]
      #expect((value?.string.flatMap { Int($0) } != nil) == isText)
      #expect((value?.double != nil) == !isText)
    }
  }

  @Test("a raw point names its source")
  func source() {
    let points = Self.points("steps")
    for point in points {
      #expect(point.keys == ["dataSource", "steps"])
      #expect(
        point["dataSource"] == [
          "platform": "FITBIT", "recordingMethod": "PASSIVELY_MEASURED",
          "device": [
            "displayName": "Band X", "formFactor": "FITNESS_BAND", "manufacturer": "Example",
          ],
        ])
    }
  }

  @Test("a reconciled point has no source")
  func reconciled() {
    for type in ["steps", "heart-rate", "daily-resting-heart-rate"] {
      for point in Self.points(type, reconciles: true) { #expect(point.keys.count == 1) }
    }
  }

  @Test("only some types carry a name, which a reconciled point calls otherwise")
  func names() {
    for type in ["sleep", "exercise", "weight"] {
      let raw = Self.points(type)
      let merged = Self.points(type, reconciles: true)
      #expect(!raw.isEmpty && raw.count == merged.count)
      for (a, b) in zip(raw, merged) {
        let name = a["name"]?.string ?? ""
        let pattern = #/users/\d{18}/dataTypes/[a-z]+/dataPoints/\d+/#
        #expect(name.wholeMatch(of: pattern) != nil)
        #expect(name.contains("/\(type)/"))
        #expect(a["dataPointName"] == nil)
        #expect(b["dataPointName"]?.string == name)
        #expect(b["name"] == nil && b["dataSource"] == nil)
      }
      #expect(Set(raw.compactMap { $0["name"]?.string }).count == raw.count)
    }
    for type in ["steps", "heart-rate"] {
      #expect(Self.points(type).allSatisfy { $0["name"] == nil })
    }
  }

  @Test("the phone is another source of the same minutes")
  func phone() {
    let all = Self.points("steps") { $0.phoneRate = 1 }
    let devices = all.map { $0["dataSource"]?["device"]?["displayName"]?.string ?? "" }
    #expect(Set(devices) == ["Band X", "Phone Y"])
    let merged = Self.points("steps", reconciles: true) { $0.phoneRate = 1 }
    #expect(merged.count == devices.count { $0 == "Band X" })
  }

  @Test("heart rate zones are named")
  func zones() {
    let zones = Self.points("active-zone-minutes").compactMap {
      $0["activeZoneMinutes"]?["heartRateZone"]?.string
    }
    #expect(!zones.isEmpty)
    #expect(zones.allSatisfy { ["FAT_BURN", "CARDIO", "PEAK"].contains($0) })
  }

  @Test("physical and civil times fit together")
  func times() {
    for point in Self.points("steps").prefix(200) {
      let interval = point["steps"]?["interval"]
      let start = Instant(rfc3339: interval?["startTime"]?.string ?? "")
      let end = Instant(rfc3339: interval?["endTime"]?.string ?? "")
      #expect(start.map { $0 + .seconds(60) } == end)
      let local = (start?.seconds ?? 0) + 3_600
      let date = Day(number: Int(local / 86_400)).civil
      #expect(interval?["civilStartTime"]?["date"]?["day"]?.int == Int64(date.day))
      let time = interval?["civilStartTime"]?["time"]
      let clock = (time?["hours"]?.int ?? 0) * 60 + (time?["minutes"]?.int ?? 0)
      #expect(clock == local % 86_400 / 60)
    }
  }
}
