import DaybookCore

/// The OwnTracks Recorder 1.0.1 as seen over HTTP: what its API answers was compared with the
/// program itself. It has no login, no limits and sends no `Date`.
public struct OwnTracksModel: ProviderModel {
  public let settings: OwnTracksSettings
  public internal(set) var stats = OwnTracksStats()
  public var end = ServiceEnd.running

  /// In the order they became known.
  var devices: [OwnTracksSettings.Device]
  var tracks: [LocationTrack]

  public init(_ settings: OwnTracksSettings) {
    self.settings = settings
    self.devices = settings.devices
    self.tracks = settings.devices.indices.map {
      LocationTrack(seed: settings.seed &+ UInt64($0) &* 7_919, settings: settings)
    }
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var response = end.answer("gone\n") ?? route(request, Int(now.seconds))
    response.framing = .chunked
    if response.status >= 400 { stats.bad += 1 }
    return response
  }

  private mutating func route(_ request: SimRequest, _ now: Int) -> SimResponse {
    let path = request.components
    if path == ["pub"], request.method == "POST" { return publish(request, now) }
    guard path.starts(with: ["api", "0"]) else {
      stats.add(.other)
      return .text(404, "404 Not Found\n", type: "text/plain")
    }
    let verb = path.count == 3 ? String(path[2]) : ""
    if verb == "version" {
      stats.add(.other)
      return json("{\"version\":\"\(settings.version)\",\"git\":\"simulated\"}")
    }
    if ["last", "monitor", "q", "photo", "kill"].contains(verb) {
      stats.add(.other)
      return plain(501, "not simulated\n")
    }
    return data(verb, RecorderQuery(request), now)
  }

  /// What needs a range: it is checked before the verb is looked at.
  private mutating func data(_ verb: String, _ query: RecorderQuery, _ now: Int) -> SimResponse {
    guard let format = query.format else { return plain(400, "unrecognized format\n") }
    guard let range = query.range(now: now) else {
      return plain(416, "impossible date/time ranges\n")
    }
    switch verb {
    case "list":
      stats.add(.lists)
      return json(list(query, until: range.to, now))
    case "locations":
      stats.add(.locations)
      guard let user = query.user, let device = query.device else {
        return plain(416, "user and device are required\n")
      }
      let points = locations(user, device, range, limit: query.limit, now)
      stats.points += points.count
      return LocationAnswer(
        points: points, fields: query.fields, zone: settings.zone, version: settings.version
      ).response(format)
    default:
      stats.add(.other)
      return plain(200, "no comprendo")
    }
  }

  private func track(_ user: String, _ device: String) -> LocationTrack? {
    devices.firstIndex(of: .init(user: user, device: device)).map { tracks[$0] }
  }

  /// Users, devices of a user, or month files of a device with their whole paths.
  private func list(_ query: RecorderQuery, until to: Int, _ now: Int) -> String {
    guard let user = query.user else { return results(Set(devices.map(\.user)).sorted()) }
    let ofUser = devices.filter { $0.user == user }.map(\.device)
    guard let device = query.device else {
      return ofUser.isEmpty
        ? "{\"error\":\"Cannot open requested directory\"}" : results(ofUser.sorted())
    }
    guard let track = track(user, device) else {
      return "{\"error\":\"Cannot lsscan requested directory\"}"
    }
    let files = track.months(now: now).filter { $0 <= LocationPoint.month(of: to) }
    return results(files.map { file($0, user, device) })
  }

  private func file(_ month: Int, _ user: String, _ device: String) -> String {
    let first = Day(year: month / 12, month: month % 12 + 1, day: 1) ?? settings.firstDay
    return "\(settings.storage)/rec/\(user)/\(device)/\(first.description.dropLast(3)).rec"
  }

  private func results(_ names: [String]) -> String {
    var out = ByteWriter()
    out.raw("{\"results\":[")
    for (i, name) in names.enumerated() {
      if i > 0 { out.raw(",") }
      out.string(name)
    }
    out.raw("]}")
    return String(decoding: out.bytes, as: UTF8.self)
  }

  /// With a limit only the newest file in the range is read, backwards.
  private func locations(
    _ user: String, _ device: String, _ range: (from: Int, to: Int), limit: Int, _ now: Int
  ) -> [LocationPoint] {
    guard let track = track(user, device) else { return [] }
    let points = track.points(after: range.from, before: range.to, now: now)
    guard limit > 0 else { return points }
    let months = LocationPoint.month(of: range.from)...LocationPoint.month(of: range.to)
    guard let newest = track.months(now: now).last(where: months.contains) else { return [] }
    return points.filter { $0.month == newest }.reversed().prefix(limit).map { $0 }
  }

  // MARK: Answers

  func json(_ text: String) -> SimResponse { LocationAnswer.json(Array(text.utf8)) }

  func plain(_ status: Int, _ text: String) -> SimResponse {
    SimResponse(status, body: Array(text.utf8))
  }

  // MARK: Kinds

  /// Whether the path is one of the recorder's.
  public func owns(_ request: SimRequest) -> Bool {
    let path = request.components
    return path.starts(with: ["api", "0"]) || path == ["pub"]
  }

  public func kind(of request: SimRequest) -> SimKind {
    let path = request.components
    guard path.starts(with: ["api", "0"]), path.count == 3 else { return .other }
    switch path[2] {
    case "list": return .index
    case "locations": return .data
    case "version": return .account
    default: return .other
    }
  }

  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    guard kind(of: request) == .data, request.query.contains(where: { $0.name == "from" }) else {
      return nil
    }
    let fields = request.query.map { field in
      let time = ["from", "to"].contains(field.name) ? RecorderTime.read(field.value) : nil
      let value = time.map { RecorderTime.text($0 - 86_400, separator: "T", end: "") }
      return "\(field.name)=\(FormText.encoded(value ?? field.value))"
    }
    return SimRequest(
      request.method, request.path + "?" + fields.joined(separator: "&"), headers: request.headers,
      body: request.body)
  }
}
