/// One point of one stream. What its values mean depends on the stream.
struct HealthPoint: Hashable, Sendable {
  /// Seconds since 1970; a sample's start is its end.
  var start: Int
  var end: Int
  /// The day whose data it is of: days since 1970. Of a daily value its date.
  var block: Int
  var a = 0
  var b = 0
  /// 0: the wearable, or whatever else is the first. 1: the phone.
  var source = 0

  /// Whether it comes behind such a place: newest first, of two at a time the phone's first.
  func isListed(behind start: Int, _ source: Int) -> Bool {
    (self.start, self.source) < (start, source)
  }
}

/// The streams that have data.
enum HealthStream: String, CaseIterable, Sendable {
  // `a`: what is counted; of energy millionths of a kilocalorie, of distances millimetres.
  case steps, distance, floors, altitude, activeEnergy, basalEnergy, totalEnergy
  /// `a`: minutes; `b`: the zone, 0 ..< 3.
  case activeZoneMinutes
  /// `a`: beats a minute.
  case heartRate, restingHeartRate
  /// `a` and `b`: thousandths of a millisecond.
  case heartRateVariability, dailyHeartRateVariability
  /// `a`: millionths of a per cent.
  case oxygenSaturation, dailyOxygenSaturation, bodyFat
  /// `a`: millionths of breaths a minute, of the whole night.
  case respiratoryRate, dailyRespiratoryRate
  /// `a`: millionths of a gram.
  case weight
  /// `a`: which one of the day.
  case sleep, exercise

  /// Measured at night and known when the night is over: listed with the day it ends on.
  var isOfNight: Bool {
    switch self {
    case .heartRateVariability, .oxygenSaturation, .respiratoryRate, .sleep: true
    default: isDaily
    }
  }

  var isDaily: Bool {
    switch self {
    case .restingHeartRate, .dailyHeartRateVariability, .dailyOxygenSaturation,
      .dailyRespiratoryRate:
      true
    default: false
    }
  }
}
