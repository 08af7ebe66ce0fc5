import DaybookCore

/// The zones a person has been in: every moment keeps the offset that held when it was now.
struct ZoneTrack: Hashable, Sendable {
  /// In order; the first holds since ever.
  private(set) var stays: [Stay]
  /// The span of the last question, which neighbours mostly share.
  private var span = ZoneSpan(from: 0, to: 0, offset: 0)

  struct Stay: Hashable, Sendable {
    /// Seconds since 1970.
    var from: Int
    var zone: SimZone
  }

  init(_ zone: SimZone) { stays = [Stay(from: .min, zone: zone)] }

  /// Where the person is.
  var current: SimZone { stays[stays.count - 1].zone }

  /// The person arrives; moments before the last arrival count as that.
  mutating func move(to zone: SimZone, at t: Int) {
    stays.append(Stay(from: max(t, stays[stays.count - 1].from), zone: zone))
    span = ZoneSpan(from: 0, to: 0, offset: 0)
  }

  /// Seconds east of Greenwich at this moment.
  mutating func offset(at t: Int) -> Int {
    if t >= span.from, t < span.to { return span.offset }
    let index = stays.lastIndex { $0.from <= t } ?? 0
    let found = stays[index].zone.span(at: t)
    let end = index + 1 < stays.count ? stays[index + 1].from : Int.max
    span = ZoneSpan(
      from: max(found.from, stays[index].from), to: min(found.to, end), offset: found.offset)
    return span.offset
  }

  /// Seconds of the civil clock since 1970.
  mutating func civil(_ t: Int) -> Int { t + offset(at: t) }
}
