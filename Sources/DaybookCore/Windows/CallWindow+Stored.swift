/// How a window is kept in the ledger: a few hundred bytes of variable-length integers. Moments are
/// relative to the moment of writing, which is kept on both clocks.
extension CallWindow {
  private static let version: UInt64 = 1

  /// The state worth keeping, after ``reserve()`` or ``settle()``.
  public func stored(now: Now) -> [UInt8] {
    var out = VarintWriter()
    out.put(Self.version)
    out.put(now.boot.microseconds)
    out.put(now.wall.microseconds)
    out.put(Int64(reserved))
    out.put(relative(closedUntil, to: now))
    out.put(relative(pacedUntil, to: now))
    out.put(Int64(meteredLimit ?? -1))
    out.put(Int64(runs.count))
    for run in runs {
      out.put((now.boot - run.first).inMicroseconds)
      out.put((run.last - run.first).inMicroseconds)
      out.put(Int64(run.count))
    }
    return out.bytes
  }

  private func relative(_ moment: BootTime?, to now: Now) -> Int64 {
    moment.map { ($0 - now.boot).inMicroseconds } ?? -1
  }

  /// Reads what ``stored(now:)`` wrote. After a reboot moments are taken over by the civil clock,
  /// clamped so that nothing counts as older than it can be, and `inFlightCap` calls count as
  /// spent besides, since the last commits may be lost. Unreadable bytes: the window counts as
  /// full from now on, which costs one window's length and never a refusal.
  ///
  /// - Parameter longestCall: what may have been in flight ended by `now` plus this.
  public init(
    _ spec: WindowSpec, stored bytes: [UInt8], sameBoot: Bool, now: Now, longestCall: Duration,
    inFlightCap: Int
  ) {
    self.init(spec)
    var reader = VarintReader(bytes)
    guard let state = StoredWindow(&reader) else {
      restore(reserved: spec.limit, endingBy: now.boot)
      return
    }
    let elapsed = sameBoot ? now.boot - state.boot : now.wall - state.wall
    let age = max(.zero, elapsed)
    for run in state.runs {
      // Negative: a former restart put it in the future, at most the longest call away.
      let first = max(.zero - longestCall, age + .microseconds(run.age))
      let last = max(.zero - longestCall, first - .microseconds(run.width))
      append(
        Run(first: now.boot + (.zero - first), last: now.boot + (.zero - last), count: run.count))
    }
    if state.closed >= 0 { closedUntil = later(.microseconds(state.closed) - age, now) }
    if state.paced >= 0 { pacedUntil = later(.microseconds(state.paced) - age, now) }
    if state.limit >= 0 { meteredLimit = Int(state.limit) }
    let spent = state.reserved + (sameBoot ? 0 : inFlightCap)
    restore(reserved: spent, endingBy: now.boot + longestCall)
    expire(now: now)
  }

  private func later(_ wait: Duration, _ now: Now) -> BootTime? {
    wait > .zero ? now.boot + min(wait, .days(2)) : nil
  }

  /// After a reboot, or for a ledger that was rebuilt: the whole limit counts as spent now.
  public init(spent spec: WindowSpec, now: Now) {
    self.init(spec)
    restore(reserved: spec.limit, endingBy: now.boot)
  }
}

/// The integers of a stored window, before they mean moments.
private struct StoredWindow {
  struct StoredRun {
    var age: Int64
    var width: Int64
    var count: Int
  }
  var boot: BootTime
  var wall: Instant
  var reserved: Int
  var closed: Int64
  var paced: Int64
  var limit: Int64
  var runs: [StoredRun] = []

  init?(_ reader: inout VarintReader) {
    guard reader.unsigned() == 1, let boot = reader.signed(), let wall = reader.signed(),
      let reserved = reader.signed(), let closed = reader.signed(), let paced = reader.signed(),
      let limit = reader.signed(), let count = reader.signed(),
      (0...Int64(Limits.windowRuns + 8)).contains(count), reserved >= 0
    else { return nil }
    self.boot = BootTime(microseconds: boot)
    self.wall = Instant(microseconds: wall)
    self.reserved = Int(reserved)
    self.closed = closed
    self.paced = paced
    self.limit = limit
    for _ in 0..<count {
      guard let age = reader.signed(), let width = reader.signed(), let calls = reader.signed(),
        width >= 0, calls > 0
      else { return nil }
      runs.append(StoredRun(age: age, width: width, count: Int(calls)))
    }
  }
}
