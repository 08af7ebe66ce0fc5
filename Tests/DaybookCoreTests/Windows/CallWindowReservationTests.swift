import Testing

@testable import DaybookCore

@Suite("Reservations: what the ledger holds of a window before a call leaves")
struct CallWindowReservationTests {
  private func reserved(_ limit: Int, inFlight: Int) -> CallWindow {
    var window = CallWindow(WindowSpec(limit, in: 60))
    for _ in 0..<inFlight { window.take(now: moment(0)) }
    window.reserve()
    return window
  }

  @Test("a fresh window holds nothing back, and its first call is not covered") func first() {
    var window = CallWindow(WindowSpec(60, in: 60))
    #expect(window.isCovered)
    window.take(now: moment(0))
    #expect(!window.isCovered)
  }

  @Test(
    "a reservation is for the calls in flight and a thousandth of the limit, at least one",
    arguments: [(1, 0, 1), (60, 3, 4), (999, 0, 1), (2_000, 1, 3), (120_000, 8, 128)])
  func lease(limit: Int, inFlight: Int, reserved: Int) {
    #expect(self.reserved(limit, inFlight: inFlight).reserved == reserved)
  }

  @Test("it covers so many sends, ended or not, and not one more", arguments: [false, true])
  func covers(ending: Bool) {
    var window = reserved(5_000, inFlight: 2)
    for _ in 0..<5 {
      window.take(now: moment(1))
      if ending { window.end(at: moment(1)) }
      #expect(window.isCovered)
    }
    window.take(now: moment(1))
    #expect(!window.isCovered)
    window.reserve()
    #expect(window.isCovered)
  }

  @Test("ends alone need no new reservation; a repeat does") func ends() {
    var window = reserved(60, inFlight: 3)
    window.end(at: moment(1))
    window.end(at: moment(1))
    #expect(window.isCovered)
    window.end(at: moment(1), sends: 3)
    #expect(!window.isCovered)
  }

  @Test("after a clean stop the runs say all") func settle() {
    var window = reserved(60, inFlight: 1)
    window.end(at: moment(1))
    window.settle()
    #expect(window.reserved == 0)
    #expect(window.isCovered)
    let spec = window.spec
    let restored = CallWindow(
      spec, stored: window.stored(now: moment(2)), sameBoot: true, now: moment(3),
      longestCall: .seconds(30), inFlightCap: 8)
    #expect(restored.used == 1)
  }

  @Test("a refusal, a lower limit and an empty window are stored before anything else is sent")
  func changes() {
    let changes: [(inout CallWindow) -> Void] = [
      { $0.refused(until: boot(10), now: moment(0)) }, { $0.metered(limit: 5) },
      { $0.metered(left: 0, now: moment(0)) }, { $0.metered(used: 60, now: moment(0)) },
    ]
    for change in changes {
      var window = reserved(60, inFlight: 1)
      change(&window)
      #expect(!window.isCovered)
      window.reserve()
      #expect(window.isCovered)
    }
  }

  @Test("what every answer says again is not stored each time") func unchanged() {
    var window = reserved(60, inFlight: 1)
    window.metered(limit: 60)
    window.metered(limit: 120)
    window.metered(left: 59, now: moment(0))
    #expect(window.isCovered)
    window.metered(limit: 5)
    window.reserve()
    window.metered(limit: 5)
    #expect(window.isCovered)
  }

  @Test("a crash at any moment forgets no call that left") func crash() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<40 {
      let spec = WindowSpec(Int.random(in: 1...3_000, using: &random), in: 100_000)
      var window = CallWindow(spec)
      var ledger = window.stored(now: moment(0))
      var sent = 0
      for step in 0..<Int.random(in: 1...200, using: &random) {
        let now = moment(Double(step) * 0.5)
        if Bool.random(using: &random), case .now = window.opening(now: now) {
          window.take(now: now)
          sent += 1
        } else if window.inFlight > 0 {
          window.end(at: now)
        }
        guard !window.isCovered else { continue }
        window.reserve()
        ledger = window.stored(now: now)
      }
      let after = CallWindow(
        spec, stored: ledger, sameBoot: true, now: moment(200), longestCall: .seconds(30),
        inFlightCap: 8)
      #expect(after.used >= sent, "\(seed)")
      #expect(after.used <= sent + max(1, spec.limit / 1_000), "\(seed)")
    }
  }
}
