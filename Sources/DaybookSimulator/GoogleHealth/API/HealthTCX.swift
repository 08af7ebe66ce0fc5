import DaybookCore

/// exportExerciseTcx: a workout as a Training Center Database (Garmin's schema, version 2).
extension GoogleHealthModel {
  /// The document itself with `alt=media`, else a JSON object that holds it as text.
  ///
  /// The person's track is a secret of its own: without the scope for places it is refused. A
  /// workout without GPS, on a bike that does not move, is refused too unless partial data will do.
  mutating func exportTCX(_ id: String, _ request: SimRequest, _ grant: GoogleGrant, _ now: Instant)
    throws(HealthFault) -> SimResponse
  {
    try need("activity_and_fitness", grant)
    try need("location", grant)
    let workout = try workout(id, grant.person, now)
    let isPartial = request.parameter("partialData") == "true"
    // Not confirmed: how a workout without GPS is refused.
    guard workout.hasGPS || isPartial else { throw .notFound }
    let document = HealthTCX(workout).bytes
    guard request.parameter("alt") == "media" else {
      var out = ByteWriter(reserving: document.count * 2)
      out.raw("{\"tcxData\":")
      out.string(String(decoding: document, as: UTF8.self))
      out.raw("}")
      return HealthFault.json(200, out.bytes)
    }
    return SimResponse(
      200, headers: [SimField("Content-Type", "application/vnd.garmin.tcx+xml")], body: document)
  }

  private func workout(_ id: String, _ person: Int, _ now: Instant) throws(HealthFault)
    -> HealthExercise
  {
    guard let number = CivilText.number(id) else { throw .notFound }
    let moment = moment(person, now)
    let known = histories[person].points(.exercise, number / 100, moment)
    guard known.contains(where: { $0.a == number % 100 }),
      let found = histories[person].exercises(number / 100, now: moment.now)
        .first(where: { $0.ordinal == number % 100 })
    else { throw .notFound }
    return found
  }
}

extension HealthExercise {
  /// Every fifth ride is one indoors.
  var hasGPS: Bool { kind != .biking || (start / 60) % 5 != 0 }
}

/// Writes the document: a lap, and a track point each minute, around a lake in Helsinki.
private struct HealthTCX {
  private var out = ByteWriter(reserving: 16_384)
  private let workout: HealthExercise

  init(_ workout: HealthExercise) {
    self.workout = workout
  }

  var bytes: [UInt8] {
    var copy = self
    copy.write()
    return copy.out.bytes
  }

  private mutating func write() {
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase ")
    out.raw("xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"><Activities>")
    out.raw(
      workout.kind == .biking ? "<Activity Sport=\"Biking\">" : "<Activity Sport=\"Running\">")
    element("Id", time(workout.start))
    out.raw("<Lap StartTime=\"")
    out.raw(time(workout.start))
    out.raw("\">")
    element("TotalTimeSeconds", "\(workout.end - workout.start).0")
    element("DistanceMeters", "\(workout.kind.distance * workout.minutes / 1_000).0")
    element("Calories", "\(workout.minutes * (workout.kind.zone + 2) * 3)")
    out.raw("<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>")
    for minute in 0...workout.minutes { point(minute) }
    out.raw("</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n")
  }

  private mutating func point(_ minute: Int) {
    out.raw("<Trackpoint>")
    element("Time", time(workout.start + minute * 60))
    if workout.hasGPS {
      out.raw("<Position>")
      element("LatitudeDegrees", "60.\(1_700 + minute % 37)")
      element("LongitudeDegrees", "24.\(9_300 + minute % 53)")
      out.raw("</Position>")
    }
    element("DistanceMeters", "\(workout.kind.distance * minute / 1_000).0")
    out.raw("<HeartRateBpm>")
    element("Value", "\(96 + workout.kind.zone * 22 + minute % 7)")
    out.raw("</HeartRateBpm></Trackpoint>")
  }

  private mutating func element(_ name: String, _ text: String) {
    out.raw("<\(name)>\(text)</\(name)>")
  }

  private func time(_ seconds: Int) -> String { Instant(seconds: Int64(seconds)).rfc3339 }
}
