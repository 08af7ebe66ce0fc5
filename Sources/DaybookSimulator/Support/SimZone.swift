import DaybookCore

/// A time zone of the simulated person: a standard offset and today's rule for summer time, applied
/// to all years. Enough for days of 23, 24 and 25 hours; the real zone files are the engine's.
public struct SimZone: Hashable, Sendable {
  /// Name of the IANA database, as the provider prints it.
  public var id: String
  /// Seconds east of Greenwich in winter.
  public var standard: Int
  public var summer: Summer

  public enum Summer: Hashable, Sendable {
    case none
    /// Last Sunday of March to last Sunday of October, at 01:00 UTC.
    case europe
    /// Second Sunday of March to first Sunday of November, at 02:00 local.
    case america
  }

  public init(id: String, standard: Int, summer: Summer = .none) {
    self.id = id
    self.standard = standard
    self.summer = summer
  }

  /// The zones known by name.
  public static let known: [SimZone] = [
    SimZone(id: "UTC", standard: 0),
    SimZone(id: "Europe/London", standard: 0, summer: .europe),
    SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe),
    SimZone(id: "Europe/Helsinki", standard: 7_200, summer: .europe),
    SimZone(id: "America/New_York", standard: -18_000, summer: .america),
    SimZone(id: "America/Los_Angeles", standard: -28_800, summer: .america),
    SimZone(id: "Asia/Kolkata", standard: 19_800),
    SimZone(id: "Asia/Tokyo", standard: 32_400),
  ]

  /// A known name, or `NAME=+0530`: a fixed offset under any name.
  public init?(_ text: String) {
    if let found = SimZone.known.first(where: { $0.id == text }) {
      self = found
      return
    }
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let offset = SimZone.offset(parts[1]) else {
      return nil
    }
    self.init(id: String(parts[0]), standard: offset)
  }

  /// `+0530` in seconds, at most 14 hours.
  private static func offset(_ text: Substring) -> Int? {
    guard text.count == 5, let sign = text.first, sign == "+" || sign == "-",
      let digits = CivilText.number(text.dropFirst()), digits % 100 < 60, digits / 100 <= 14
    else { return nil }
    return (sign == "-" ? -1 : 1) * (digits / 100 * 3_600 + digits % 100 * 60)
  }

  /// Seconds east of Greenwich at this moment, in seconds since 1970, and the span around it in
  /// which that holds.
  func span(at t: Int) -> ZoneSpan {
    guard summer != .none else { return ZoneSpan(from: .min, to: .max, offset: standard) }
    let year = Day(number: floorDividing(t + standard, 86_400)).civil.year
    let (begin, end) = transitions(year)
    if t < begin { return ZoneSpan(from: transitions(year - 1).end, to: begin, offset: standard) }
    if t < end { return ZoneSpan(from: begin, to: end, offset: standard + 3_600) }
    return ZoneSpan(from: end, to: transitions(year + 1).begin, offset: standard)
  }

  public func offset(at moment: Instant) -> Int { span(at: Int(moment.seconds)).offset }

  /// The civil date at this moment.
  public func day(at moment: Instant) -> Day {
    let t = Int(moment.seconds)
    return Day(number: floorDividing(t + span(at: t).offset, 86_400))
  }

  /// Midnight at which the day begins, in seconds since 1970. None of the rules above changes the
  /// clock at midnight, so one correction is enough.
  func start(of day: Day) -> Int {
    let guess = day.number * 86_400 - standard
    return day.number * 86_400 - span(at: guess).offset
  }

  /// Begin and end of summer time, in seconds since 1970.
  private func transitions(_ year: Int) -> (begin: Int, end: Int) {
    switch summer {
    case .none: (.max, .max)
    case .europe:
      (
        SimZone.sunday(onOrBefore: year, 3, 31) * 86_400 + 3_600,
        SimZone.sunday(onOrBefore: year, 10, 31) * 86_400 + 3_600
      )
    case .america:
      (
        SimZone.sunday(onOrBefore: year, 3, 14) * 86_400 + 7_200 - standard,
        SimZone.sunday(onOrBefore: year, 11, 7) * 86_400 + 3_600 - standard
      )
    }
  }

  private static func sunday(onOrBefore year: Int, _ month: Int, _ day: Int) -> Int {
    let date = Day(year: year, month: month, day: day) ?? Day(number: 0)
    return date.number - date.weekday % 7
  }
}

/// From `from` up to, not including, `to` (seconds since 1970) the offset holds.
struct ZoneSpan: Hashable, Sendable {
  var from: Int
  var to: Int
  var offset: Int
}

/// Prints moments in a zone, remembering the span and the date of the last one: neighbouring
/// moments mostly share both.
struct ZoneClock {
  private let zone: SimZone
  private var span = ZoneSpan(from: 0, to: 0, offset: 0)
  private var dayNumber = Int.min
  private var dayText = ""

  init(_ zone: SimZone) { self.zone = zone }

  /// `20150309T081200+0100`
  mutating func local(_ t: Int, into out: inout ByteWriter) {
    if t < span.from || t >= span.to { span = zone.span(at: t) }
    let offset = span.offset
    civil(t + offset, into: &out)
    out.raw(offset < 0 ? "-" : "+")
    out.padded(abs(offset) / 3_600, 2)
    out.padded(abs(offset) / 60 % 60, 2)
  }

  /// `20150309T071200Z`
  mutating func utc(_ t: Int, into out: inout ByteWriter) {
    civil(t, into: &out)
    out.raw("Z")
  }

  private mutating func civil(_ seconds: Int, into out: inout ByteWriter) {
    let number = floorDividing(seconds, 86_400)
    if number != dayNumber {
      dayNumber = number
      dayText = CivilText.compact(Day(number: number)) + "T"
    }
    out.raw(dayText)
    CivilText.clock(seconds - number * 86_400, separator: false, into: &out)
  }
}
