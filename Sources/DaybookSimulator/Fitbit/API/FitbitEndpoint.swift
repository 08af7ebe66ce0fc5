/// What can be read of a person over days.
enum FitbitResource: String, CaseIterable, Hashable, Sendable {
  case steps, calories, distance, floors, elevation
  case swimmingStrokes = "swimming-strokes"
  case minutesSedentary, minutesLightlyActive, minutesFairlyActive, minutesVeryActive
  case activityCalories, caloriesBMR

  /// There are values for each minute, too.
  var isIntraday: Bool {
    switch self {
    case .steps, .calories, .distance, .floors, .elevation, .swimmingStrokes: true
    default: false
    }
  }
}

/// What a path asks for.
enum FitbitData: Hashable, Sendable {
  case profile, devices, summary
  case series(FitbitResource)
  case intraday(FitbitResource)
  case heart, heartIntraday
  case variability, saturation, breathing
  case sleep, weight

  var scope: String {
    switch self {
    case .profile: "profile"
    case .devices: "settings"
    case .summary, .series, .intraday: "activity"
    case .heart, .heartIntraday, .variability: "heartrate"
    case .saturation: "oxygen_saturation"
    case .breathing: "respiratory_rate"
    case .sleep: "sleep"
    case .weight: "weight"
    }
  }

  /// Days in one call.
  var longest: Int {
    switch self {
    case .series(.activityCalories): 30
    case .series, .heart: 1_095
    case .variability, .saturation, .breathing: 30
    case .sleep: 100
    case .weight: 31
    case .profile, .devices, .summary, .intraday, .heartIntraday: 1
    }
  }

  var isIntraday: Bool {
    switch self {
    case .intraday, .heartIntraday: true
    default: false
    }
  }

  /// For statistics.
  var name: String {
    switch self {
    case .profile: "profile"
    case .devices: "devices"
    case .summary: "summary"
    case .series(let resource): resource.rawValue
    case .intraday(let resource): "\(resource.rawValue)-intraday"
    case .heart: "heart"
    case .heartIntraday: "heart-intraday"
    case .variability: "hrv"
    case .saturation: "spo2"
    case .breathing: "br"
    case .sleep: "sleep"
    case .weight: "weight"
    }
  }

  var call: FitbitStats.Call {
    switch self {
    case .series: .series
    case .intraday: .intraday
    case .heartIntraday: .heartIntraday
    default: FitbitStats.Call(rawValue: name) ?? .other
    }
  }
}

/// A path of the data API, taken apart but not yet judged.
struct FitbitEndpoint: Hashable, Sendable {
  var user: String
  var data: FitbitData
  /// None, one or two, as they stand in the path.
  var dates: [Substring] = []
  /// `1min` and so on, as it stands in the path.
  var detail: Substring?
  /// Two times of day, or none.
  var clock: [Substring] = []

  private init(_ user: String, _ data: FitbitData, _ dates: ArraySlice<Substring> = []) {
    self.user = user
    self.data = data
    self.dates = Array(dates)
  }

  /// Nil: there is no such path. `components` are those of the whole path.
  init?(_ components: [Substring]) {
    guard components.count > 3, components[1] == "user", let last = components.last,
      last.hasSuffix(".json")
    else { return nil }
    let user = String(components[2])
    let path = Array(components[3...].dropLast()) + [last.dropLast(5)]
    switch (components[0], path[0], path.count) {
    case ("1", "profile", 1): self.init(user, .profile)
    case ("1", "devices", 1): self.init(user, .devices)
    case ("1.2", "sleep", 3...4) where path[1] == "date": self.init(user, .sleep, path[2...])
    case ("1", "body", 5...6) where path[1...3] == ["log", "weight", "date"]:
      self.init(user, .weight, path[4...])
    case ("1", "hrv", 4...5): self.init(user, .variability, nightly: path)
    case ("1", "spo2", 4...5): self.init(user, .saturation, nightly: path)
    case ("1", "br", 4...5): self.init(user, .breathing, nightly: path)
    case ("1", "activities", 3) where path[1] == "date": self.init(user, .summary, path[2...])
    case ("1", "activities", 5...) where path[2] == "date":
      self.init(user, resource: String(path[1]), Array(path[3...]))
    default: return nil
    }
  }

  /// `hrv/date/D/all` or `hrv/date/S/E/all`.
  private init?(_ user: String, _ data: FitbitData, nightly path: [Substring]) {
    guard path[1] == "date", path.last == "all" else { return nil }
    self.init(user, data, path[2...].dropLast())
  }

  /// `S/E`, `D/1d/1min`, `S/E/1min`, the last two with `time/10:00/11:00`.
  private init?(_ user: String, resource: String, _ rest: [Substring]) {
    let known = FitbitResource(rawValue: resource)
    guard resource == "heart" || known != nil else { return nil }
    guard rest.count > 2 else {
      self.init(user, known.map { .series($0) } ?? .heart, rest[...])
      return
    }
    guard rest.count == 3 || rest.count == 6 && rest[3] == "time", known?.isIntraday != false else {
      return nil
    }
    let dates = rest[1] == "1d" ? rest[0...0] : rest[0...1]
    self.init(user, known.map { .intraday($0) } ?? .heartIntraday, dates)
    detail = rest[2]
    clock = Array(rest[3...].dropFirst())
  }
}
