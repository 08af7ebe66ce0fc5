/// One rate limit and our own count of the calls in it.
///
/// Theory of operation
/// -------------------
/// A call is counted from before it is sent until `seconds` plus a guard after its *answer ended*.
/// A send needs fewer than `limit` calls so counted. Take any window as the server sees it, and the
/// call in it that was sent last: every other call of that window was then still in flight, or had
/// ended less than `seconds` before. So the count holds for rolling windows, and a fortiori for
/// windows aligned to the clock or to the first call, whatever the server's clock says. A sliding
/// counter is another matter: it takes a burst for calls spread over its window. There, and for a
/// day after a refusal that our count does not explain, calls are *paced* as well.
///
/// Ends of calls are kept as *runs*: a call joins the newest run while its end is less than
/// `seconds`/255 after the run's first. A run is forgotten when its *last* end is old enough, so
/// that at most 257 runs describe a window of any size, at a cost of 1/255 of the budget.
///
/// Before a send is let go, the ledger holds a *reservation* for it: the runs as they were and the
/// number of calls that may have happened since. After a crash all of them count as ended at
/// the restart plus the longest time a call may take. A refusal, and a meter that says that nothing
/// is left, are kept as well: a restart opens no window that was closed.
public struct CallWindow: Sendable {
  /// Consecutive ends of calls, on CLOCK_BOOTTIME.
  struct Run: Hashable, Sendable {
    var first: BootTime
    var last: BootTime
    var count: Int
  }

  public let spec: WindowSpec
  let length: Duration
  /// Added to the length against clock drift and rounding: min(50 ms, length/1000).
  let guardTime: Duration
  /// Ends closer together than this share a run.
  let grain: Duration

  /// In the order of their last.
  private(set) var runs: [Run] = []
  /// Sum of `count` over the runs.
  private(set) var ended = 0
  public private(set) var inFlight = 0
  /// Calls ended since the last ``reserve()``: covered by the reservation, not by stored runs.
  private var endedSinceReserved = 0
  /// What the ledger holds: so many calls may have happened that its runs do not show.
  public private(set) var reserved = 0
  /// The provider said something since that a restart must not forget.
  var isChanged = false

  /// What the provider said last, and the same when it is less than configured.
  var toldLimit: Int?
  var meteredLimit: Int?
  /// No send before this moment: the provider refused, or said that nothing is left.
  var closedUntil: BootTime?
  /// Until this moment sends are spaced evenly: the provider refused although we counted room.
  var pacedUntil: BootTime?
  var isPaced: Bool { spec.align == .sliding || pacedUntil != nil }
  /// When the last call of a paced window left.
  var lastSend: BootTime?
  var reading: Reading?

  /// A `left` or `used` meter: it may only lower the room.
  struct Reading: Hashable, Sendable {
    var left: Int
    var until: BootTime
    /// Calls in flight when it was read, whether the server had counted them or not, and calls
    /// sent since.
    var taken: Int
    /// How many more may leave while it holds.
    var room: Int { left - taken }
  }

  public init(_ spec: WindowSpec) {
    self.spec = spec
    length = .microseconds(Int64(spec.seconds * 1_000_000))
    guardTime = min(.milliseconds(50), length / 1000)
    // 255 whole runs, the oldest and the newest in part, are 257.
    grain = length / (Limits.windowRuns - 2)
  }

  /// The limit in force.
  public var limit: Int { min(spec.limit, meteredLimit ?? spec.limit) }

  /// Calls counted now.
  public var used: Int { ended + inFlight }

  // MARK: One call

  /// Takes a slot. The caller has seen ``opening(now:)`` say that there is one.
  public mutating func take(now: Now) {
    inFlight += 1
    lastSend = now.boot
    reading?.taken += 1
  }

  /// The answer to a call ended, or it failed, or it was given up.
  ///
  /// - Parameters:
  ///   - sends: above 1 when libcurl put the request on a wire more than once.
  ///   - arrivingBy: the last moment at which the server may date it, for a call that was given up
  ///     without an answer: it may still be on its way. Nil: it ended now.
  public mutating func end(at now: Now, sends: Int = 1, arrivingBy latest: BootTime? = nil) {
    // One that began before this window was added to the settings took no slot of it.
    if inFlight > 0 { inFlight -= 1 }
    let count = max(1, sends)
    endedSinceReserved += count
    add(count, at: max(now.boot, latest ?? now.boot), now: now)
  }

