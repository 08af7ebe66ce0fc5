import DaybookCore

/// The JSON object of a POST. Numbers may be strings, as 64 bits are written.
struct HealthBody {
  private let members: [LocationPoint.Member]

  /// Nil when it is no JSON object.
  init?(_ bytes: [UInt8]) {
    guard let members = FlatJSON.members(bytes) else { return nil }
    self.members = members
  }

  var names: [String] { members.map(\.name) }

  private func value(_ name: String) -> LocationPoint.Value? {
    members.first { $0.name == name }?.value
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = value(name) { return text }
    return nil
  }

  func integer(_ name: String) -> Int? {
    switch value(name) {
    case .integer(let n): n
    case .text(let text): Int(text)
    default: nil
    }
  }

  func object(_ name: String) -> HealthBody? {
    if case .json(let text) = value(name) { return HealthBody(Array(text.utf8)) }
    return nil
  }

  func has(_ name: String) -> Bool { members.contains { $0.name == name } }

  /// Seconds since 1970 on the civil clock of a civil date-time; without `time`: midnight.
  func civil(_ name: String) -> Int? {
    guard let value = object(name), let date = value.object("date"),
      let y = date.integer("year"), let m = date.integer("month"), let d = date.integer("day"),
      let day = Day(year: y, month: m, day: d)
    else { return nil }
    guard value.has("time") else { return day.number * 86_400 }
    guard let time = value.object("time") else { return nil }
    let clock = ["hours", "minutes", "seconds"].map { time.has($0) ? time.integer($0) : 0 }
    guard let h = clock[0], let min = clock[1], let s = clock[2], (0..<24).contains(h),
      (0..<60).contains(min), (0..<60).contains(s)
    else { return nil }
    return day.number * 86_400 + h * 3_600 + min * 60 + s
  }

  /// Seconds since 1970 of an RFC 3339 text.
  func moment(_ name: String) -> Int? {
    text(name).flatMap { HealthFilter.seconds($0, .physical) }
  }

  /// Whole seconds of `"3600s"`.
  func duration(_ name: String) -> Int? {
    guard let text = text(name), text.last == "s" else { return nil }
    return Int(text.dropLast())
  }

  // MARK: Another day

  /// Both ends of `range` a day earlier, all else as it is; nil when there is no range.
  var dayBefore: [UInt8]? {
    guard let range = object("range") else { return nil }
    var out = ByteWriter(reserving: 256)
    var separator: StaticString = "{"
    for member in members where member.name != "range" {
      out.raw(separator)
      separator = ","
      out.string(member.name)
      out.raw(":")
      out.value(member.value)
    }
    out.raw(separator)
    out.raw("\"range\":{")
    if let from = range.civil("start"), let to = range.civil("end") {
      var text = HealthWriter(ZoneTrack(SimZone(id: "UTC", standard: 0)))
      text.out = out
      text.out.raw("\"start\":")
      text.civil(from - 86_400)
      text.out.raw(",\"end\":")
      text.civil(to - 86_400)
      out = text.out
    } else if let from = range.moment("startTime"), let to = range.moment("endTime") {
      out.raw("\"startTime\":")
      out.string(Instant(seconds: Int64(from - 86_400)).rfc3339)
      out.raw(",\"endTime\":")
      out.string(Instant(seconds: Int64(to - 86_400)).rfc3339)
    } else {
      return nil
    }
    out.raw("}}")
    return out.bytes
  }
}
