import DaybookCore

extension ByteWriter {
  /// `{"year":2026,"month":2,"day":3}`
  mutating func date(_ day: Day) {
    let (y, m, d) = day.civil
    raw("{\"year\":")
    integer(y)
    raw(",\"month\":")
    integer(m)
    raw(",\"day\":")
    integer(d)
    raw("}")
  }

  /// `"8000"`: a number of 64 bits is a string.
  mutating func int64(_ n: Int) {
    byte(UInt8(ascii: "\""))
    integer(n)
    byte(UInt8(ascii: "\""))
  }
}

/// Writes moments as the API has them: physical, with offset, and civil.
struct HealthWriter {
  var zones: ZoneTrack
  var out: ByteWriter
  private var utcDay = Int.min
  private var utcText = ""
  private var civilDay = Int.min
  private var civilText: [UInt8] = []

  init(_ zones: ZoneTrack, reserving capacity: Int = 4_096) {
    self.zones = zones
    self.out = ByteWriter(reserving: capacity)
  }

  /// `"2026-02-03T07:15:00Z"`
  mutating func physical(_ t: Int) {
    let day = floorDividing(t, 86_400)
    if day != utcDay {
      utcDay = day
      utcText = "\"\(Day(number: day))T"
    }
    out.raw(utcText)
    CivilText.clock(t - day * 86_400, separator: true, into: &out)
    out.raw("Z\"")
  }

  /// `"3600s"`. Not confirmed: that the offset of Greenwich is written and not left out.
  mutating func offset(_ seconds: Int) {
    out.raw("\"")
    out.integer(seconds)
    out.raw("s\"")
  }

  /// A civil date-time of seconds since 1970 on the civil clock. What is zero is left out.
  mutating func civil(_ seconds: Int) {
    let day = floorDividing(seconds, 86_400)
    if day != civilDay {
      civilDay = day
      var text = ByteWriter(reserving: 80)
      text.raw("{\"date\":")
      text.date(Day(number: day))
      text.raw(",\"time\":{")
      civilText = text.bytes
    }
    out.bytes(civilText[...])
    let clock = seconds - day * 86_400
    var isFirst = true
    unit("hours", clock / 3_600, &isFirst)
    unit("minutes", clock / 60 % 60, &isFirst)
    unit("seconds", clock % 60, &isFirst)
    out.raw("}}")
  }

  private mutating func unit(_ name: StaticString, _ value: Int, _ isFirst: inout Bool) {
    guard value != 0 else { return }
    out.raw(isFirst ? "\"" : ",\"")
    isFirst = false
    out.raw(name)
    out.raw("\":")
    out.integer(value)
  }

  /// `"interval":{…}` of a point or a session.
  mutating func interval(_ start: Int, _ end: Int) {
    out.raw("\"interval\":{")
    span(start, end)
    out.raw(",\"civilStartTime\":")
    civil(zones.civil(start))
    out.raw(",\"civilEndTime\":")
    civil(zones.civil(end))
    out.raw("}")
  }

  /// The four members that intervals and stages of sleep share.
  mutating func span(_ start: Int, _ end: Int) {
    out.raw("\"startTime\":")
    physical(start)
    out.raw(",\"startUtcOffset\":")
    offset(zones.offset(at: start))
    out.raw(",\"endTime\":")
    physical(end)
    out.raw(",\"endUtcOffset\":")
    offset(zones.offset(at: end))
  }

  /// `"sampleTime":{…}`
  mutating func sampleTime(_ t: Int) {
    out.raw("\"sampleTime\":{\"physicalTime\":")
    physical(t)
    out.raw(",\"utcOffset\":")
    offset(zones.offset(at: t))
    out.raw(",\"civilTime\":")
    civil(zones.civil(t))
    out.raw("}")
  }
}
