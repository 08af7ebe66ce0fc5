/// `POST /pub?u=USER&d=DEVICE`: how phones hand over points over HTTP.
extension OwnTracksModel {
  mutating func publish(_ request: SimRequest, _ now: Int) -> SimResponse {
    stats.add(.published)
    let user = (request.header("x-limit-u") ?? named("u", request) ?? "owntracks").lowercased()
    let device = (request.header("x-limit-d") ?? named("d", request) ?? "phone").lowercased()
    // What is no location is kept in the files and never answered: here it is dropped.
    if let point = OwnTracksModel.point(request.body, now: now) {
      file(point, OwnTracksSettings.Device(user: user, device: device))
    }
    return json("[]")
  }

  private func named(_ name: String, _ request: SimRequest) -> String? {
    request.query.first { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// A point without a time is of now; one without a place is none.
  static func point(_ body: [UInt8], now: Int) -> LocationPoint? {
    guard var members = FlatJSON.members(body),
      members.first(where: { $0.name == "_type" })?.value == .text("location"),
      let lat = degrees("lat", members), let lon = degrees("lon", members)
    else { return nil }
    var tst = now
    if let index = members.firstIndex(where: { $0.name == "tst" }) {
      switch members[index].value {
      case .integer(let n): tst = n
      case .text(let text): tst = Int(text) ?? 0
      case .millionths(let n): tst = n / 1_000_000
      case .json: return nil
      }
      members[index].value = .integer(tst)
    }
    members.append(LocationPoint.Member("_http", .json("true")))
    return LocationPoint(tst: tst, arrival: now, lat: lat, lon: lon, members: members)
  }

  private static func degrees(_ name: String, _ members: [LocationPoint.Member]) -> Int? {
    switch members.first(where: { $0.name == name })?.value {
    case .integer(let n): n * 1_000_000
    case .millionths(let n): n
    case .text(let text): Double(text).map { Int(($0 * 1e6).rounded()) }
    case .json, nil: nil
    }
  }

  private mutating func file(_ point: LocationPoint, _ device: OwnTracksSettings.Device) {
    if !devices.contains(device) {
      devices.append(device)
      // A device that only posts has no history of its own.
      var empty = settings
      empty.firstDay.number = Int(Int32.max)
      tracks.append(LocationTrack(seed: settings.seed, settings: empty))
    }
    guard tracks.reduce(0, { $0 + $1.posted.count }) < SimLimits.addedPoints,
      let index = devices.firstIndex(of: device)
    else { return }
    tracks[index].post(point)
  }
}
