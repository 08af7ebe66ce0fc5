import DaybookCore
import Testing

@testable import DaybookEngine

/// What a test looks at.
extension Bench {
  static func day(_ date: String) -> Day { ArchiveFixture.day(date) }

  var lane: Lane { lane("me") }

  func lane(_ name: String) -> Lane {
    guard let lane = engine.roster.named(name) else { preconditionFailure("no lane \(name)") }
    return lane
  }

  func key(_ date: String, stream: Int = 1, account: String = "me") -> DayKey {
    DayKey(account: lane(account).id, stream: stream, day: Bench.day(date))
  }

  func row(_ date: String, stream: Int = 1, account: String = "me") throws -> DayRow {
    try #require(try engine.ledger.row(key(date, stream: stream, account: account)))
  }

  /// Changes a row behind the engine's back, counts included, as if it had come to be so.
  func change(_ date: String, stream: Int = 1, _ change: (inout DayRow) -> Void) throws {
    let before = try row(date, stream: stream)
    var after = before
    change(&after)
    try engine.ledger.put(after)
    lane.recount(from: before, to: after)
    lane.queue.invalidate()
    lane.nextDue = try engine.ledger.nextDue(account: lane.id)
  }

  /// The archive is there, with its marker, and no ledger any more.
  func loseLedger() {
    folder.makeFolder("archive")
    folder.write(Marker.text("feedbeef"), to: "archive/.daybook")
    for suffix in ["", "-wal", "-shm"] { folder.remove("ledger.sqlite" + suffix) }
  }

  /// Texts of the journal's lines of one kind.
  func logged(_ message: Message) -> [String] {
    log.filter { $0.message == message }.map(\.text)
  }

  /// Days asked for and not answered yet: `steps 2018-06-15`.
  var asked: [String] { open.compactMap(\.asked) }

  func call(_ asked: String) throws -> Call {
    try #require(open.first { $0.asked == asked }, "asked: \(self.asked)")
  }

  /// The first open call of a kind.
  func call(_ kind: CallKind) throws -> Call {
    try #require(open.first { $0.kind == kind }, "open: \(open.map(\.kind))")
  }

  func status(_ account: String = "me") throws -> AccountStatus {
    guard case .status(_, let accounts, _)? = ask(.status(account: account)) else {
      throw BenchError("no status")
    }
    return try #require(accounts.first)
  }

  func daemonStatus() throws -> DaemonStatus {
    guard case .status(let daemon, _, _)? = ask(.status(account: nil)) else {
      throw BenchError("no status")
    }
    return daemon
  }

  /// The counts that are kept are the counts there are.
  func checkCounts(_ location: SourceLocation = #_sourceLocation) throws {
    for lane in engine.roster.all {
      for stream in lane.streams {
        for state in DayState.allCases {
          let real = try engine.ledger.database.number(
            """
            SELECT count(*) FROM day WHERE account = \(lane.id) AND stream = \(stream.row.number)
            AND state = \(state.rawValue)
            """)
          #expect(real == stream.row.counts[state], "\(state)", sourceLocation: location)
        }
      }
    }
  }

  var exit: Int32? {
    effects.lazy.compactMap { if case .exit(let status) = $0 { status } else { nil } }.first
  }
  var wake: Duration? {
    effects.lazy.compactMap { if case .wake(let after) = $0 { after } else { nil } }.last
  }
  /// Calls that the last batch let go.
  var sent: [Call] {
    effects.compactMap { if case .send(let call) = $0 { call } else { nil } }
  }
  /// The archive is to be made anew.
  var makesArchive: Bool {
    effects.contains { if case .probe(makes: true) = $0 { true } else { false } }
  }
  var checks: [CheckJob] {
    effects.compactMap { if case .check(let job) = $0 { job } else { nil } }
  }
}

extension Call {
  /// `steps 2018-06-15` of a day's call.
  var asked: String? {
    guard case .spool(let path, _) = reception else { return nil }
    return "\(path.stream) \(path.day)"
  }
  func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value.expose()
  }
  var fields: [String: String] {
    let fields = QueryString.parse(body?.expose() ?? "") ?? []
    return Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

struct BenchError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
