import DaybookCore

/// Writes data points as the API prints them. Members of values that the facts do not name are not
/// confirmed.
struct PointWriter {
  let type: HealthDataType
  let history: HealthHistory
  let moment: HealthMoment
  /// `users/…`
  let user: String
  /// Without `dataSource`, and named otherwise.
  let reconciles: Bool
  /// Written before each point of the wearable, and of the phone.
  private let sources: [[UInt8]]
  var text: HealthWriter

  init(
    _ type: HealthDataType, _ history: HealthHistory, _ moment: HealthMoment, user: String,
    reconciles: Bool, isFitbit: Bool, zones: ZoneTrack, reserving capacity: Int = 4_096
  ) {
    self.type = type
    self.history = history
    self.moment = moment
    self.user = user
    self.reconciles = reconciles
    self.sources = [0, 1].map { PointWriter.source($0, isFitbit: isFitbit) }
    self.text = HealthWriter(zones, reserving: capacity)
  }

  private static func source(_ index: Int, isFitbit: Bool) -> [UInt8] {
    var out = ByteWriter(reserving: 200)
    out.raw("\"dataSource\":{\"platform\":")
    out.string(isFitbit ? "FITBIT" : "HEALTH_CONNECT")
    out.raw(",\"recordingMethod\":\"PASSIVELY_MEASURED\",\"device\":{\"displayName\":")
    out.string(index == 0 ? "Band X" : "Phone Y")
    out.raw(",\"formFactor\":")
    out.string(index == 0 ? "FITNESS_BAND" : "PHONE")
    out.raw(",\"manufacturer\":\"Example\"}")
    if !isFitbit { out.raw(",\"application\":{\"packageName\":\"org.example.health\"}") }
    out.raw("},")
    return out.bytes
  }

  /// Digits that say which point it is.
  static func id(_ point: HealthPoint) -> String { String(point.block * 100 + point.a % 100) }

  mutating func point(_ point: HealthPoint) {
    text.out.raw("{")
    if type.methods.contains(.get) {
      text.out.raw(reconciles ? "\"dataPointName\":" : "\"name\":")
      let id = type.isSession ? PointWriter.id(point) : String(point.block * 100)
      text.out.string("\(user)/dataTypes/\(type.name)/dataPoints/\(id)")
      text.out.raw(",")
    }
    if !reconciles { text.out.bytes(sources[point.source][...]) }
    text.out.string(type.camel)
    text.out.raw(":{")
    value(point)
    text.out.raw("}}")
  }

  private mutating func value(_ point: HealthPoint) {
    switch type.kind {
    case .interval: text.interval(point.start, point.end)
    case .sample: text.sampleTime(point.start)
    case .daily:
      text.out.raw("\"date\":")
      text.out.date(Day(number: point.block))
    case .sleep: return sleep(point)
    case .exercise: return exercise(point)
    case .electrocardiogram, .sum: return
    }
    amounts(point)
  }

  private mutating func amounts(_ point: HealthPoint) {
    switch type.stream {
    case .steps, .floors: int64("count", point.a)
    case .distance: int64("millimeters", point.a)
    case .altitude: int64("gainMillimeters", point.a)
    case .activeEnergy, .basalEnergy: number("kcal", point.a)
    case .activeZoneMinutes:
      text.out.raw(",\"heartRateZone\":")
      text.out.string(["FAT_BURN", "CARDIO", "PEAK"][point.b])
      int64("activeZoneMinutes", point.a)
    case .heartRate, .restingHeartRate: int64("beatsPerMinute", point.a)
    case .heartRateVariability:
      number("rootMeanSquareOfSuccessiveDifferencesMilliseconds", point.a * 1_000)
      number("standardDeviationMilliseconds", point.b * 1_000)
    case .dailyHeartRateVariability:
      number("averageHeartRateVariabilityMilliseconds", point.a * 1_000)
    case .oxygenSaturation, .bodyFat: number("percentage", point.a)
    case .dailyOxygenSaturation: number("averagePercentage", point.a)
    case .dailyRespiratoryRate: number("breathsPerMinute", point.a)
    case .respiratoryRate: breaths(point)
    case .weight: number("weightGrams", point.a)
    case .totalEnergy, .sleep, .exercise, nil: break
    }
  }

  /// A figure for each stage and one for the night.
  private mutating func breaths(_ point: HealthPoint) {
    let stages = [("deepSleepStats", -4), ("lightSleepStats", 1), ("remSleepStats", 7)]
    for (name, tenths) in stages + [("fullSleepStats", 0)] {
      text.out.raw(",")
      text.out.string(name)
      text.out.raw(":{\"breathsPerMinute\":")
      text.out.millionths(point.a + tenths * 100_000)
      text.out.raw("}")
    }
  }

  mutating func int64(_ name: String, _ value: Int) {
    guard value != 0 else { return }
    text.out.raw(",")
    text.out.string(name)
    text.out.raw(":")
    text.out.int64(value)
  }

  /// A double, in millionths.
  mutating func number(_ name: String, _ value: Int) {
    guard value != 0 else { return }
    text.out.raw(",")
    text.out.string(name)
    text.out.raw(":")
    text.out.millionths(value)
  }
}
