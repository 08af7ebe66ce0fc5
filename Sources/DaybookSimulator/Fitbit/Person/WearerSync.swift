import DaybookCore

/// What the service knows of a person at one moment: what the tracker has handed over.
struct WearerSync: Hashable, Sendable {
  /// Seconds since 1970.
  let now: Int
  /// Last time the tracker handed over, in seconds since 1970.
  let last: Int
  /// The same by the wall clock: everything before it is known. Seconds since 1970, local.
  let local: Int
  let zone: SimZone
  let uploads: Uploads

  /// `held`: nothing is handed over after that moment. `floor`: what was known by the wall clock
  /// of another zone before the person travelled.
  init(_ uploads: Uploads, zone: SimZone, now: Instant, held: Instant?, floor: Int) {
    self.now = Int(now.seconds)
    self.uploads = uploads
    self.zone = zone
    let natural = uploads.last(upTo: self.now)
    last = held.map { min(natural, Int($0.seconds)) } ?? natural
    local = max(floor, WearerSync.furthest(last, zone))
  }

  /// The wall clock, or where it had been before it was set back.
  private static func furthest(_ t: Int, _ zone: SimZone) -> Int {
    let span = zone.span(at: t)
    guard span.from > .min else { return t + span.offset }
    return max(t + span.offset, span.from + zone.span(at: span.from - 1).offset)
  }

  /// The date on the person's wall clock now.
  var today: Day { zone.day(at: Instant(seconds: Int64(now))) }

  /// Seconds of a day that are known, 0...86400.
  func seconds(of day: Day) -> Int { min(max(0, local - day.number * 86_400), 86_400) }

  /// Seconds from the hand-over of a sleep until now; nil: it is not known yet.
  func age(of sleep: WearerSleep) -> Int? {
    guard sleep.day.number * 86_400 + sleep.end <= local else { return nil }
    let first = uploads.first(from: zone.start(of: sleep.day) + sleep.end)
    return max(0, now - first)
  }
}
