import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Lane")
struct LaneTests {
  static let now = Now(
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

  static func at(_ n: Int64) -> BootTime { BootTime(microseconds: n) }

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
