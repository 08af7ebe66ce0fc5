import Testing

@testable import DaybookCore

@Suite("What the provider says about a window")
struct CallWindowMetersTests {
  private let clock = WindowSpec(60, in: 60, align: .clock)

  // MARK: limit

  @Test(
    "a limit may be lowered, and raised up to the configured one, by what is told last",
    arguments: [
      ([30], 30), ([30, 60], 60), ([30, 45], 45), ([120], 60), ([30, 120], 60), ([0], 60),
      ([30, 0], 30), ([-5], 60), ([60], 60), ([1], 1),
    ])
  func limit(told: [Int], limit: Int) {
    var window = CallWindow(clock)
    for value in told { window.metered(limit: value) }
    #expect(window.limit == limit)
    #expect(window.opening(at: 0) == .now(limit))
  }

  @Test("under a limit that was lowered the calls made already count") func lowered() {
    var window = CallWindow(clock)
    for _ in 0..<40 { window.call(at: 0) }
    window.metered(limit: 30)
    #expect(window.opening(at: 1) == .at(boot(60.05)))
    #expect(window.opening(at: 60.05) == .now(30))
  }

  // MARK: left and used

  @Test("no meter at all means unknown, not nothing") func missing() {
    var window = CallWindow(clock)
    window.metered(resetsAt: boot(30), now: moment(0))
    #expect(window.opening(at: 0) == .now(60))
  }

  @Test(
    "what is left lowers the room and never raises it",
    arguments: [(60, 50), (1_000, 50), (49, 49), (1, 1), (-3, 50)])
  func left(told: Int, room: Int) {
    var window = CallWindow(clock)
    for _ in 0..<10 { window.call(at: 0) }
    window.metered(left: told, now: moment(1))
    #expect(window.opening(at: 1) == .now(room))
  }

  @Test("calls in flight may not be in what is left yet, and later ones are not") func taken() {
    var window = CallWindow(clock)
    window.take(now: moment(0))
    window.take(now: moment(0))
    window.metered(left: 4, now: moment(1))
    #expect(window.opening(at: 1) == .now(2))
    window.take(now: moment(1))
    #expect(window.opening(at: 1) == .now(1))
    window.take(now: moment(1))
    #expect(window.opening(at: 1) == .whenOneEnds)
    for _ in 0..<4 { window.end(at: moment(2)) }
    #expect(window.opening(at: 2) == .at(boot(60.05)))
    window.metered(left: 3, now: moment(2))
    #expect(window.opening(at: 2) == .now(3))
  }

  @Test(
    "nothing left closes a window until its boundary by the clock, or else for its length",
    arguments: [
      (.clock, 60, 10, 60.05), (.clock, 60, 59.9, 60.05), (.clock, 60, 60, 120.05),
      (.clock, 3_600, 10, 3_600.05), (.clock, 86_400, 0, 43_200.05), (.clock, 1, 0.25, 1.001),
      (.first, 60, 10, 70.05), (.rolling, 60, 10, 70.05), (.unknown, 3_600, 10, 3_610.05),
    ] as [(WindowSpec.Align, Double, Double, Double)])
  func nothingLeft(align: WindowSpec.Align, length: Double, told: Double, opens: Double) {
    var window = CallWindow(WindowSpec(60, in: length, align: align))
    window.metered(left: 0, now: moment(told))
    #expect(window.opening(at: told) == .at(boot(opens)))
    #expect(window.opening(at: opens - 0.000_1) == .at(boot(opens)))
    #expect(window.opening(at: opens) == .now(60))
  }

  @Test("a clock that was set does not move a boundary that is known") func clockStep() {
    var window = CallWindow(clock)
    window.metered(left: 0, now: moment(10))
    let stepped = Now(wall: moment(500).wall, boot: boot(30))
    #expect(window.opening(now: stepped) == .at(boot(60.05)))
  }

  @Test(
    "what is used is taken from the limit the provider told, even where that is higher",
    arguments: [
      (nil, 15, 45), (nil, 60, 0), (nil, 99, 0), (40, 15, 25), (120, 15, 60), (120, 100, 20),
      (120, 120, 0), (nil, -1, 60),
    ] as [(Int?, Int, Int)])
  func used(limit: Int?, used: Int, room: Int) {
    var window = CallWindow(clock)
    if let limit { window.metered(limit: limit) }
    window.metered(used: used, now: moment(10))
    #expect(window.opening(at: 10) == (room > 0 ? .now(room) : .at(boot(60.05))))
  }

  // MARK: resets

  @Test(
    "a reset says how long nothing is left; one that cannot be is ignored",
    arguments: [
      (20, 20), (70, 70), (130, 130), (10.000_001, 10.000_001), (10, 60.05), (-5, 60.05),
      (130.1, 60.05), (90_000, 60.05),
    ])
  func resets(told: Double, opens: Double) {
    var window = CallWindow(clock)
    window.metered(left: 0, now: moment(10))
    window.metered(resetsAt: boot(told), now: moment(10))
    #expect(window.opening(at: 10) == .at(boot(opens)))
  }

  @Test("a reset never opens what our own count closes") func ownCount() {
    var window = CallWindow(clock)
    for _ in 0..<60 { window.call(at: 0) }
    window.metered(left: 0, now: moment(1))
    window.metered(resetsAt: boot(5), now: moment(1))
    #expect(window.opening(at: 6) == .at(boot(60.05)))
  }
}
