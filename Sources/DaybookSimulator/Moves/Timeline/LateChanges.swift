extension TimelineSegment {
  /// As the provider has it while it goes on: ending at the last upload.
  func cut(at moment: Int) -> TimelineSegment {
    var out = self
    out.end = moment
    out.activities = activities.compactMap { activity in
      guard activity.start < moment else { return nil }
      guard activity.end > moment else { return activity }
      var short = TimelineActivity(activity.mode, start: activity.start, end: moment)
      short.manual = activity.manual
      return short
    }
    return out
  }
}

/// Days that change after their end: the provider learns of a walk that it had missed.
extension Timeline {
  /// Moments at which the piece that ends at `end` changes, in order.
  func changes(_ day: Int, end: Int) -> [Int] {
    var random = Seeded(seed, day, 5)
    var out: [Int] = []
    if random.chance(lateRate) { out.append(end + delay(&random)) }
    // The piece that begins on the evening before holds the daytime of a civil day.
    if let byHand = forced[day + 1] { out += byHand }
    return out.sorted()
  }

  /// When the data of a piece comes that was missing; nil: never.
  func arrival(_ day: Int, end: Int) -> Int? {
    var random = Seeded(seed, day, 10)
    let byItself = random.chance(lateRate * 4) ? end + delay(&random) : nil
    return ([byItself] + (forced[day + 1] ?? [])).compactMap { $0 }.min()
  }

  /// Mostly hours, often days, sometimes most of a year.
  private func delay(_ random: inout Seeded) -> Int {
    switch random.below(10) {
    case 0: random.within(100 * 86_400...330 * 86_400)
    case 1...3: random.within(3 * 86_400...30 * 86_400)
    default: random.within(3 * 3_600...3 * 86_400)
    }
  }

  /// Splits the longest stay by a walk of a few minutes.
  func insertWalk(at change: Int, into piece: inout [TimelineSegment], _ random: inout Seeded) {
    let stays = piece.indices.filter { piece[$0].from == nil }
    guard let longest = stays.max(by: { piece[$0].length < piece[$1].length }),
      piece[longest].length > 1_800
    else { return }
    let stay = piece[longest]
    let start = stay.start + stay.length / 3 + random.below(stay.length / 4)
    let end = start + random.within(180...900)
    var before = stay.cut(at: start)
    var after = TimelineSegment(start: end + 5, end: stay.end, place: stay.place)
    var walk = TimelineSegment(start: start + 5, end: end, place: stay.place, from: stay.place)
    walk.activities = [TimelineActivity(.walking, start: start + 5, end: end)]
    before.changed = change
    walk.changed = change
    after.changed = change
    piece.replaceSubrange(longest...longest, with: [before, walk, after])
  }
}

extension TimelineSegment {
  var length: Int { end - start }
}
