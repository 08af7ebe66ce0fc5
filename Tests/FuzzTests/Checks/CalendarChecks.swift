@testable import DaybookCore

/// A text is a date in a form or it is none; what it names is written and read again as the same.
func checkDates(_ bytes: [UInt8]) throws(Broken) {
  let text = text(bytes)
  if let day = Day(text) { try hold("\(day)" == text, "\(text) is \(day)") }
  if let day = Day(compact: text) { try hold(day.compact == text, "\(text) is \(day)") }
  if let moment = Instant(compact: text) {
    try hold(moment.compact == text, "\(text) is \(moment)")
  }
  if let moment = Instant(rfc3339: text), isOfCalendar(moment) {
    try hold(Instant(rfc3339: moment.rfc3339) == moment, "\(text) is \(moment)")
  }
  if let moment = Instant(httpDate: text) {
    try hold(Instant(httpDate: moment.httpDate) == moment, "\(text) is \(moment)")
  }
  if let moment = CookieDate.instant(text) {
    try hold(CookieDate.instant(moment.httpDate) == moment, "\(text) is \(moment)")
  }
  for form in FactForm.allCases {
    for zone in zones {
      guard let moment = form.instant(text, in: zone), form != .wall else { continue }
      try hold(form.day(text, in: zone) == zone.day(at: moment), "\(form): \(text)")
    }
    if form != .text, form.instant(text, in: .utc) != nil {
      try hold(form.day(text, in: .utc) != nil, "\(form): \(text) is a moment of no day")
    }
  }
}

private let zones = [
  Zone.utc,
  Zone(
    name: "Europe/Helsinki", transitions: [], offsets: [], initialOffset: 0,
    rule: TimeZoneRule(Array("EET-2EEST,M3.5.0/3,M10.5.0/4".utf8))),
]

/// The years that have four digits in UTC.
private func isOfCalendar(_ moment: Instant) -> Bool {
  (1...9_999).contains(Day(number: Int(floorDividing(moment.seconds, 86_400))).civil.year)
}

/// A compiled zone is read or refused, and in one that is read the days tile time.
func checkZone(_ bytes: [UInt8]) throws(Broken) {
  guard let zone = try? Zone(name: "Fuzz", tzif: bytes) else { return }
  let changes = zone.transitions.prefix(3) + zone.transitions.suffix(3)
  try checkTiling(zone, near: Array(changes))
}

/// The same of a rule alone, as it stands at the end of such a file.
func checkZoneRule(_ bytes: [UInt8]) throws(Broken) {
  guard let rule = TimeZoneRule(bytes) else { return }
  let zone = Zone(name: "Fuzz", transitions: [], offsets: [], initialOffset: 0, rule: rule)
  let next = rule.transition(after: someMoment.seconds)
  if let next {
    try hold(next > someMoment.seconds, "the next change is no later")
    // A year may be without one where it falls into another.
    try hold(next - someMoment.seconds < 3 * 366 * 86_400, "the next change is years away")
  }
  try checkTiling(zone, near: [next ?? 0, rule.transition(after: next ?? 0) ?? 0])
}

private func checkTiling(_ zone: Zone, near changes: [Int64]) throws(Broken) {
  let calendar = Int64(-62_000_000_000)...253_000_000_000
  for second in [0, someMoment.seconds] + changes where calendar.contains(second) {
    for moment in [second - 86_400, second - 1, second, second + 1, second + 90_000] {
      let moment = Instant(seconds: moment)
      try hold(Zone.offsetBounds.contains(zone.offset(at: moment)), "an offset out of bounds")
      let day = zone.day(at: moment)
      let (start, end) = (zone.start(of: day), zone.start(of: day + 1))
      try hold(start <= moment && moment < end, "\(moment) is in \(day): \(start) to \(end)")
      let earlier = zone.start(of: day - 1)
      try hold(earlier <= start, "\(day - 1) begins at \(earlier), \(day) at \(start)")
    }
  }
}
