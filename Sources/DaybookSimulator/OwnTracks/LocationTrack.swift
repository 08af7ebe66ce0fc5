import DaybookCore

/// The points of one device: made from the seed for any UTC day, plus those that were posted.
struct LocationTrack: Sendable {
  let seed: UInt64
  let settings: OwnTracksSettings
  /// Sorted by arrival.
  private(set) var posted: [LocationPoint] = []

  init(seed: UInt64, settings: OwnTracksSettings) {
    self.seed = seed
    self.settings = settings
  }

  mutating func post(_ point: LocationPoint) {
    var point = point
    // After what the seed makes, whose sequence is the time.
    point.sequence = Int.max / 2 + posted.count
    posted.append(point)
  }

  /// Points between both bounds, neither included, that have arrived; by file and arrival, as the
  /// recorder reads them.
  func points(after from: Int, before to: Int, now: Int) -> [LocationPoint] {
    var out = posted.filter { $0.tst > from && $0.tst < to && $0.arrival <= now }
    let first = max(settings.firstDay.number, floorDividing(from, 86_400))
    let last = floorDividing(min(to, now), 86_400)
    if first <= last {
      for day in first...last {
        out += points(of: day).filter { $0.tst > from && $0.tst < to && $0.arrival <= now }
      }
    }
    return out.sorted { a, b in (a.month, a.arrival, a.sequence) < (b.month, b.arrival, b.sequence)
    }
  }

  /// Months (counted from year 0) that have a file by now, in order.
  func months(now: Int) -> [Int] {
    let first = LocationPoint.month(of: settings.firstDay.number * 86_400)
    let last = LocationPoint.month(of: now)
    var out = first <= last ? (first...last).filter { hasPoint(month: $0, now: now) } : []
    for point in posted where point.arrival <= now && !out.contains(point.month) {
      out.append(point.month)
    }
    return out.sorted()
  }

  private func hasPoint(month: Int, now: Int) -> Bool {
    guard let start = Day(year: month / 12, month: month % 12 + 1, day: 1) else { return false }
    let length = Day.length(ofMonth: month % 12 + 1, in: month / 12)
    return (start.number..<start.number + length).contains { day in
      points(of: day).contains { $0.arrival <= now }
    }
  }

  // MARK: One day

  private func points(of day: Int) -> [LocationPoint] {
    guard day >= settings.firstDay.number, !isEmpty(day) else { return [] }
    let late = lateHours(day)
    let every = max(1, settings.pointEvery)
    var random = Seeded(seed, day, 21)
    var lat = 60_169_500 + random.within(-30_000...30_000)
    var lon = 24_935_400 + random.within(-60_000...60_000)
    return stride(from: 0, to: 86_400, by: every).map { second in
      let tst = day * 86_400 + min(86_399, second + random.below(every))
      lat += random.within(-900...900)
      lon += random.within(-1_800...1_800)
      let isLate = late.map { $0.hours.contains(second / 3_600) } ?? false
      let arrival = isLate ? late?.arrival ?? tst : tst + random.within(1...20)
      return point(tst, arrival: arrival, lat, lon, &random)
    }
  }

  private func point(
    _ tst: Int, arrival: Int, _ lat: Int, _ lon: Int, _ random: inout Seeded
  ) -> LocationPoint {
    LocationPoint(
      tst: tst, arrival: arrival, lat: lat, lon: lon, sequence: tst,
      members: [
        .init("_type", .text("location")), .init("tid", .text("ja")), .init("tst", .integer(tst)),
        .init("lat", .millionths(lat)), .init("lon", .millionths(lon)),
        .init("acc", .integer(random.within(4...60))),
        .init("batt", .integer(random.within(9...99))),
        .init("vel", .integer(random.below(90))), .init("alt", .integer(random.within(0...80))),
      ])
  }

  /// The first day always has points, so that the first file is the first month.
  private func isEmpty(_ day: Int) -> Bool {
    var random = Seeded(seed, day, 22)
    return day > settings.firstDay.number && random.chance(settings.emptyRate)
  }

  /// Hours of the day that the phone kept to itself, and when it handed them over.
  private func lateHours(_ day: Int) -> (hours: Range<Int>, arrival: Int)? {
    var random = Seeded(seed, day, 23)
    guard day > settings.firstDay.number, random.chance(settings.lateRate) else { return nil }
    let start = random.below(20)
    let end = min(24, start + random.within(2...12))
    let delay =
      random.below(3) == 0
      ? random.within(86_400...20 * 86_400) : random.within(3_600...86_400)
    return (start..<end, day * 86_400 + end * 3_600 + delay)
  }
}
