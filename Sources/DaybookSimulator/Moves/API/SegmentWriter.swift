/// Segments with their places, activities and track points.
extension DayWriter {
  mutating func segments(_ all: [TimelineSegment]) {
    out.raw(",\"segments\":")
    let shown = all.filter(isShown)
    if shown.isEmpty { return out.raw("null") }
    var separator: StaticString = "["
    for segment in shown {
      out.raw(separator)
      separator = ","
      self.segment(segment)
    }
    out.raw("]")
  }

  private func isShown(_ segment: TimelineSegment) -> Bool {
    switch stream {
    case .summary: false
    case .activities: !segment.activities.isEmpty
    case .places: segment.from == nil
    case .storyline: true
    }
  }

  private mutating func segment(_ segment: TimelineSegment) {
    out.raw(segment.from == nil ? "{\"type\":\"place\"" : "{\"type\":\"move\"")
    times(segment.start, segment.end)
    if segment.from == nil, stream != .activities { place(segment.place) }
    if stream != .places, !segment.activities.isEmpty {
      var separator: StaticString = ",\"activities\":["
      for activity in segment.activities {
        out.raw(separator)
        separator = ","
        self.activity(activity, of: segment)
      }
      out.raw("]")
    }
    lastUpdate(timeline.lastUpdate(segment))
    out.raw("}")
  }

  private mutating func times(_ start: Int, _ end: Int) {
    out.raw(",\"startTime\":\"")
    clock.local(start, into: &out)
    out.raw("\",\"endTime\":\"")
    clock.local(end, into: &out)
    out.raw("\"")
  }

  private mutating func activity(_ activity: TimelineActivity, of segment: TimelineSegment) {
    head(activity.mode)
    out.raw(activity.manual ? ",\"manual\":true" : ",\"manual\":false")
    if !activity.manual { times(activity.start, activity.end) }
    amounts(
      activity.mode, seconds: activity.end - activity.start, metres: activity.distance,
      steps: activity.steps)
    if let pointEvery, stream == .storyline {
      trackPoints(activity, of: segment, every: pointEvery)
    }
    out.raw("}")
  }

  // MARK: Places

  private mutating func place(_ index: Int) {
    let place = gazetteer.place(index)
    out.raw(",\"place\":{\"id\":")
    out.integer(place.id)
    if let name = place.name {
      out.raw(",\"name\":")
      out.string(name)
    }
    out.raw(",\"type\":\"")
    out.raw(place.kind.rawValue)
    out.raw("\"")
    reference(place)
    out.raw(",\"location\":{\"lat\":")
    out.millionths(place.lat)
    out.raw(",\"lon\":")
    out.millionths(place.lon)
    out.raw("}}")
  }

  private mutating func reference(_ place: Gazetteer.Place) {
    switch place.kind {
    case .foursquare:
      out.raw(",\"foursquareId\":\"")
      out.raw(place.reference)
      out.raw("\",\"foursquareCategoryIds\":[\"4bf58dd8d48988d16d941735\"]")
    case .facebook:
      out.raw(",\"facebookPlaceId\":\"")
      out.raw(place.reference)
      out.raw("\"")
    case .unknown, .home, .work, .school, .user: break
    }
  }

  // MARK: Track points

  /// An empty array on places; on moves a line between both ends, a little off.
  private mutating func trackPoints(
    _ activity: TimelineActivity, of segment: TimelineSegment, every step: Int
  ) {
    out.raw(",\"trackPoints\":[")
    if let from = segment.from {
      let a = gazetteer.place(from)
      let b = gazetteer.place(segment.place)
      var random = Seeded(timeline.seed, activity.start, 7)
      var time = activity.start
      while time <= activity.end {
        if time > activity.start { out.raw(",") }
        let part = segment.length == 0 ? 0 : (time - segment.start) * 1_000 / segment.length
        point(
          a.lat + (b.lat - a.lat) * part / 1_000 + random.within(-90...90),
          a.lon + (b.lon - a.lon) * part / 1_000 + random.within(-90...90), time)
        time += step
      }
    }
    out.raw("]")
  }

  private mutating func point(_ lat: Int, _ lon: Int, _ time: Int) {
    out.raw("{\"lat\":")
    out.millionths(lat)
    out.raw(",\"lon\":")
    out.millionths(lon)
    out.raw(",\"time\":\"")
    clock.local(time, into: &out)
    out.raw("\"}")
  }
}
