import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// What must hold after every event, whatever happened.
struct Invariants {
  /// Each is a sentence with the moment; empty: nothing was broken.
  private(set) var violations: [String] = []
  private var refreshesInFlight: [CallID: String] = [:]
  private var spentRefreshTokens: Set<String> = []
  private(set) var sends = 0
  private(set) var refusals = 0
  private(set) var entries: [Entry] = []
  /// Days whose bytes the archive has acknowledged in this life or before.
  private(set) var calls: [String: Int] = [:]
  private var looks = 0

  mutating func broke(_ what: String, _ now: Now) {
    violations.append("\(now.wall.rfc3339): \(what)")
  }

  mutating func logged(_ entry: Entry) {
    entries.append(entry)
    if entry.message == .bug || entry.message == .fatal {
      violations.append("\(entry.message): \(entry.text)")
    }
  }

  mutating func sent(_ call: Call, at now: Now) {
    sends += 1
    if call.kind == .token, call.body?.expose().contains("refresh_token") == true {
      if !refreshesInFlight.isEmpty { broke("two refreshes at once", now) }
      refreshesInFlight[call.id] = call.url
    }
    if call.kind == .data { calls[call.url, default: 0] += 1 }
  }

  mutating func arrived(_ call: Call, life: Int, at now: Now) {}

  mutating func answered(_ call: Call, _ response: SimResponse, at now: Now) {
    if response.status == 429, response.header("X-Fault") == nil {
      refusals += 1
      broke("refused: \(call.url)", now)
    }
  }

  mutating func replied(_ id: CallID) { refreshesInFlight[id] = nil }

  mutating func lifeEnded() { refreshesInFlight = [:] }

  /// Looks into the engine: often at what is cheap, now and then at every row.
  mutating func look(at world: World, _ engine: Engine) {
    looks += 1
    guard looks % 512 == 0 else { return }
    check(engine, world.now)
  }

  mutating func check(_ engine: Engine, _ now: Now) {
    do {
      let lost = try engine.ledger.database.statement(
        "SELECT count(*) FROM day WHERE state IN (0, 5, 6) AND class IS NULL AND next_at IS NULL"
      ).first { (row) throws(DatabaseError) in row.int(0) }
      if lost != 0 { broke("\(lost ?? 0) missing days have no time", now) }
      let bare = try engine.ledger.database.statement(
        "SELECT count(*) FROM day WHERE state IN (1, 2) AND (sha256 IS NULL OR size IS NULL)"
      ).first { (row) throws(DatabaseError) in row.int(0) }
      if bare != 0 { broke("\(bare ?? 0) stored days have no hash", now) }
      for lane in engine.roster.all { try checkCounts(lane, engine, now) }
    } catch {
      broke("the ledger: \(error)", now)
    }
  }

  /// The counts that are kept are the counts there are.
  private mutating func checkCounts(_ lane: Lane, _ engine: Engine, _ now: Now) throws {
    for stream in lane.streams {
      for state in DayState.allCases {
        let real =
          try engine.ledger.database.statement(
            "SELECT count(*) FROM day WHERE account = ? AND stream = ? AND state = ?"
          ).bind(lane.id, stream.row.number, state.rawValue)
          .first { (row) throws(DatabaseError) in row.int(0) } ?? -1
        if real != stream.row.counts[state] {
          broke("\(lane.name) counts \(stream.row.counts[state]) \(state), has \(real)", now)
        }
      }
    }
  }
}

/// A digest of everything that happened, in order.
struct Trace {
  private let hash = SHA256()
  private(set) var lines: [String] = []
  var keepsLines = false

  mutating func note(_ text: @autoclosure () -> String, _ at: BootTime) {
    let line = "\(at.microseconds) \(text())\n"
    hash.update(Array(line.utf8))
    if keepsLines { lines.append(line) }
  }

  /// Call it once, at the end.
  func finish() -> String { hash.finish().description }
}
