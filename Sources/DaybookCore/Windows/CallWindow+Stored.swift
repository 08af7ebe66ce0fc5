/// How a window is kept in the ledger: at most some 2 kB of variable-length integers. Moments are
/// relative to the moment of writing, which is kept on both clocks. Those of runs are in units of a
/// 2¹⁸th of the window, the first rounded down and the last up.
extension CallWindow {
  /// The state worth keeping, after ``reserve()`` or ``settle()``.
  public func stored(now: Now) -> [UInt8] {
    let unit = max(1, length.inMicroseconds >> 18)
    var out = VarintWriter()
    out.put(StoredWindow.version)
    out.put(now.boot.microseconds)
    out.put(now.wall.microseconds)
    out.put(UInt64(reserved))
    out.put(wait(closedUntil, now))
    out.put(wait(pacedUntil, now))
    out.put(UInt64(meteredLimit ?? 0))
    let closing = reading.flatMap { $0.room <= 0 ? $0 : nil }
    out.put(wait(closing?.until, now))
    out.put(UInt64(unit))
    out.put(UInt64(runs.count))
    var before: Int64?
    for run in runs {
      let age = floorDividing((now.boot - run.last).inMicroseconds, unit)
      let oldest = -floorDividing((run.first - now.boot).inMicroseconds, unit)
      if let before { out.put(UInt64(before - age)) } else { out.put(age) }
      out.put(UInt64(oldest - age))
      out.put(UInt64(run.count))
      before = age
    }
    return out.bytes
  }

  /// Microseconds until a moment; 0: there is none, or it has passed.
  private func wait(_ moment: BootTime?, _ now: Now) -> UInt64 {
    UInt64(max(0, moment.map { ($0 - now.boot).inMicroseconds } ?? 0))
  }

  /// Reads what ``stored(now:)`` wrote. After a reboot moments are taken over by the civil clock,
  /// clamped so that nothing counts as older than it can be, and `inFlightCap` calls count as
  /// spent besides, since the last commits may be lost. Unreadable bytes: the window counts as
  /// full from now on, which costs one window's length and never a refusal.
  ///
  /// - Parameters:
  ///   - sameBoot: the bytes were written since the machine started. A window that is restored after
  ///     a reboot is not covered, so that it is stored before the new boot is noted in the ledger.
  ///   - longestCall: what may have been in flight ended by `now` plus this.
  public init(
    _ spec: WindowSpec, stored bytes: [UInt8], sameBoot: Bool, now: Now, longestCall: Duration,
    inFlightCap: Int
  ) {
    guard let state = StoredWindow(bytes) else {
      self.init(spent: spec, now: now, longestCall: longestCall)
      return
    }
    self.init(spec)
    let elapsed = sameBoot ? now.boot - state.boot : now.wall - state.wall
    let age = max(.zero, elapsed)
    let then = now.boot - age
    for run in state.runs {
      append(
        Run(
          first: then - .microseconds(run.oldest), last: then - .microseconds(run.age),
          count: run.count))
    }
    closedUntil = later(then, max(state.closed, state.spent), now)
    pacedUntil = later(then, state.paced, now)
    // The last send is not known: the next one comes after a whole interval.
    if isPaced { lastSend = now.boot }
    if state.limit > 0 { metered(limit: state.limit) }
    let spent = state.reserved + (sameBoot ? 0 : inFlightCap)
    restore(reserved: spent, endingBy: now.boot + longestCall, now: now)
    expire(now: now)
    // Until it is stored anew, the ledger's moments are those of a boot clock that is gone.
    isChanged = !sameBoot
  }

  private func later(_ then: BootTime, _ wait: Duration, _ now: Now) -> BootTime? {
    let moment = min(then + wait, now.boot + .days(2))
    return moment > now.boot ? moment : nil
  }

  /// The whole limit counts as spent by now, in calls that may still be under way: for a ledger
  /// that was rebuilt.
  public init(spent spec: WindowSpec, now: Now, longestCall: Duration = Limits.callTimeout) {
    self.init(spec)
    restore(reserved: spec.limit, endingBy: now.boot + longestCall, now: now)
  }
}

/// The integers of a stored window, before they mean moments.
private struct StoredWindow {
  struct StoredRun {
    /// Microseconds before the moment of writing; below 0: after it.
    var oldest: Int64
    var age: Int64
    var count: Int
  }
  static let version: UInt64 = 1

  let boot: BootTime
  let wall: Instant
  let reserved: Int
  let closed: Duration
  let paced: Duration
  let limit: Int
  let spent: Duration
  private(set) var runs: [StoredRun] = []

  /// Nil unless the bytes are a whole window and nothing more, with every number within reason.
  init?(_ bytes: [UInt8]) {
    var reader = VarintReader(bytes)
    guard reader.unsigned() == Self.version, let boot = reader.signed(within: Limits.storedSpan),
      let wall = reader.signed(within: Limits.storedSpan),
      let reserved = reader.unsigned(upTo: Limits.callsInRun),
      let closed = reader.unsigned(upTo: Limits.storedSpan),
      let paced = reader.unsigned(upTo: Limits.storedSpan),
      let limit = reader.unsigned(upTo: Limits.callsInRun),
      let spent = reader.unsigned(upTo: Limits.storedSpan),
      let unit = reader.unsigned(upTo: Limits.storedSpan), unit > 0,
      let count = reader.unsigned(upTo: UInt64(Limits.storedRuns))
    else { return nil }
    self.boot = BootTime(microseconds: boot)
    self.wall = Instant(microseconds: wall)
    self.reserved = Int(reserved)
    self.closed = .microseconds(Int64(closed))
    self.paced = .microseconds(Int64(paced))
    self.limit = Int(limit)
    self.spent = .microseconds(Int64(spent))
    guard readRuns(&reader, Int(count), unit: Int64(unit)), reader.isAtEnd else { return nil }
  }

  private mutating func readRuns(_ reader: inout VarintReader, _ count: Int, unit: Int64) -> Bool {
    let most = Limits.storedSpan / UInt64(unit)
    guard count > 0 else { return true }
    guard var age = reader.signed(within: most) else { return false }
    for index in 0..<count {
      if index > 0 {
        guard let gap = reader.unsigned(upTo: most) else { return false }
        age -= Int64(gap)
      }
      // Nothing that was under way then can end a day later.
      guard age * unit > -86_400_000_000, let width = reader.unsigned(upTo: most),
        let calls = reader.unsigned(upTo: Limits.callsInRun), calls > 0
      else { return false }
      runs.append(
        StoredRun(oldest: (age + Int64(width)) * unit, age: age * unit, count: Int(calls)))
    }
    return true
  }
}
