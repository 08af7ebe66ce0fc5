import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Lane")
struct LaneTests {
  private static let now = Now(
    wall: Bench.moment("2018-06-15T12:00:00Z"), boot: BootTime(microseconds: 1_000_000))

  static func make(
    id: Int = 1, client: ClientState? = nil, windows: [WindowSpec] = [],
    app: [WindowSpec] = [], streams: [String] = ["steps"]
  ) -> Lane {
    let provider = Provider.bench(streams)
    let rows = provider.streams.enumerated().map { i, spec in
      LaneStream(spec: spec, row: StreamRow(number: i + 1, name: spec.name))
    }
    return Lane(
      account: AccountRow(id: id, name: "a\(id)", provider: "p", removed: false),
      settings: .bench("a\(id)"), provider: provider,
      client: client
        ?? ClientState(owner: "c:app", id: "id", secret: nil, windows: app.map(CallWindow.init)),
      streams: rows, record: AccountRecord(name: "a\(id)", provider: "p"), zone: .utc,
      windows: windows.map(CallWindow.init))
  }

  private static func at(_ n: Int64) -> BootTime { BootTime(microseconds: n) }

  @Test(
    "of two openings the stricter counts, in either order",
    arguments: [
      (.now(3), .now(5), .now(3)),
      (.at(at(3)), .at(at(5)), .at(at(5))),
      (.at(at(3)), .now(5), .at(at(3))),
      (.whenOneEnds, .now(5), .whenOneEnds),
      (.at(at(3)), .whenOneEnds, .at(at(3))),
      (.whenOneEnds, .whenOneEnds, .whenOneEnds),
    ] as [(CallWindow.Opening, CallWindow.Opening, CallWindow.Opening)])
  func stricter(
    _ a: CallWindow.Opening, _ b: CallWindow.Opening, _ expected: CallWindow.Opening
  ) {
    #expect(a.stricter(b) == expected)
    #expect(b.stricter(a) == expected)
  }

  @Test("a call takes a slot of every window, the account's and the app's")
  func slots() {
    let lane = Self.make(windows: [.bench("m", 60, 3)], app: [.bench("h", 3_600, 2, per: .app)])
    #expect(lane.opening(now: Self.now) == .now(2))
    lane.take(now: Self.now)
    #expect(lane.opening(now: Self.now) == .now(1))
    lane.take(now: Self.now)
    #expect(lane.opening(now: Self.now) == .whenOneEnds)
    #expect(lane.inFlight == 2 && lane.calls == 2)
    lane.end(sends: 1, now: Self.now)
    lane.client.end(sends: 1, now: Self.now)
    #expect(lane.inFlight == 1)
    guard case .at = lane.opening(now: Self.now) else {
      Issue.record("an hour must pass now")
      return
    }
    #expect(lane.allWindows.map(\.used) == [2, 2])
  }

  @Test("what libcurl sent twice counts twice")
  func sentTwice() {
    let lane = Self.make(windows: [.bench("m", 60, 9)])
    lane.take(now: Self.now)
    lane.end(sends: 2, now: Self.now)
    #expect(lane.windows[0].used == 2 && lane.inFlight == 0)
  }

  @Test("an account without limits may always call")
  func noWindows() {
    let lane = Self.make()
    for _ in 0..<100 { lane.take(now: Self.now) }
    #expect(lane.opening(now: Self.now) == .now(Int.max))
  }

  @Test("counts follow the row, and days that wait or fail are missing")
  func counts() {
    let lane = Self.make(streams: ["steps", "sleep"])
    lane.streams[0].row.counts.addMissing(2)
    lane.streams[1].row.counts.addMissing(1)
    let missing = LedgerFixture.row("2018-06-01")
    lane.recount(from: missing, to: LedgerFixture.row("2018-06-01", .open))
    lane.recount(from: missing, to: LedgerFixture.row("2018-06-01", .failing))
    #expect(lane.missing == 2 && lane.stored == 1)
    #expect(lane.streams.map(\.isDirty) == [true, false])
    lane.recount(from: nil, to: LedgerFixture.row("2018-06-01", .final, stream: 2))
    #expect(lane.stored == 2)
    lane.recount(from: nil, to: LedgerFixture.row("2018-06-01", .final, stream: 3))
    #expect(lane.stored == 2)
  }

  @Test("streams are found by the ledger's number")
  func streams() {
    let lane = Self.make(streams: ["steps", "sleep"])
    #expect(lane.index(ofStream: 2) == 1 && lane.stream(2)?.spec.name == "sleep")
    #expect(lane.index(ofStream: 3) == nil && lane.stream(3)?.spec.name == nil)
  }
}
