import DaybookCore

/// One stream of one person, read from the newest point to the oldest.
struct HealthReading {
  let type: HealthDataType
  let history: HealthHistory
  let moment: HealthMoment
  let filter: HealthFilter
  /// One merged stream: without the phone.
  let reconciles: Bool
  var zones: ZoneTrack

  /// The points behind `place`, and whether there are more than `most`.
  mutating func page(
    after place: HealthPageToken, most: Int
  ) -> (points: [HealthPoint], hasMore: Bool) {
    var out: [HealthPoint] = []
    guard let stream = type.stream else { return ([], false) }
    let bounds = filter.bounds
    let end = min(moment.synced, bounds.to, place.start)
    // A night belongs to the day it ends on.
    let newest = history.block(at: end) + 1
    let oldest = max(history.firstBlock, history.block(at: max(bounds.from, -1 << 40)))
    guard newest >= oldest else { return ([], false) }
    for block in stride(from: newest, through: oldest, by: -1) {
      for point in history.points(stream, block, moment).reversed() {
        guard point.isListed(behind: place.start, place.source),
          !reconciles || point.source == 0, filter.matches(point, &zones)
        else { continue }
        if out.count == most { return (out, true) }
        out.append(point)
      }
    }
    return (out, false)
  }
}

/// `list`, `reconcile` and `get`.
extension GoogleHealthModel {
  private static let families = [
    "all-sources", "google-wearables", "google-sources", "self-sources",
  ]

  /// Whether the asked family has any data of this person: all there is comes from a wearable of
  /// Google's, or else through another app.
  func hasData(
    _ family: String, _ type: HealthDataType, person: Int, lists: Bool
  ) throws(HealthFault) -> Bool {
    if family.isEmpty { return true }
    let head = "users/me/dataSourceFamilies/"
    let name = String(family.dropFirst(head.count))
    guard family.hasPrefix(head), GoogleHealthModel.families.contains(name),
      !(lists && type.kind == .sleep)
    else {
      throw .invalid(
        "INVALID_DATA_POINT_DATA_SOURCE_FAMILY", "dataSourceFamily cannot be \(family)")
    }
    if name == "self-sources" { return false }
    return name == "all-sources" || !settings.withoutFitbit.contains(person)
  }

  mutating func points(
    _ request: SimRequest, _ type: HealthDataType, reconciles: Bool, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    let filterText = query("filter", "filter", request) ?? ""
    let filter = try HealthFilter(filterText, type)
    let family = query("dataSourceFamily", "data_source_family", request) ?? ""
    let hasData = try hasData(family, type, person: person, lists: !reconciles)
    let size = try pageSize(query("pageSize", "page_size", request), type.pageSizes)
    let context = [
      reconciles ? "reconcile" : "list", type.name, filterText, family, "\(person)",
      "\(settings.seed)",
    ].joined(separator: "|")
    let place = try self.place(query("pageToken", "page_token", request), context)
    if place.page == 0 { count(type, filter.days) }
    if place.isEmptyPage(context, rate: settings.emptyPageRate) {
      stats.emptyPages += 1
      return tail(ByteWriter(), isFirst: true, place.again.text(context))
    }
    var reading = HealthReading(
      type: type, history: histories[person], moment: moment(person, now), filter: filter,
      reconciles: reconciles, zones: zones)
    let page = hasData ? reading.page(after: place, most: size) : ([], false)
    return write(page, reading, place, context, person)
  }

  private func write(
    _ page: (points: [HealthPoint], hasMore: Bool), _ reading: HealthReading,
    _ place: HealthPageToken, _ context: String, _ person: Int
  ) -> [UInt8] {
    var writer = PointWriter(
      reading.type, reading.history, reading.moment, user: "users/\(healthUserID(person))",
      reconciles: reading.reconciles, isFitbit: !settings.withoutFitbit.contains(person),
      zones: reading.zones, reserving: page.points.count * 460 + 256)
    for (i, point) in page.points.enumerated() {
      writer.text.out.raw(i == 0 ? "{\"dataPoints\":[" : ",")
      writer.point(point)
    }
    guard let last = page.points.last else { return tail(ByteWriter(), isFirst: true, nil) }
    writer.text.out.raw("]")
    let token =
      page.hasMore
      ? place.next(start: last.start, source: last.source).text(context) : nil
    return tail(writer.text.out, isFirst: false, token)
  }

  /// The end of a page; a page without anything is `{}`.
  func tail(_ out: ByteWriter, isFirst: Bool, _ token: String?) -> [UInt8] {
    var out = out
    if isFirst { out.raw("{") }
    if let token {
      out.raw(isFirst ? "\"nextPageToken\":" : ",\"nextPageToken\":")
      out.string(token)
    }
    out.raw("}")
    return out.bytes
  }

  func place(_ text: String?, _ context: String) throws(HealthFault) -> HealthPageToken {
    guard let text, !text.isEmpty else { return HealthPageToken() }
    guard let place = HealthPageToken(text, context) else { throw .argument("wrong pageToken") }
    return place
  }

  /// Remembers which days were asked for; longer spans than two years are no days.
  mutating func count(_ type: HealthDataType, _ days: ClosedRange<Int>?) {
    guard settings.countsDays, let days, days.count <= 731 else { return }
    stats.count(type.name, Day(number: days.lowerBound)...Day(number: days.upperBound))
  }

  /// One point by its id.
  func point(
    _ id: String, _ type: HealthDataType, _ person: Int, _ now: Instant
  ) throws(HealthFault) -> [UInt8] {
    guard let number = CivilText.number(id), let stream = type.stream else { throw .notFound }
    let moment = moment(person, now)
    let all = histories[person].points(stream, number / 100, moment)
    let wanted = number % 100
    guard let found = all.first(where: { type.isSession ? $0.a == wanted : wanted == 0 }) else {
      throw .notFound
    }
    var writer = PointWriter(
      type, histories[person], moment, user: "users/\(healthUserID(person))", reconciles: false,
      isFitbit: !settings.withoutFitbit.contains(person), zones: zones)
    writer.point(found)
    return writer.text.out.bytes
  }
}
