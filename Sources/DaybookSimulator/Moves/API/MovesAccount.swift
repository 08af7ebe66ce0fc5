import DaybookCore

/// The answers that are about the account and not about days.
extension MovesModel {
  func profile(_ person: Int, _ now: Instant) -> [UInt8] {
    var out = ByteWriter(reserving: 400)
    out.raw("{\"userId\":")
    out.integer(userID(person))
    out.raw(",\"profile\":{\"firstDate\":\"")
    out.raw(CivilText.compact(settings.firstDay))
    out.raw("\",\"currentTimeZone\":{\"id\":")
    out.string(zone.id)
    out.raw(",\"offset\":")
    out.integer(zone.offset(at: now))
    out.raw("},\"localization\":{\"language\":\"en\",\"locale\":\"en_GB\",")
    out.raw("\"firstWeekDay\":2,\"metric\":true},\"caloriesAvailable\":")
    out.raw(settings.caloriesAvailable ? "true" : "false")
    out.raw(",\"platform\":\"ios\"}}")
    return out.bytes
  }

  /// `/activities`
  static let supported: [UInt8] = {
    var out = ByteWriter()
    var separator: StaticString = "["
    for mode in TravelMode.allCases {
      out.raw(separator)
      separator = ","
      out.raw("{\"activity\":\"")
      out.raw(mode.rawValue)
      out.raw("\",\"group\":\"")
      out.raw(mode.group)
      out.raw("\",\"geo\":true,\"place\":false,\"color\":\"")
      out.raw(mode.color)
      out.raw("\",\"units\":\"")
      out.raw(mode.metresPerStep10 > 0 ? "duration,distance,steps" : "duration,distance")
      out.raw(mode.caloriesPerHour > 0 ? ",calories\"}" : "\"}")
    }
    out.raw("]")
    return out.bytes
  }()
}
