import Testing

@testable import DaybookCore

@Suite("A window after a refusal")
struct RefusedWindowTests {
  @Test("nothing leaves before the moment that was told, and a later one holds") func closed() {
    var window = CallWindow(WindowSpec(60, in: 60))
    window.refused(until: boot(100), now: moment(0))
    #expect(window.opening(at: 0) == .at(boot(100)))
    window.refused(until: boot(50), now: moment(1))
    #expect(window.opening(at: 99.999) == .at(boot(100)))
    window.refused(until: boot(120), now: moment(2))
    #expect(window.opening(at: 119) == .at(boot(120)))
    #expect(window.opening(at: 120) == .now(1))
  }

  @Test(
    "then calls are spaced by length / limit × 1.01 for a day",
    arguments: [(60, 60, 1.01), (150, 3_600, 24.24), (1, 1, 1.01), (2_000, 3_600, 1.818)])
  func paced(limit: Int, length: Double, interval: Double) {
    var window = CallWindow(WindowSpec(limit, in: length))
    window.refused(until: boot(5), now: moment(0))
    #expect(window.opening(at: 5) == .now(1))
    window.call(at: 5)
    #expect(window.opening(at: 5 + interval - 0.000_01) == .at(boot(5 + interval)))
    #expect(window.opening(at: 5 + interval) == .now(1))
    window.call(at: 86_399.9)
    #expect(window.opening(at: 86_399.95) == .at(boot(86_399.9 + interval)))
    guard case .now(let room) = window.opening(at: 86_400 + length) else {
      Issue.record("still paced")
      return
    }
    #expect(room == limit)
  }

  @Test("pacing follows a limit that was lowered") func lowered() {
    var window = CallWindow(WindowSpec(60, in: 60))
    window.metered(limit: 30)
    window.refused(until: boot(1), now: moment(0))
    window.call(at: 1)
    #expect(window.opening(at: 2) == .at(boot(1 + 2.02)))
  }

  @Test("a call that is still in flight spaces the next as well") func inFlight() {
    var window = CallWindow(WindowSpec(60, in: 60))
    window.refused(until: boot(1), now: moment(0))
    window.take(now: moment(1))
    #expect(window.opening(at: 1.5) == .at(boot(2.01)))
    #expect(window.opening(at: 2.01) == .now(1))
  }

  @Test("paced calls pass a sliding counter, that greedy ones do not") func slidingCounter() {
    #expect(slidingRefusals(paced: true) == 0)
    #expect(slidingRefusals(paced: false) > 0)
    #expect(slidingRefusals(paced: false, align: .sliding) == 0)
  }

  /// The server's estimate: this fixed window's calls, and the last one's by the share of it that
  /// a rolling window would still hold, rounded down, as the `limits` package has it.
  private func slidingRefusals(paced: Bool, align: WindowSpec.Align = .unknown) -> Int {
    var window = CallWindow(WindowSpec(60, in: 60, align: align))
    if paced { window.refused(until: boot(0), now: moment(-1)) }
    var counts = [0, 0]
    var index = 0
    var refusals = 0
    for step in 0..<60_000 {
      let seconds = Double(step) * 0.01
      if Int(seconds / 60) > index {
        index += 1
        counts = [counts[1], 0]
      }
      guard case .now = window.opening(at: seconds) else { continue }
      window.call(at: seconds)
      let share = 1 - (seconds / 60 - Double(index))
      if Int(Double(counts[0]) * share) + counts[1] + 1 > 60 { refusals += 1 }
      counts[1] += 1
    }
    return refusals
  }

  @Test(
    "a refusal that says nothing is waited out to what the meter or the clock says",
    arguments: [
      (.clock, nil, 60.1), (.clock, 0, 60.05), (.clock, 5, 60.1), (.rolling, nil, nil),
      (.unknown, nil, nil), (.first, 0, 70.05), (.rolling, 3, nil),
    ] as [(WindowSpec.Align, Int?, Double?)])
  func wait(align: WindowSpec.Align, left: Int?, until: Double?) {
    var window = CallWindow(WindowSpec(60, in: 60, align: align))
    if let left { window.metered(left: left, now: moment(10)) }
    #expect(window.waitAfterRefusal(now: moment(10)) == until.map { boot($0) })
  }

  // MARK: Which one

  private func windows(_ used: [Int], metered: [Int?]) -> [CallWindow] {
    let specs = [WindowSpec(10, in: 60), WindowSpec(100, in: 3_600), WindowSpec(10, in: 86_400)]
    return zip(specs, zip(used, metered)).map { spec, state in
      var window = CallWindow(spec)
      for _ in 0..<state.0 { window.call(at: 0) }
      if let left = state.1 { window.metered(left: left, now: moment(0)) }
      return window
    }
  }

  @Test(
    "a refusal is about the window at nothing, or the fullest, or the shortest of equals",
    arguments: [
      ([0, 0, 0], [nil, nil, nil], 0), ([1, 20, 0], [nil, nil, nil], 1),
      ([3, 20, 0], [nil, nil, nil], 0), ([2, 20, 2], [nil, nil, nil], 0),
      ([0, 20, 2], [nil, nil, nil], 1), ([9, 20, 0], [nil, 0, nil], 1),
      ([9, 20, 0], [4, 7, 0], 2), ([9, 20, 0], [nil, 1, nil], 0),
    ] as [([Int], [Int?], Int)])
  func exhausted(used: [Int], metered: [Int?], index: Int) {
    #expect(CallWindow.exhausted(of: windows(used, metered: metered)) == index)
  }

  @Test("without windows there is none to close") func none() {
    #expect(CallWindow.exhausted(of: []) == nil)
  }
}
