import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// What must hold after every event, whatever happened. Calls are judged here as they leave, rows
/// and files in `Invariants+Days.swift`.
struct Invariants {
  /// Each is a sentence with the moment; empty: nothing was broken.
  private(set) var violations: [String] = []
  private(set) var entries: [Entry] = []

  // What a scenario asks for on purpose.
  /// The provider refuses calls although the windows have room.
  var allowsRefusals = false
  /// Answers that nothing explains, and a disk that fails.
  var allowsBugs = false

  // Counted.
  private(set) var sends = 0
  private(set) var refusals = 0
  /// Calls for days by account, and refreshes.
  private(set) var daySends: [String: Int] = [:]
  private(set) var works: [DayWork] = []
  private(set) var refreshes = 0
  var looks = 0
  var looksOften = true
  /// Nothing is looked at.
  var isAsleep = false
  /// What time it really is.
  var truth = Instant(seconds: 0)
  var promises = Promises()

  // Of the running process.
  private var refreshing: [CallID: String] = [:]
  private var daysInFlight: [CallID: [DayKey]] = [:]
  /// Access tokens that were seen in the account book before their first use.
  private var durable: Set<String> = []

  mutating func broke(_ what: String, _ now: Now) {
    if violations.count < 20 { violations.append("\(now.wall.rfc3339): \(what)") }
  }

  mutating func logged(_ entry: Entry, _ now: Now) {
    guard !isAsleep else { return }
    entries.append(entry)
    noteSaid(entry, now)
    if !allowsBugs, entry.message == .bug || entry.message == .fatal {
      broke("\(entry.message): \(entry.text)", now)
    }
  }

  // MARK: Calls

  mutating func sent(_ call: Call, _ engine: Engine, _ now: Now) {
    sends += 1
    guard !isAsleep else { return }
    guard let flight = engine.flights[call.id], let lane = engine.roster[flight.lane] else {
      return broke("a call of no lane: \(call.url)", now)
    }
    noteSent(call, flight, lane, now)
    if call.kind != .token, !engine.health.lets { broke("a call while nothing may leave", now) }
    if [.data, .part].contains(call.kind),
      lane.record.pausedAt != nil || lane.record.sealedAt != nil
    {
      broke("a call of \(lane.name), which is paused or sealed", now)
    }
    switch flight.purpose {
    case .refresh: sentRefresh(call, lane, engine, now)
    case .days(let read): sentDays(call, read, lane, engine, now)
    case .part, .walk, .facts, .index, .changes, .exchange, .identity, .form, .revoke: break
    }
    checkToken(call, lane, engine, now)
  }

  private mutating func sentRefresh(_ call: Call, _ lane: Lane, _ engine: Engine, _ now: Now) {
    refreshes += 1
    if refreshing.values.contains(lane.name) { broke("two refreshes of \(lane.name)", now) }
    refreshing[call.id] = lane.name
    let known = (try? engine.book.grant(lane.name))?.grant
    let tokens = [known?.refresh, known?.previousRefresh].compactMap { $0?.expose() }
    let fields = QueryString.parse(call.body?.expose() ?? "") ?? []
    let sent = fields.first { $0.name == "refresh_token" }?.value ?? ""
    if !tokens.contains(sent) {
      broke("a refresh of \(lane.name) with a token that is not stored", now)
    } else if isDead(sent, of: known) {
      broke("a refresh of \(lane.name) with a token whose successor has worked", now)
    }
  }

  private mutating func sentDays(
    _ call: Call, _ read: DaysRead, _ lane: Lane, _ engine: Engine, _ now: Now
  ) {
    daySends[lane.name, default: 0] += 1
    works += read.works
    noteTurn(lane, engine, now)
    let keys = read.keys(account: lane.id)
    if daysInFlight.values.contains(where: { $0.contains { keys.contains($0) } }) {
      broke("\(read.first) is asked twice at once", now)
    }
    daysInFlight[call.id] = keys
    for (work, key) in zip(read.works, keys) { checkRow(work, key, lane, engine, now) }
  }

  private mutating func checkRow(
    _ work: DayWork, _ key: DayKey, _ lane: Lane, _ engine: Engine, _ now: Now
  ) {
    if work.day > lane.zone.day(at: now.wall) { broke("\(work.day) has not begun", now) }
    guard let row = (try? engine.ledger.row(key)) ?? nil else {
      return broke("\(work.day) has no row", now)
    }
    // A second look that failed is made again like any other call.
    let isAsked = [.forced, .verify].contains(work.workClass) || row.workClass != nil
    if row.state == .final, !isAsked { broke("\(work.day) is final and asked again", now) }
  }

  /// An access token is not used before it is stored.
  private mutating func checkToken(_ call: Call, _ lane: Lane, _ engine: Engine, _ now: Now) {
    guard let header = call.headers.first(where: { $0.name == "Authorization" })?.value.expose(),
      header.hasPrefix("Bearer "), !durable.contains(header), call.kind != .account
    else { return }
    if (try? engine.book.grant(lane.name))?.grant?.access.expose() != String(header.dropFirst(7)) {
      broke("\(lane.name) uses an access token that is not stored", now)
    }
    durable.insert(header)
  }

  mutating func answered(_ call: Call, _ response: SimResponse, at now: Now) {
    guard !isAsleep else { return }
    let isOurFault = response.bodyText != "the simulated service has trouble\n"
    guard response.status == 429, isOurFault else { return }
    refusals += 1
    if !allowsRefusals { broke("refused: \(call.url)", now) }
  }

  /// Days that were asked for in this class, in order, of all accounts.
  func days(_ workClass: WorkClass) -> [Day] {
    works.filter { $0.workClass == workClass }.map(\.day)
  }

  mutating func replied(_ id: CallID) {
    refreshing[id] = nil
    daysInFlight[id] = nil
  }

  mutating func lifeEnded() {
    refreshing = [:]
    daysInFlight = [:]
    durable = []
    promises.said = [:]
  }
}
