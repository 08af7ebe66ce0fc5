import DaybookCore

/// The answers that are about the account and not about days.
extension FitbitModel {
  func profile(_ person: Int, _ sync: WearerSync) -> [UInt8] {
    let wearer = wearers[person]
    var json = FitbitJSON()
    json.object {
      $0.object("user") {
        $0.integer("age", wearer.age)
        $0.text("displayName", static: "Jane D.")
        $0.text("distanceUnit", static: "METRIC")
        $0.text("encodedId", tokens.userID(person))
        $0.integer("height", wearer.heightInCentimetres)
        $0.text("locale", static: "en_GB")
        $0.day("memberSince", wearer.memberSince)
        // Of the moment, not of any day read.
        let offset = zone.offset(at: Instant(seconds: Int64(sync.now)))
        $0.integer("offsetFromUTCMillis", offset * 1_000)
        $0.text("startDayOfWeek", static: "MONDAY")
        $0.text("timezone", zone.id)
        $0.millionths("weight", wearer.weightInGrams / 100 * 100_000)
        $0.text("weightUnit", static: "METRIC")
      }
    }
    return json.bytes
  }

  func devices(_ person: Int, _ sync: WearerSync) -> [UInt8] {
    var json = FitbitJSON()
    json.array { list in
      if settings.hasScale, let weighed = lastWeighing(person, sync) {
        device(&list, person, "SCALE", "Aria Air", weighed, level: 55)
      }
      // Loaded about every five days.
      let level = 100 - (sync.last / 3_600 + person * 31) % 120 * 5 / 6
      let local = sync.last + zone.offset(at: Instant(seconds: Int64(sync.last)))
      device(&list, person, "TRACKER", "Charge 6", local, level: level)
    }
    return json.bytes
  }

  /// `synced`: local seconds since 1970.
  private func device(
    _ list: inout FitbitJSON, _ person: Int, _ type: StaticString, _ version: StaticString,
    _ synced: Int, level: Int
  ) {
    var random = Seeded(settings.seed, person, version.utf8CodeUnitCount)
    let day = floorDividing(synced, 86_400)
    list.object {
      $0.text("battery", level > 60 ? "High" : level > 25 ? "Medium" : level > 5 ? "Low" : "Empty")
      $0.integer("batteryLevel", level)
      $0.text("deviceVersion", static: version)
      $0.array("features") { _ in }
      $0.text("id", String(1_000_000_000 + random.below(1_000_000_000)))
      $0.moment("lastSyncTime", Day(number: day), synced - day * 86_400)
      $0.text("mac", random.hexText(12).uppercased())
      $0.text("type", static: type)
    }
  }

  /// Local seconds since 1970; nil: none in the last month.
  private func lastWeighing(_ person: Int, _ sync: WearerSync) -> Int? {
    for back in 0..<31 {
      let day = sync.today - back
      let own = wearers[person].weighings(day, revision: 0).map { day.number * 86_400 + $0.second }
      if let last = own.last(where: { $0 < sync.local }) { return last }
    }
    return nil
  }
}
