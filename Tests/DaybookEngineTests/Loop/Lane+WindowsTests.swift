import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("The windows of a lane")
struct LaneWindowsTests {
  @Test(
    "of two openings the stricter counts, in either order",
    arguments: [
      (.now(3), .now(5), .now(3)),
      (.at(LaneTests.at(3)), .at(LaneTests.at(5)), .at(LaneTests.at(5))),
      (.at(LaneTests.at(3)), .now(5), .at(LaneTests.at(3))),
      (.whenOneEnds, .now(5), .whenOneEnds),
      (.at(LaneTests.at(3)), .whenOneEnds, .at(LaneTests.at(3))),
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
    let lane = LaneTests.make(
      windows: [.bench("m", 60, 3)], app: [.bench("h", 3_600, 2, per: .app)])
    #expect(lane.opening(now: LaneTests.now) == .now(2))
    lane.take(now: LaneTests.now)
    #expect(lane.opening(now: LaneTests.now) == .now(1))
    lane.take(now: LaneTests.now)
    #expect(lane.opening(now: LaneTests.now) == .whenOneEnds)
    #expect(lane.inFlight == 2 && lane.calls == 2)
    lane.end(sends: 1, now: LaneTests.now)
    lane.client.end(sends: 1, now: LaneTests.now)
    #expect(lane.inFlight == 1)
    guard case .at = lane.opening(now: LaneTests.now) else {
      Issue.record("an hour must pass now")
      return
    }
    #expect(lane.allWindows.map(\.used) == [2, 2])
  }

  @Test("what libcurl sent twice counts twice")
  func sentTwice() {
    let lane = LaneTests.make(windows: [.bench("m", 60, 9)])
    lane.take(now: LaneTests.now)
    lane.end(sends: 2, now: LaneTests.now)
    #expect(lane.windows[0].used == 2 && lane.inFlight == 0)
  }

  @Test("an account without limits may always call")
  func noWindows() {
    let lane = LaneTests.make()
    for _ in 0..<100 { lane.take(now: LaneTests.now) }
    #expect(lane.opening(now: LaneTests.now) == .now(Int.max))
  }
}
