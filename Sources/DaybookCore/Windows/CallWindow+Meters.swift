/// What the provider says about a window: in headers of any answer, and when it refuses.
extension CallWindow {
  /// A `limit` meter. Less than configured holds until the provider says otherwise. More is not
  /// used: Moves doubles the limits for the first hour of a token and halves them without notice,
  /// which would cost a refusal; an operator whose app has more says so in `windows`.
  public mutating func metered(limit: Int) {
    guard limit > 0 else { return }
    toldLimit = limit
    let lower = limit < spec.limit ? limit : nil
    if lower != meteredLimit { isChanged = true }
    meteredLimit = lower
  }

  /// A `left` meter: it may only lower the room, and holds until the window's boundary, or its
  /// whole length where the boundary is unknown. Calls in flight may not be counted in it yet.
  public mutating func metered(left: Int, now: Now) {
    guard left >= 0 else { return }
    reading = Reading(left: left, until: boundary(now: now), taken: inFlight)
    if left == 0 { isChanged = true }
  }

  /// A `used` meter: what is left of the limit the provider told, or else of the one in force.
  public mutating func metered(used: Int, now: Now) {
    guard used >= 0 else { return }
    metered(left: max(0, (toldLimit ?? limit) - used), now: now)
  }

  /// A `resets_in` or `resets_at` meter: how long what it said about the room holds.
  public mutating func metered(resetsAt moment: BootTime, now: Now) {
    guard moment > now.boot, moment <= now.boot + length + .seconds(60) else { return }
    reading?.until = moment
  }

  /// The moment at which the server's window ends, as far as can be known.
  func boundary(now: Now) -> BootTime {
    switch spec.align {
    case .clock:
      let size = length.inMicroseconds
      let next = (floorDividing(now.wall.microseconds, size) + 1) * size
      return now.boot + .microseconds(next - now.wall.microseconds) + guardTime
    case .first, .rolling, .sliding, .unknown:
      return now.boot + length + guardTime
    }
  }

  /// How long a refusal that says nothing itself is waited out: to the end of the window as its
  /// meter says, or the boundary of a window aligned to the clock plus a little.
  public func waitAfterRefusal(now: Now) -> BootTime? {
    if let reading, reading.left <= 0 { return reading.until }
    return spec.align == .clock ? boundary(now: now) + guardTime : nil
  }

  /// The provider refused. Nothing is sent before `until`, and for a day calls are spaced by
  /// length / limit × 1.01: that holds for sliding counters and for unknown other users too.
  public mutating func refused(until: BootTime, now: Now) {
    closedUntil = max(closedUntil ?? until, until)
    pacedUntil = now.boot + .days(1)
    isChanged = true
  }

  /// Of several windows, which one a refusal is about: one whose meter says that nothing is left,
  /// else the one our own count has filled most, the shortest where they are equal.
  public static func exhausted(of windows: [CallWindow]) -> Int? {
    if let metered = windows.firstIndex(where: { ($0.reading?.left ?? 1) <= 0 }) { return metered }
    return windows.indices.max { a, b in
      let fillA = Double(windows[a].used) / Double(max(1, windows[a].limit))
      let fillB = Double(windows[b].used) / Double(max(1, windows[b].limit))
      return (fillA, -windows[a].spec.seconds) < (fillB, -windows[b].spec.seconds)
    }
  }
}
