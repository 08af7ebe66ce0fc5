import DaybookCore

/// The four kinds of days.
enum MovesStream: String, CaseIterable, Sendable {
  case summary, activities, places, storyline

  var hasSummary: Bool { self != .places }
  var hasSegments: Bool { self != .summary }
  /// Scopes without which it is refused.
  var scopes: [String] {
    switch self {
    case .summary, .activities: ["activity"]
    case .places: ["location"]
    case .storyline: ["activity", "location"]
    }
  }
}

/// Writes day objects as the API prints them.
struct DayWriter {
  let stream: MovesStream
  let timeline: Timeline
  let gazetteer: Gazetteer
  let zone: SimZone
  /// Nil: none. Otherwise the seconds between two of them.
  let pointEvery: Int?
  let calories: Bool
  /// Leave out days without a change since (seconds since 1970).
  let updatedSince: Int?
  var clock: ZoneClock
  var out = ByteWriter(reserving: 4_096)

  /// The array of these days as known at `now`, in seconds since 1970.
  mutating func days(_ days: ClosedRange<Day>, now: Int) -> [UInt8] {
    out.raw("[")
    var first = true
    for number in days.lowerBound.number...days.upperBound.number {
      let day = Day(number: number)
      let start = zone.start(of: day)
      let end = zone.start(of: day + 1)
      let segments = timeline.segments(from: start, to: end, now: now)
      let update = segments.map(timeline.lastUpdate).max().map { min($0, now) }
      if let updatedSince, (update ?? 0) < updatedSince { continue }
      if !first { out.raw(",") }
      first = false
      self.day(day, segments, from: start, to: end, update)
    }
    out.raw("]")
    return out.bytes
  }

  private mutating func day(
    _ day: Day, _ segments: [TimelineSegment], from: Int, to: Int, _ update: Int?
  ) {
    out.raw("{\"date\":\"")
    out.raw(CivilText.compact(day))
    out.raw("\"")
    if stream.hasSummary { summary(segments, from: from, to: to) }
    if stream.hasSegments { self.segments(segments) }
    if let update {
      if calories, stream != .places { out.raw(",\"caloriesIdle\":1684") }
      lastUpdate(update)
    }
    out.raw("}")
  }

  mutating func lastUpdate(_ moment: Int) {
    out.raw(",\"lastUpdate\":\"")
    clock.utc(moment, into: &out)
    out.raw("\"")
  }

  /// Sums by activity of what began on the day; null when nothing did.
  private mutating func summary(_ segments: [TimelineSegment], from: Int, to: Int) {
    var sums = [TravelMode: (seconds: Int, metres: Int, steps: Int)]()
    for segment in segments {
      for activity in segment.activities where activity.start >= from && activity.start < to {
        let old = sums[activity.mode] ?? (0, 0, 0)
        sums[activity.mode] = (
          old.seconds + activity.end - activity.start, old.metres + activity.distance,
          old.steps + activity.steps
        )
      }
    }
    out.raw(",\"summary\":")
    if sums.isEmpty { return out.raw("null") }
    var separator: StaticString = "["
    for mode in TravelMode.allCases {
      guard let sum = sums[mode] else { continue }
      out.raw(separator)
      separator = ","
      head(mode)
      amounts(mode, seconds: sum.seconds, metres: sum.metres, steps: sum.steps)
      out.raw("}")
    }
    out.raw("]")
  }

  mutating func head(_ mode: TravelMode) {
    out.raw("{\"activity\":\"")
    out.raw(mode.rawValue)
    out.raw("\",\"group\":\"")
    out.raw(mode.group)
    out.raw("\"")
  }

  mutating func amounts(_ mode: TravelMode, seconds: Int, metres: Int, steps: Int) {
    out.raw(",\"duration\":")
    out.wholeFloat(seconds)
    out.raw(",\"distance\":")
    out.wholeFloat(metres)
    if mode.metresPerStep10 > 0 {
      out.raw(",\"steps\":")
      out.integer(steps)
    }
    if calories, mode.caloriesPerHour > 0 {
      out.raw(",\"calories\":")
      out.integer(seconds * mode.caloriesPerHour / 3_600)
    }
  }
}
