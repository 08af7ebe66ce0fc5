import Testing

@testable import DaybookCore

@Suite("A window in the ledger")
struct CallWindowStoredTests {
  private let spec = WindowSpec(60, in: 60)

  private func restored(
    _ bytes: [UInt8], _ spec: WindowSpec? = nil, sameBoot: Bool = true, at now: Now
  ) -> CallWindow {
    CallWindow(
      spec ?? self.spec, stored: bytes, sameBoot: sameBoot, now: now, longestCall: .seconds(30),
      inFlightCap: 8)
  }

  /// So many calls that ended at 0 s, 1 s, 2 s …, settled.
  private func window(ends: Int) -> CallWindow {
    var window = CallWindow(spec)
    for second in 0..<ends { window.call(at: Double(second)) }
    window.settle()
    return window
  }

  /// The clocks of a machine that went down at 0 s by the civil clock and is `up` seconds up.
  private func rebooted(_ wall: Double, up: Double = 5) -> Now {
    Now(wall: moment(wall).wall, boot: BootTime(microseconds: Int64(up * 1_000_000)))
  }

  @Test("what was counted is counted again, and forgotten when it was to be, never before")
  func roundTrip() {
    let window = window(ends: 60)
    var copy = restored(window.stored(now: moment(59)), at: moment(59))
    #expect(copy.used == 60)
    for second in 0..<60 {
      let opens = Double(second) + 60.05
      _ = copy.opening(at: opens - 0.000_001)
      #expect(copy.used == 60 - second)
      _ = copy.opening(at: opens + 0.000_3)
      #expect(copy.used == 59 - second)
    }
  }

  @Test("storing again and again keeps the count and moves no call into the past") func again() {
    let seed = Seed()
    var random = seed.random
    var copy = window(ends: 30)
    for step in 0..<50 {
      let now = moment(29 + Double(step) * 0.4)
      copy = restored(copy.stored(now: now), at: now)
      #expect(copy.used == 30, "\(seed)")
      if Bool.random(using: &random) { _ = copy.opening(now: now) }
    }
    _ = copy.opening(at: 60.049)
    #expect(copy.used == 30)
    _ = copy.opening(at: 90)
    #expect(copy.used == 0)
  }

  @Test("calls in flight count as ended when the longest of them could have") func inFlight() {
    var window = CallWindow(spec)
    window.take(now: moment(0))
    window.take(now: moment(0))
    window.reserve()
    var copy = restored(window.stored(now: moment(0)), at: moment(10))
    #expect(copy.used == 3)
    #expect(copy.inFlight == 0)
    _ = copy.opening(at: 100.049)
    #expect(copy.used == 3)
    _ = copy.opening(at: 100.05)
    #expect(copy.used == 0)
  }

  @Test("restarts in a row put all that may be under way into one run") func restarts() {
    var window = CallWindow(WindowSpec(100_000, in: 1))
    for restart in 0..<100 {
      let now = moment(Double(restart) * 0.2)
      window.take(now: now)
      window.reserve()
      window = restored(window.stored(now: now), window.spec, at: now)
    }
    #expect(window.runs.count <= 2)
    #expect(window.used >= 100)
  }

  // MARK: Reboots

  @Test("after a reboot the civil clock says how old a call is") func reboot() {
    let bytes = window(ends: 10).stored(now: moment(9))
    #expect(restored(bytes, sameBoot: false, at: rebooted(9)).used == 18)
    #expect(restored(bytes, sameBoot: false, at: rebooted(62)).used == 16)
    #expect(restored(bytes, sameBoot: false, at: rebooted(69.1)).used == 8)
    // The clock was set back meanwhile: nothing is younger, and nothing older.
    var back = restored(bytes, sameBoot: false, at: rebooted(-5_000))
    #expect(back.used == 18)
    _ = back.opening(now: rebooted(-5_000 + 60.1, up: 65.1))
    #expect(back.used == 8)
  }

  @Test("after a reboot it is to be stored anew, before the ledger says that this boot wrote it")
  func rebootIsStored() {
    let bytes = window(ends: 1).stored(now: moment(0))
    #expect(!restored(bytes, sameBoot: false, at: rebooted(1)).isCovered)
    #expect(restored(bytes, sameBoot: true, at: moment(1)).isCovered)
  }

  // MARK: What the provider said

  @Test("a restart opens no window that was closed") func closed() {
    var window = CallWindow(spec)
    window.refused(until: boot(100), now: moment(0))
    window.reserve()
    let bytes = window.stored(now: moment(1))
    var copy = restored(bytes, at: moment(20))
    #expect(copy.opening(at: 50) == .at(boot(100)))
    var after = restored(bytes, sameBoot: false, at: rebooted(21))
    #expect(after.opening(now: rebooted(21)) == .at(rebooted(100, up: 84).boot))
    // A wait of months would come from damaged bytes: never more than two days.
    window.refused(until: boot(90 * 86_400), now: moment(0))
    var long = restored(window.stored(now: moment(1)), at: moment(20))
    #expect(long.opening(at: 20) == .at(boot(20 + 172_800)))
  }

  @Test("pacing goes on after a restart, with a whole interval before the first call") func paced()
  {
    var window = CallWindow(spec)
    window.refused(until: boot(1), now: moment(0))
    var copy = restored(window.stored(now: moment(1)), at: moment(1_000))
    #expect(copy.opening(at: 1_000) == .at(boot(1_001.01)))
    #expect(copy.opening(at: 1_001.01) == .now(1))
    var later = restored(window.stored(now: moment(1)), at: moment(86_401))
    #expect(later.opening(at: 86_401) == .now(60))
  }

  @Test("after a restart the next call to a sliding counter comes after a whole interval")
  func sliding() {
    var window = CallWindow(WindowSpec(60, in: 60, align: .sliding))
    window.call(at: 0)
    var copy = restored(window.stored(now: moment(1)), window.spec, at: moment(1_000))
    #expect(copy.opening(at: 1_000) == .at(boot(1_001.01)))
    #expect(copy.opening(at: 1_001.01) == .now(1))
  }

  @Test("a lower limit, and a meter at nothing, are kept") func meters() {
    var window = CallWindow(WindowSpec(60, in: 60, align: .clock))
    window.metered(limit: 7)
    window.metered(left: 0, now: moment(10))
    window.settle()
    var copy = restored(window.stored(now: moment(11)), window.spec, at: moment(12))
    #expect(copy.limit == 7)
    #expect(copy.opening(at: 12) == .at(boot(60.05)))
    #expect(copy.opening(at: 60.05) == .now(7))
  }
}
