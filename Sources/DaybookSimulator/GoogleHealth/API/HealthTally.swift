/// What a window adds up to.
struct HealthTally: Hashable, Sendable {
  private(set) var count = 0
  private(set) var sum = 0
  private(set) var least = Int.max
  private(set) var most = Int.min
  /// By `b` of the points.
  private(set) var byZone = [0, 0, 0]

  mutating func add(_ point: HealthPoint) {
    count += 1
    sum += point.a
    least = min(least, point.a)
    most = max(most, point.a)
    if byZone.indices.contains(point.b) { byZone[point.b] += point.a }
  }

  /// `"steps":{"countSum":"8000"}`. Names but those of counts, energy and heart rate are not
  /// confirmed.
  func write(_ type: HealthDataType, _ out: inout ByteWriter) {
    switch type.stream {
    case .restingHeartRate: out.raw("\"restingHeartRatePersonalRange\":{")
    case .dailyHeartRateVariability: out.raw("\"heartRateVariabilityPersonalRange\":{")
    default:
      out.string(type.camel)
      out.raw(":{")
    }
    switch type.stream {
    case .steps, .floors: whole("countSum", sum, &out)
    case .distance: whole("millimetersSum", sum, &out)
    case .altitude: whole("gainMillimetersSum", sum, &out)
    case .activeEnergy, .totalEnergy: double("kcalSum", sum, &out)
    case .activeZoneMinutes: zones(&out)
    case .heartRate: rates(&out)
    case .weight: double("weightGramsAvg", sum / max(1, count), &out)
    case .bodyFat: double("percentageAvg", sum / max(1, count), &out)
    case .restingHeartRate: range("beatsPerMinute", 1_000_000, &out)
    case .dailyHeartRateVariability: range("averageMilliseconds", 1_000, &out)
    default: break
    }
    out.raw("}")
  }

  private func whole(_ name: String, _ value: Int, _ out: inout ByteWriter) {
    out.string(name)
    out.raw(":")
    out.int64(value)
  }

  private func double(_ name: String, _ millionths: Int, _ out: inout ByteWriter) {
    out.string(name)
    out.raw(":")
    out.millionths(millionths)
  }

  private func rates(_ out: inout ByteWriter) {
    double("beatsPerMinuteAvg", sum * 1_000_000 / max(1, count), &out)
    out.raw(",")
    double("beatsPerMinuteMax", most * 1_000_000, &out)
    out.raw(",")
    double("beatsPerMinuteMin", least * 1_000_000, &out)
  }

  private func range(_ name: String, _ factor: Int, _ out: inout ByteWriter) {
    double(name + "Min", least * factor, &out)
    out.raw(",")
    double(name + "Max", most * factor, &out)
  }

  private func zones(_ out: inout ByteWriter) {
    var separator: StaticString = ""
    for (zone, minutes) in zip(["FatBurn", "Cardio", "Peak"], byZone) where minutes > 0 {
      out.raw(separator)
      separator = ","
      whole("sumIn\(zone)HeartZone", minutes, &out)
    }
  }
}
