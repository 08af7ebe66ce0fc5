import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// What a whole life must keep, noted as it goes by.
extension Invariants {
  // MARK: Calls

  /// The call leaves: in which windows it counts, and whether it may.
  mutating func noteSent(_ call: Call, _ flight: Flight, _ lane: Lane, _ now: Now) {
    let bearer = call.headers.first { $0.name == "Authorization" }?.value.expose()
    var caller = Promises.Caller(lane: lane.name, bearer: bearer)
    if flight.usesWindows {
      caller.windows =
        lane.windows.map { ("\(lane.name)'s \($0.spec.name)", $0.spec) }
        + lane.client.windows.map { ("\(lane.client.owner)'s \($0.spec.name)", $0.spec) }
      if let end = promises.heldUntil[lane.name], end > truth {
        broke("a call of \(lane.name) \(end - truth) before it was told to come again", now)
      }
    }
    promises.callers[call.id] = caller
    promises.times[lane.name, default: []].append(truth)
  }

  /// The provider counts it, whoever is left to hear the answer.
  mutating func arrived(_ call: Call, _ now: Now) {
    for (name, spec) in promises.callers[call.id]?.windows ?? [] {
      let seen = promises.arrivals[name, default: Arrivals()].count(spec, at: truth)
      if seen.count > seen.limit {
        broke("the provider sees \(seen.count) calls in \(name) of \(seen.limit)", now)
      }
    }
  }

  /// The daemon hears the answer, and is bound by what it says.
  mutating func heard(_ id: CallID, _ reply: Reply, _ response: SimResponse?) {
    guard let caller = promises.callers.removeValue(forKey: id), let response else { return }
    if let bearer = caller.bearer, case .answered(let answer) = reply.outcome,
      (200...299).contains(answer.status)
    {
      promises.worked.insert(bearer)
    }
    guard [429, 503].contains(response.status), response.delivery == .whole,
      let text = response.header("Retry-After"), let seconds = Int64(text),
      (1...3_600).contains(seconds)
    else { return }
    let end = truth + .seconds(seconds)
    promises.heldUntil[caller.lane] = max(promises.heldUntil[caller.lane] ?? end, end)
  }

  /// A refresh token is dead once its successor has worked.
  func isDead(_ token: String, of grant: Grant?) -> Bool {
    guard let grant, grant.refresh?.expose() != token else { return false }
    return promises.worked.contains("Bearer " + grant.access.expose())
  }

  /// The call goes to one lane: those of the same client that could go too have been passed over.
  mutating func noteTurn(_ served: Lane, _ engine: Engine, _ now: Now) {
    let ring = engine.roster.all.filter { $0.client === served.client }
    promises.passedOver[served.name] = 0
    for lane in ring where lane !== served {
      let times = isReady(lane, engine, now) ? (promises.passedOver[lane.name] ?? 0) + 1 : 0
      promises.passedOver[lane.name] = times
      if times > 2 * Limits.callsInTurn * ring.count {
        broke("\(lane.name) was passed over \(times) times", now)
      }
    }
  }

  private func isReady(_ lane: Lane, _ engine: Engine, _ now: Now) -> Bool {
    guard engine.isOpen(lane), lane.waitsUntil.map({ $0 <= now.boot }) ?? true,
      lane.inFlight == 0, !lane.refreshing, lane.pendingFacts.isEmpty, let work = lane.queue.next,
      !engine.isUnchecked(lane, work), case .now = lane.opening(now: now)
    else { return false }
    return true
  }

  // MARK: Lines

  /// One line for one change: the same one within a minute, again and again, is noise.
  mutating func noteSaid(_ entry: Entry, _ now: Now) {
    guard entry.message.priority != .debug, !Invariants.ofCommands.contains(entry.message) else {
      return
    }
    let line =
      "\(entry.message) \(entry.account ?? "") \(entry.day.map { "\($0)" } ?? "") \(entry.text)"
    let last = promises.said[line]
    let isAgain = last.map { truth - $0.at < .minutes(1) } ?? false
    let times = isAgain ? (last?.times ?? 0) + 1 : 1
    promises.said[line] = (truth, times)
    if times > 4 { broke("said \(times) times within minutes: \(line)", now) }
  }

