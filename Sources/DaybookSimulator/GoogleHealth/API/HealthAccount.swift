import DaybookCore

/// The answers that are about the account and not about points. Members that the facts do not name
/// are not confirmed.
extension GoogleHealthModel {
  /// 18 digits, beyond what a double holds.
  public func healthUserID(_ person: Int) -> String {
    var random = Seeded(settings.seed, person, 81)
    return String(100_000_000_000_000_000 + random.below(800_000_000_000_000_000))
  }

  /// The Fitbit id: six characters.
  public func legacyUserID(_ person: Int) -> String {
    var random = Seeded(settings.seed, person, 82)
    let alphabet = Array("23456789BCDFGHJKLMNPQRSTVWXYZ")
    return String((0..<6).map { _ in alphabet[random.below(alphabet.count)] })
  }

  func identity(_ person: Int) -> [UInt8] {
    var out = ByteWriter(reserving: 160)
    name("identity", person, &out)
    out.raw(",\"healthUserId\":")
    out.string(healthUserID(person))
    if !settings.withoutFitbit.contains(person) {
      out.raw(",\"legacyUserId\":")
      out.string(legacyUserID(person))
    }
    out.raw("}")
    return out.bytes
  }

  private func name(_ what: String, _ person: Int, _ out: inout ByteWriter) {
    out.raw("{\"name\":")
    out.string("users/\(healthUserID(person))/\(what)")
  }

  func profile(_ person: Int, _ now: Instant) -> [UInt8] {
    var random = Seeded(settings.seed, person, 83)
    var out = ByteWriter(reserving: 240)
    name("profile", person, &out)
    out.raw(",\"age\":")
    out.integer(random.within(25...70))
    out.raw(",\"membershipStartDate\":")
    out.date(settings.firstDay)
    out.raw(",\"autoWalkingStrideLengthMm\":")
    out.integer(random.within(650...780))
    out.raw(",\"autoRunningStrideLengthMm\":")
    out.integer(random.within(950...1_150))
    out.raw("}")
    return out.bytes
  }

  func userSettings(_ person: Int, _ now: Instant) -> [UInt8] {
    var out = ByteWriter(reserving: 240)
    name("settings", person, &out)
    out.raw(",\"timeZone\":")
    out.string(zone.id)
    out.raw(",\"utcOffset\":\"")
    out.integer(zone.offset(at: now))
    out.raw("s\",\"distanceUnit\":\"DISTANCE_UNIT_KILOMETERS\"")
    out.raw(",\"weightUnit\":\"WEIGHT_UNIT_KILOGRAMS\"}")
    return out.bytes
  }

  func pairedDevices(
    _ request: SimRequest, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    let context = "devices|\(person)"
    let size = try pageSize(query("pageSize", "page_size", request), (5, 100))
    let text = query("pageToken", "page_token", request) ?? ""
    var place = HealthPageToken()
    if !text.isEmpty {
      guard let known = HealthPageToken(text, context) else { throw .argument("wrong pageToken") }
      place = known
    }
    let first = place.start == .max ? 0 : place.start
    let all = settings.withoutFitbit.contains(person) ? 0 : max(0, settings.devices)
    let shown = first..<max(first, min(all, first + size))
    var out = ByteWriter(reserving: 400)
    out.raw("{")
    for i in shown {
      out.raw(i == first ? "\"pairedDevices\":[" : ",")
      device(i, person, now, &out)
    }
    if !shown.isEmpty { out.raw("]") }
    if shown.upperBound < all {
      out.raw(",\"nextPageToken\":")
      out.string(place.next(start: shown.upperBound).text(context))
    }
    out.raw("}")
    return out.bytes
  }

  /// The first is the band; a second one, a scale, was last heard of in the morning.
  private func device(_ index: Int, _ person: Int, _ now: Instant, _ out: inout ByteWriter) {
    let synced = moment(person, now).synced - index * 36_000
    name("pairedDevices/\(index + 1)", person, &out)
    out.raw(",\"deviceType\":")
    out.string(index == 0 ? "TRACKER" : "SCALE")
    out.raw(",\"deviceVersion\":")
    out.string(index == 0 ? "Band X" : "Scale \(index)")
    out.raw(",\"batteryLevel\":")
    out.integer(95 - floorDividing(synced, 86_400) % 7 * 12)
    out.raw(",\"batteryStatus\":\"HIGH\",\"lastSyncTime\":")
    out.string(Instant(seconds: Int64(synced)).rfc3339)
    out.raw("}")
  }
}
