import Testing

@testable import DaybookCore

extension CallWindow {
  /// A call that ends when it is sent.
  mutating func call(at seconds: Double, sends: Int = 1) {
    take(now: moment(seconds))
    end(at: moment(seconds), sends: sends)
  }

  mutating func opening(at seconds: Double) -> Opening { opening(now: moment(seconds)) }
}

@Suite("One window and our own count of it")
struct CallWindowTests {
  @Test("a fresh window has room for its whole limit") func fresh() {
    var window = CallWindow(WindowSpec(60, in: 60))
    #expect(window.opening(at: 0) == .now(60))
    #expect(window.used == 0)
    #expect(window.isCovered)
  }

  @Test("a call in flight takes a slot, however long it takes") func inFlight() {
    var window = CallWindow(WindowSpec(1, in: 60))
    window.take(now: moment(0))
    #expect(window.opening(at: 0) == .whenOneEnds)
    #expect(window.opening(at: 10_000) == .whenOneEnds)
    #expect(window.used == 1)
  }

  @Test(
    "an ended call counts for the length and a guard after its end",
    arguments: [
      (60, 0.05), (3_600, 0.05), (50, 0.05), (1, 0.001), (0.5, 0.0005), (86_400, 0.05),
    ])
  func length(seconds: Double, guardTime: Double) {
    var window = CallWindow(WindowSpec(1, in: seconds))
    window.take(now: moment(0))
    window.end(at: moment(7))
    let opens = 7 + seconds + guardTime
    #expect(window.opening(at: 7) == .at(boot(opens)))
    #expect(window.opening(at: opens - 0.000_001) == .at(boot(opens)))
    #expect(window.opening(at: opens) == .now(1))
    #expect(window.used == 0)
  }

  @Test("with slots taken by ended calls and calls in flight, the ended ones open first")
  func mixed() {
    var window = CallWindow(WindowSpec(2, in: 60))
    window.call(at: 0)
    window.take(now: moment(5))
    #expect(window.opening(at: 6) == .at(boot(60.05)))
    #expect(window.opening(at: 60.05) == .now(1))
  }

  @Test("every send counts; a request that never left counts as one", arguments: [(0, 1), (3, 3)])
  func sends(sends: Int, counted: Int) {
    var window = CallWindow(WindowSpec(9, in: 60))
    window.call(at: 0, sends: sends)
    #expect(window.used == counted)
    #expect(window.opening(at: 1) == .now(9 - counted))
  }

  @Test("a call that began before the window was added to the settings counts from its end")
  func added() {
    var window = CallWindow(WindowSpec(2, in: 60))
    window.end(at: moment(0))
    #expect(window.used == 1)
    #expect(window.inFlight == 0)
    #expect(window.opening(at: 1) == .now(1))
  }

  // MARK: Runs

  @Test(
    "ends at most a 255th of the length apart from the first share a run",
    arguments: [([0, 1], 1), ([0, 1.000_001], 2), ([0, 0.7, 1, 1.1, 2.1], 2), ([0, 0, 0], 1)]
      as [([Double], Int)])
  func runs(ends: [Double], runs: Int) {
    var window = CallWindow(WindowSpec(100, in: 255))
    for end in ends { window.call(at: end) }
    #expect(window.runs.count == runs)
    #expect(window.used == ends.count)
  }

  @Test("a run is forgotten with its last end, not with its first") func lastOfRun() {
    var window = CallWindow(WindowSpec(2, in: 255))
    window.call(at: 0)
    window.call(at: 0.9)
    #expect(window.opening(at: 255.94) == .at(boot(255.95)))
    #expect(window.opening(at: 255.95) == .now(2))
  }

  @Test("no pattern of calls makes more than 257 runs") func mostRuns() {
    var window = CallWindow(WindowSpec(1_000_000, in: 255))
    window.call(at: 0)
    var most = 0
    for turn in 0..<600 {
      // The first run of a window as long as it can be, the others as far apart as they need.
      window.call(at: 1 + Double(turn) * 1.000_001)
      _ = window.opening(at: 1 + Double(turn) * 1.000_001)
      most = max(most, window.runs.count)
    }
    #expect(most <= Limits.windowRuns)
    #expect(most >= 255)
  }

  // MARK: Calls given up

  @Test("a call given up counts from the moment until which it may still arrive") func givenUp() {
    var window = CallWindow(WindowSpec(2, in: 60))
    window.take(now: moment(0))
    window.end(at: moment(30), arrivingBy: boot(60))
    window.call(at: 40)
    #expect(window.opening(at: 41) == .at(boot(100.05)))
    #expect(window.opening(at: 100.05) == .now(1))
    #expect(window.opening(at: 120.049) == .now(1))
    #expect(window.opening(at: 120.05) == .now(2))
  }

  @Test("calls given up one after the other share a run while they lie in the future")
  func manyGivenUp() {
    var window = CallWindow(WindowSpec(1_000, in: 1))
    for second in 0..<30 {
      window.take(now: moment(Double(second)))
      window.end(at: moment(Double(second)), arrivingBy: boot(Double(second) + 30))
    }
    #expect(window.runs.count == 1)
    #expect(window.used == 30)
    _ = window.opening(at: 60.001)
    #expect(window.used == 0)
  }

  // MARK: Settings

  @Test("a changed specification takes over what was counted, and is to be stored") func inherit() {
    var old = CallWindow(WindowSpec(60, in: 60))
    old.call(at: 0)
    old.take(now: moment(1))
    old.metered(limit: 3)
    old.metered(left: 1, now: moment(1))
    var new = CallWindow(WindowSpec(4, in: 120))
    new.inherit(old)
    #expect(new.used == 2)
    #expect(new.inFlight == 1)
    #expect(new.limit == 3)
    #expect(!new.isCovered)
    #expect(new.opening(at: 1) == .whenOneEnds)
    new.end(at: moment(2))
    #expect(new.opening(at: 200) == .now(3))
    var small = CallWindow(WindowSpec(2, in: 60))
    small.inherit(old)
    #expect(small.limit == 2)
  }
}
