import DaybookCore
import Foundation

@testable import DaybookEngine

/// Rows and files: no day is lost, every missing one has its time, every stored one its bytes.
extension Invariants {
  /// Days whose files these events say are in the archive.
  func filings(of events: [Event], _ engine: Engine) -> [Filing] {
    guard !isAsleep else { return [] }
    return events.flatMap { event -> [Filing] in
      guard case .persisted(let outcomes) = event else { return [] }
      return outcomes.compactMap { outcome in
        guard case .success = outcome.result else { return nil }
        return engine.filings[outcome.id]
      }
    }
  }

  /// A settled day has its bytes: row, file and hash.
  mutating func settled(_ filings: [Filing], _ engine: Engine, _ now: Now) {
    for filing in filings {
      guard engine.roster[filing.lane] != nil else { continue }
      guard let row = (try? engine.ledger.row(filing.key)) ?? nil else {
        broke("\(filing.work.day) was settled without a row", now)
        continue
      }
      let path = filing.item.spooled.path
      // Until a check finds it, an altered file is not what its row says.
      if promises.hurt.contains(path.folder + "/" + path.file) { continue }
      checkFile(row, path, engine, now)
      if let stored = row.stored { acknowledged(path, stored) }
    }
  }

  mutating func began(_ engine: Engine, _ now: Now) { if !isAsleep { check(engine, now) } }

  /// Looks into the engine: often at what is cheap, now and then at every row.
  mutating func look(_ engine: Engine, _ now: Now) {
    guard !isAsleep else { return }
    looks += 1
    if looksOften, looks % 512 == 0 { check(engine, now) }
  }

  private func number(_ sql: String, _ engine: Engine) throws -> Int {
    try engine.ledger.database.statement(sql)
      .first { (row) throws(DatabaseError) in row.int(0) } ?? -1
  }

  mutating func check(_ engine: Engine, _ now: Now) {
    do {
      let idle = try number(
        "SELECT count(*) FROM day WHERE state IN (0, 1, 5, 6) AND class IS NULL", engine)
      if idle != 0 { broke("\(idle) days that are not done have no time", now) }
      let bare = try number(
        "SELECT count(*) FROM day WHERE state IN (1, 2) AND (sha256 IS NULL OR size IS NULL)",
        engine)
      if bare != 0 { broke("\(bare) stored days have no hash", now) }
      let gaps = try number(
        """
        SELECT count(*) FROM stream WHERE first IS NOT NULL AND last - first + 1 <> (
          SELECT count(*) FROM day WHERE day.account = stream.account
            AND day.stream = stream.stream AND day BETWEEN first AND last)
        """, engine)
      if gaps != 0 { broke("\(gaps) streams have lost days", now) }
      for lane in engine.roster.all { try checkCounts(lane, engine, now) }
      // At its end the process gives up what is in flight.
      for client in engine.roster.allClients where !engine.health.isStopping {
        checkSlots(client, engine, now)
      }
    } catch {
      broke("the ledger: \(error)", now)
    }
  }

  /// The counts that are kept are the counts there are.
  private mutating func checkCounts(_ lane: Lane, _ engine: Engine, _ now: Now) throws {
    for stream in lane.streams {
      var real = [Int](repeating: 0, count: DayState.allCases.count)
      try engine.ledger.database.statement(
        "SELECT state, count(*) FROM day WHERE account = ? AND stream = ? GROUP BY state"
      ).bind(lane.id, stream.row.number).query { (row) throws(DatabaseError) in
        real[row.int(0)] = row.int(1)
      }
      for state in DayState.allCases where real[state.rawValue] != stream.row.counts[state] {
        let kept = stream.row.counts[state]
        broke("\(lane.name) counts \(kept) \(state), has \(real[state.rawValue])", now)
      }
    }
  }

  /// A window counts the calls that are in flight, and no others.
  private mutating func checkSlots(_ client: ClientState, _ engine: Engine, _ now: Now) {
    let lanes = engine.roster.all.filter { $0.client === client }
    let flights = engine.flights.values.filter { flight in
      flight.usesWindows && lanes.contains { $0.id == flight.lane }
    }
    for window in client.windows where window.inFlight != flights.count {
      broke("\(window.spec.name) counts \(window.inFlight) in flight of \(flights.count)", now)
    }
    for lane in lanes where lane.inFlight != flights.count(where: { $0.lane == lane.id }) {
      broke("\(lane.name) counts \(lane.inFlight) in flight", now)
    }
  }

  // MARK: Files

  /// Every stored row against its file.
  mutating func checkFiles(_ engine: Engine, _ now: Now) {
    for lane in engine.roster.all {
      for stream in lane.streams {
        guard let first = stream.row.first, let last = stream.row.last else { continue }
        let rows = try? engine.ledger.rows(
          account: lane.id, stream: stream.row.number, from: first, to: last)
        for row in rows ?? [] where row.state.isStored {
          let path = DayPath(
            account: lane.name, stream: stream.spec.name, day: row.key.day,
            fileExtension: stream.spec.fileExtension)
          checkFile(row, path, engine, now)
        }
      }
    }
  }

  private mutating func checkFile(_ row: DayRow, _ path: DayPath, _ engine: Engine, _ now: Now) {
    guard row.state.isStored, let stored = row.stored else {
      return broke("\(path.day) was settled and is \(row.state)", now)
    }
    let file = engine.archiveRoot + "/" + path.folder + "/" + path.file
    guard let bytes = FileManager.default.contents(atPath: file) else {
      return broke("\(path.folder)/\(path.file) is \(row.state) and has no file", now)
    }
    if SHA256.digest(Array(bytes)) != stored.read.sha256 {
      broke("\(path.folder)/\(path.file) is not what its row says", now)
    }
  }
}