  /// Counts calls that ended at a moment, or that the server may date as late as that.
  mutating func add(_ count: Int, at moment: BootTime, now: Now) {
    ended += count
    if moment > now.boot, let late = runs.indices.last, runs[late].first > now.boot {
      // All that lies in the future shares a run: timeouts and restarts in a row stay few.
      runs[late].last = max(runs[late].last, moment)
      runs[late].count += count
      return
    }
    let place = (runs.lastIndex { $0.last <= moment } ?? -1) + 1
    if place > 0, moment - runs[place - 1].first <= grain {
      runs[place - 1].last = moment
      runs[place - 1].count += count
    } else {
      runs.insert(Run(first: moment, last: moment, count: count), at: place)
    }
  }

  /// Takes over a run of the stored state; they come in their order.
  mutating func append(_ run: Run) {
    ended += run.count
    runs.append(run)
  }

  /// Forgets the runs that no window can hold any more.
  public mutating func expire(now: Now) {
    var gone = 0
    while gone < runs.count, runs[gone].last + length + guardTime <= now.boot {
      ended -= runs[gone].count
      gone += 1
    }
    if gone > 0 { runs.removeFirst(gone) }
    if let r = reading, r.until <= now.boot { reading = nil }
    if let c = closedUntil, c <= now.boot { closedUntil = nil }
    if let p = pacedUntil, p <= now.boot { pacedUntil = nil }
  }

  // MARK: When

  public enum Opening: Hashable, Sendable {
    /// So many calls may leave now, at least one.
    case now(Int)
    /// None before this moment.
    case at(BootTime)
    /// Not until a call in flight ends.
    case whenOneEnds
  }

  /// Whether a call may leave. Expires what is old first.
  public mutating func opening(now: Now) -> Opening {
    expire(now: now)
    if let closed = closedUntil { return .at(closed) }
    if let paced = nextPacedSend(now: now), paced > now.boot { return .at(paced) }
    let own = limit - used
    if own <= 0 {
      guard let oldest = runs.first else { return .whenOneEnds }
      return .at(oldest.last + length + guardTime)
    }
    if let r = reading, r.room < own {
      guard r.room > 0 else { return inFlight > 0 ? .whenOneEnds : .at(r.until) }
      return .now(r.room)
    }
    return .now(isPaced ? 1 : own)
  }

  private func nextPacedSend(now: Now) -> BootTime? {
    guard isPaced, let lastSend else { return nil }
    return lastSend + length * 101 / (100 * max(1, limit))
  }

  // MARK: Reservations

  /// True while the ledger's reservation covers every call since it was made, and nothing else has
  /// changed that a restart must know.
  public var isCovered: Bool { !isChanged && inFlight + endedSinceReserved <= reserved }

  /// Makes a new reservation, to be stored before anything is sent: the calls in flight and a
  /// thousandth of the limit (at least one) beyond, so that large windows are stored rarely.
  public mutating func reserve() {
    reserved = inFlight + max(1, spec.limit / 1000)
    endedSinceReserved = 0
    isChanged = false
  }

  /// At a clean stop nothing is in flight: the runs say all.
  public mutating func settle() {
    endedSinceReserved = 0
    reserved = inFlight
    isChanged = false
  }

  /// Restores the reservation after a restart: `count` calls may have been under way, and the last
  /// may end as late as `latest`.
  mutating func restore(reserved count: Int, endingBy latest: BootTime, now: Now) {
    guard count > 0 else { return }
    add(count, at: latest, now: now)
  }

  /// Takes over count and state of a window whose specification changed in the settings.
  public mutating func inherit(_ old: CallWindow) {
    runs = old.runs
    ended = old.ended
    inFlight = old.inFlight
    closedUntil = old.closedUntil
    pacedUntil = old.pacedUntil
    lastSend = old.lastSend
    reading = old.reading
    if let told = old.toldLimit { metered(limit: told) }
    // What the ledger holds was written by the old one.
    isChanged = true
  }
}
