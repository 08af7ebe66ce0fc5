import DaybookCore

/// The life of one simulated person: an endless line of stays and moves, made piece by piece from
/// the seed. A piece lasts from one evening to the next, so the night at home belongs to two civil
/// days, in whatever zone they are cut.
struct Timeline: Sendable {
  var seed: UInt64
  /// Nothing before the evening before this day.
  var firstDay: Day
  /// Seconds east of Greenwich by which the person lives.
  var habit: Int
  var lateRate: Double
  var emptyRate: Double
  /// Moments (seconds since 1970) at which a day was changed by hand, by day number.
  var forced: [Int: [Int]] = [:]

  var uploads: Uploads { Uploads(seed: seed) }

  /// The segments that touch `from ..< to` as the provider knows them at `now`, in order.
  func segments(from: Int, to: Int, now: Int) -> [TimelineSegment] {
    let known = uploads.last(upTo: now)
    guard from < known else { return [] }
    let first = floorDividing(from + habit, 86_400) - 2
    let last = floorDividing(min(to, known) + habit, 86_400)
    var out: [TimelineSegment] = []
    for day in first...max(first, last) {
      for var segment in piece(day, now: now)
      where segment.start < to && segment.end > from && segment.start < known - 60 {
        if segment.end > known { segment = segment.cut(at: known) }
        out.append(segment)
      }
    }
    return out
  }

  /// When the provider last changed the segment.
  func lastUpdate(_ segment: TimelineSegment) -> Int {
    max(segment.changed, uploads.first(from: segment.end))
  }

  /// The evening of a day, when the person is home again.
  func evening(_ day: Int) -> Int {
    var random = Seeded(seed, day, 1)
    return day * 86_400 + 64_800 + random.below(14_400) - habit
  }

  /// No phone, no data: a stretch of two to four days in some fortnights.
  private func isOff(_ day: Int) -> Bool {
    let fortnight = floorDividing(day, 14)
    var random = Seeded(seed, fortnight, 2)
    guard random.chance(emptyRate) else { return false }
    let start = fortnight * 14 + random.below(10)
    return day >= start && day < start + random.within(2...4)
  }

  /// From the evening of this day to that of the next.
  func piece(_ day: Int, now: Int) -> [TimelineSegment] {
    guard day >= firstDay.number - 1 else { return [] }
    let start = evening(day)
    let end = evening(day + 1)
    if isOff(day) { return found(day, from: start, to: end, now: now) }
    var random = Seeded(seed, day, 4)
    var out =
      random.chance(0.06)
      ? [TimelineSegment(start: start, end: end - random.below(15), place: 0)]
      : outing(day, from: start, to: end, &random)
    for change in changes(day, end: end) where change <= now {
      insertWalk(at: change, into: &out, &random)
    }
    return out
  }

  /// A phone that was off may be found again: the whole piece comes late, or never.
  private func found(_ day: Int, from start: Int, to end: Int, now: Int) -> [TimelineSegment] {
    guard let arrival = arrival(day, end: end), arrival <= now else { return [] }
    var random = Seeded(seed, day, 4)
    var out = outing(day, from: start, to: end, &random)
    for i in out.indices { out[i].changed = arrival }
    return out
  }

  /// The night at home, then one to three places and the ways between them, with holes of up to
  /// twenty seconds as recorded days have them.
  private func outing(
    _ day: Int, from start: Int, to end: Int, _ random: inout Seeded
  ) -> [TimelineSegment] {
    let morning = (day + 1) * 86_400 + 23_400 + random.below(10_800) - habit
    var out = [TimelineSegment(start: start, end: morning, place: 0)]
    let stops = random.within(1...3)
    let ways = (0...stops).map { _ in random.within(480...2_700) }
    let stay = (end - morning - ways.reduce(0, +)) / stops
    var time = morning
    var place = 0
    for stop in 0..<stops {
      let target = self.target(after: place, &random)
      let arrival = time + ways[stop]
      out.append(way(from: place, to: target, time + random.below(20), arrival, &random))
      let leave =
        stop == stops - 1 ? end - ways[stops] : arrival + stay * random.within(60...100) / 100
      out.append(self.stay(target, from: arrival + random.below(20), to: leave, &random))
      time = leave
      place = target
    }
    out.append(way(from: place, to: 0, time + random.below(20), end, &random))
    return out
  }

  /// Mostly work, sometimes one of many other places; never the same again.
  private func target(after place: Int, _ random: inout Seeded) -> Int {
    let target = random.below(3) == 0 ? 2 + random.below(60) : 1
    return target == place ? target + 1 : target
  }

  private func stay(_ place: Int, from: Int, to: Int, _ random: inout Seeded) -> TimelineSegment {
    var out = TimelineSegment(start: from, end: to, place: place)
    if random.chance(0.4), to - from > 1_200 {
      let begin = from + random.below((to - from) / 2)
      var walk = TimelineActivity(.walking, start: begin, end: begin + random.within(60...540))
      walk.manual = random.chance(0.05)
      out.activities = [walk]
    }
    return out
  }

  /// A way by one means, walked at first where that is not one's own feet or wheels.
  private func way(
    from: Int, to: Int, _ start: Int, _ end: Int, _ random: inout Seeded
  ) -> TimelineSegment {
    var out = TimelineSegment(start: start, end: end, place: to, from: from)
    let mode = TravelMode.allCases[random.below(TravelMode.allCases.count)]
    let walk = mode.group == "transport" ? min(240, (end - start) / 4) : 0
    if walk > 0 { out.activities = [TimelineActivity(.walking, start: start, end: start + walk)] }
    out.activities.append(TimelineActivity(mode, start: start + walk, end: end))
    return out
  }
}