  /// As often as somebody gives the command, the process starts, or two servers disagree on the time.
  private static let ofCommands: Set<Message> = [
    .started, .ready, .reloaded, .paused, .resumed, .resyncDone, .verified, .repaired,
    .clockTrusted,
    .clockUntrusted,
  ]

  // MARK: Days

  /// The daemon has said that it holds this day.
  mutating func acknowledged(_ path: DayPath, _ stored: StoredDay) {
    let name = path.folder + "/" + path.file
    guard !promises.hurt.contains(name) else { return }
    if let old = promises.days[name], old.stored.read.sha256 != stored.read.sha256,
      old.stored.read.items > stored.read.items
    {
      promises.kept.append((name, old.stored.read.sha256))
    }
    promises.days[name] = .init(path: path, stored: stored)
  }

  /// Somebody has put his hand on the file: what it was is not the daemon's to keep.
  mutating func damaged(_ name: String) {
    promises.hurt.insert(name)
    promises.days[name] = nil
    promises.kept.removeAll { $0.name == name }
  }

  /// At the end: every acknowledged day is there, as it was acknowledged or as it was read later.
  mutating func keptPromises(_ world: World) {
    for (name, day) in promises.days.sorted(by: { $0.key < $1.key }) {
      guard let lane = world.lane(day.path.account),
        let stream = lane.streams.first(where: { $0.spec.name == day.path.stream }),
        let row = try? world.engine?.ledger.row(
          DayKey(account: lane.id, stream: stream.row.number, day: day.path.day))
      else {
        broke("\(name) was acknowledged and has no row", world.now)
        continue
      }
      guard row.state.isStored, let stored = row.stored else {
        broke("\(name) was acknowledged and is \(row.state)", world.now)
        continue
      }
      if stored.read.sha256 != day.stored.read.sha256,
        stored.readAt < day.stored.readAt - .seconds(2)
      {
        broke("\(name) is older than what was acknowledged", world.now)
      }
    }
    let there = promises.kept.isEmpty ? [] : world.hashes()
    for (name, sha256) in promises.kept where !there.contains(sha256) {
      broke("a version of \(name) that had more items is gone", world.now)
    }
  }
}

struct Promises {
  struct Acknowledged {
    var path: DayPath
    var stored: StoredDay
  }
  struct Caller {
    var lane: String
    var bearer: String?
    var windows: [(name: String, spec: WindowSpec)] = []
  }

  /// By the day's path below the archive.
  var days: [String: Acknowledged] = [:]
  /// Files that somebody has altered.
  var hurt: Set<String> = []
  /// Older reads that had more items.
  var kept: [(name: String, sha256: Digest)] = []
  /// Access tokens that were answered well: the refresh token before may be dead.
  var worked: Set<String> = []
  /// When the provider wants to see an account again, by its own word.
  var heldUntil: [String: Instant] = [:]
  /// Of calls whose answer has not been heard.
  var callers: [CallID: Caller] = [:]
  var arrivals: [String: Arrivals] = [:]
  /// When calls of each account left.
  var times: [String: [Instant]] = [:]
  /// How often another was served while this account could have been.
  var passedOver: [String: Int] = [:]
  var said: [String: (at: Instant, times: Int)] = [:]
}

/// The calls of one window, as the provider sees them.
struct Arrivals {
  private var times: [Int64] = []
  private var head = 0
  /// Limits that were in force for calls that still count.
  private var limits: [(at: Int64, limit: Int)] = []

  /// Counts a call: how many lie within the window's length that ends now, and how many may.
  mutating func count(_ spec: WindowSpec, at moment: Instant) -> (count: Int, limit: Int) {
    let now = moment.microseconds
    let begin = now - Int64(spec.seconds * 1_000_000)
    times.append(now)
    while times[head] <= begin { head += 1 }
    if limits.last?.limit != spec.limit { limits.append((now, spec.limit)) }
    while limits.count > 1, limits[1].at <= begin { limits.removeFirst() }
    return (times.count - head, limits.map(\.limit).max() ?? spec.limit)
  }
}
