import DaybookCore

/// Sums over windows: of the physical clock from the request's start on, or of civil days. What is
/// between is left out when there are no data. A point counts where it starts (not confirmed).
extension GoogleHealthModel {
  /// A checked request.
  private struct Asked {
    /// Seconds since 1970, of the civil clock for civil days.
    var from: Int
    var to: Int
    var window: Int
    var size: Int
    var context: String
    var place: HealthPageToken
    var hasData: Bool
  }

  private func asked(
    _ request: SimRequest, _ type: HealthDataType, isDaily: Bool, _ person: Int
  ) throws(HealthFault) -> Asked {
    guard let body = HealthBody(request.body) else { throw .argument("Invalid JSON payload") }
    let known = [
      "range", isDaily ? "windowSizeDays" : "windowSize", "pageSize", "pageToken",
      "dataSourceFamily",
    ]
    if let odd = body.names.first(where: { !known.contains($0) }) {
      throw .argument("Invalid JSON payload received. Unknown name \"\(odd)\"")
    }
    let (from, to) = try range(body, isDaily: isDaily)
    // Days that have begun count whole.
    let longest = type.longestRange
    guard to - from <= longest * 86_400 else {
      throw .argument("range is longer than \(longest) days")
    }
    let window = try window(body, isDaily: isDaily)
    let size: Int
    if body.has("pageSize") {
      guard let n = body.integer("pageSize"), n >= 0 else { throw .argument("wrong pageSize") }
      let sizes = isDaily ? (longest, longest) : (1_440, 10_000)
      size = n == 0 ? sizes.0 : min(n, sizes.1)
    } else {
      size = isDaily ? longest : 1_440
    }
    let family = body.text("dataSourceFamily") ?? ""
    let context = [
      isDaily ? "daily" : "rollUp", type.name, "\(from)", "\(to)", "\(window)", family,
      "\(person)", "\(settings.seed)",
    ].joined(separator: "|")
    return Asked(
      from: from, to: to, window: window, size: size, context: context,
      place: try place(body.text("pageToken"), context),
      hasData: try hasData(family, type, person: person, lists: false))
  }

  private func range(_ body: HealthBody, isDaily: Bool) throws(HealthFault) -> (Int, Int) {
    let range = body.object("range")
    let from = isDaily ? range?.civil("start") : range?.moment("startTime")
    let to = isDaily ? range?.civil("end") : range?.moment("endTime")
    guard let from, let to, from < to else { throw .argument("wrong range") }
    // Not confirmed: that `start` must be a midnight.
    guard !isDaily || from % 86_400 == 0 else { throw .argument("range.start is not aligned") }
    return (from, to)
  }

  private func window(_ body: HealthBody, isDaily: Bool) throws(HealthFault) -> Int {
    if isDaily {
      guard body.has("windowSizeDays") else { return 86_400 }
      guard let days = body.integer("windowSizeDays"), (1...90).contains(days) else {
        throw .argument("wrong windowSizeDays")
      }
      return days * 86_400
    }
    guard let window = body.duration("windowSize"), window >= 1 else {
      throw .argument("windowSize must be at least 1s")
    }
    return window
  }

  // MARK: The two methods

  mutating func rollUp(
    _ request: SimRequest, _ type: HealthDataType, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    try sum(request, type, isDaily: false, person, now)
  }

  mutating func dailyRollUp(
    _ request: SimRequest, _ type: HealthDataType, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    try sum(request, type, isDaily: true, person, now)
  }

  private mutating func sum(
    _ request: SimRequest, _ type: HealthDataType, isDaily: Bool, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    let asked = try asked(request, type, isDaily: isDaily, person)
    if asked.place.page == 0 {
      let days = floorDividing(asked.from, 86_400)...floorDividing(asked.to - 1, 86_400)
      count(type, days)
    }
    // Only of points it is known that pages are empty now and then.
    let all = asked.hasData ? tallies(asked, type, isDaily: isDaily, person, now) : []
    let given = all.prefix(asked.size)
    var text = HealthWriter(zones)
    for (i, entry) in given.enumerated() {
      text.out.raw(i == 0 ? "{\"rollupDataPoints\":[{" : ",{")
      bounds(asked.from + entry.window * asked.window, asked, isDaily: isDaily, &text)
      text.out.raw(",")
      entry.tally.write(type, &text.out)
      text.out.raw("}")
    }
    guard let last = given.last else { return tail(ByteWriter(), isFirst: true, nil) }
    text.out.raw("]")
    let token =
      all.count > asked.size
      ? asked.place.next(start: last.window).text(asked.context) : nil
    return tail(text.out, isFirst: false, token)
  }

  /// The last window ends with the range.
  private func bounds(
    _ start: Int, _ asked: Asked, isDaily: Bool, _ text: inout HealthWriter
  ) {
    let end = min(start + asked.window, asked.to)
    text.out.raw(isDaily ? "\"civilStartTime\":" : "\"startTime\":")
    if isDaily { text.civil(start) } else { text.physical(start) }
    text.out.raw(isDaily ? ",\"civilEndTime\":" : ",\"endTime\":")
    if isDaily { text.civil(end) } else { text.physical(end) }
  }

  /// The windows with data behind the place, newest first: one more than the page holds at most.
  private func tallies(
    _ asked: Asked, _ type: HealthDataType, isDaily: Bool, _ person: Int, _ now: Instant
  ) -> [(window: Int, tally: HealthTally)] {
    guard let stream = type.stream else { return [] }
    let history = histories[person]
    let moment = moment(person, now)
    var zones = zones
    // Civil clocks differ by up to 14 hours.
    let slack = isDaily ? 50_400 : 0
    let count = (asked.to - asked.from + asked.window - 1) / asked.window
    let past = min(asked.place.start, count)
    let end = min(asked.from + past * asked.window, asked.to)
    let newest = history.block(at: min(end + slack, moment.synced))
    let oldest = max(history.firstBlock, history.block(at: asked.from - slack))
    guard newest >= oldest else { return [] }
    var sums: [Int: HealthTally] = [:]
    for block in stride(from: newest, through: oldest, by: -1) {
      for point in history.points(stream, block, moment) where point.source == 0 {
        let t = stream.isDaily ? block * 86_400 : isDaily ? zones.civil(point.start) : point.start
        guard t >= asked.from, t < end else { continue }
        sums[(t - asked.from) / asked.window, default: HealthTally()].add(point)
      }
      // A physical page is complete before the range is; civil days may come back.
      if !isDaily, sums.count > asked.size + 1 { break }
    }
    return sums.sorted { $0.key > $1.key }.map { (window: $0.key, tally: $0.value) }
  }
}
