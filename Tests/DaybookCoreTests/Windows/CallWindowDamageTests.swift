import Testing

@testable import DaybookCore

@Suite("Damaged bytes of a window")
struct CallWindowDamageTests {
  private let spec = WindowSpec(60, in: 60)

  private var bytes: [UInt8] {
    var window = CallWindow(spec)
    for second in 0..<20 { window.call(at: Double(second)) }
    window.metered(limit: 50)
    window.take(now: moment(20))
    window.reserve()
    return window.stored(now: moment(20))
  }

  private func restored(_ bytes: [UInt8], at now: Now = moment(21)) -> CallWindow {
    CallWindow(
      spec, stored: bytes, sameBoot: true, now: now, longestCall: .seconds(30), inFlightCap: 8)
  }

  /// Full from now on, calls under way included, and open after that.
  private func expectFull(_ bytes: [UInt8], _ comment: Comment) {
    var window = restored(bytes)
    #expect(window.used == 60, comment)
    #expect(window.opening(at: 21) == .at(boot(21 + 30 + 60.05)), comment)
    #expect(window.opening(at: 21 + 30 + 60.05) == .now(60), comment)
  }

  @Test("bytes that are cut, or go on, count as a full window") func cut() {
    for length in 0..<bytes.count { expectFull(Array(bytes.prefix(length)), "\(length) bytes") }
    expectFull(bytes + [0], "one more")
    expectFull(bytes + bytes, "twice")
    #expect(restored(bytes).used == 22)
  }

  @Test("another version counts as a full window", arguments: [0, 2, 127])
  func version(version: UInt8) { expectFull([version] + bytes.dropFirst(), "version") }

  @Test("numbers beyond reason count as a full window, and overflow nothing")
  func numbers() {
    // version, boot, wall, reserved, closed, paced, limit, spent, unit, count, age, width, calls
    let plain: [UInt64] = [1, 2, 2, 0, 0, 0, 0, 0, 228, 1, 0, 0, 1]
    func text(_ numbers: [UInt64]) -> [UInt8] {
      var out = VarintWriter()
      for number in numbers { out.put(number) }
      return out.bytes
    }
    #expect(restored(text(plain)).used == 0)
    for index in 1..<plain.count {
      for wrong in [UInt64.max, UInt64.max - 1, 1 << 63, (1 << 63) - 1] as [UInt64] {
        var numbers = plain
        numbers[index] = wrong
        expectFull(text(numbers), "number \(index) is \(wrong)")
      }
    }
    for (index, wrong) in [(8, 0), (9, 0), (9, 2), (12, 0)] {
      var numbers = plain
      numbers[index] = UInt64(wrong)
      expectFull(text(numbers), "number \(index) is \(wrong)")
    }
  }

  @Test("a call that would end a day from now counts as damage") func future() {
    var out = VarintWriter()
    for number in [1, 2, 2, 0, 0, 0, 0, 0, 1, 1] as [UInt64] { out.put(number) }
    out.put(Int64(-86_400_000_000))
    out.put(UInt64(0))
    out.put(UInt64(1))
    expectFull(out.bytes, "a day ahead")
  }

  @Test("random damage never traps, and the window opens again within three days") func random() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<2_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<damaged.count, using: &random)
        damaged[index] = UInt8.random(in: 0...255, using: &random)
      }
      var window = restored(damaged, at: moment(Double.random(in: 0...90, using: &random)))
      _ = window.stored(now: moment(100))
      guard case .now = window.opening(at: 3 * 86_400 + 200) else {
        Issue.record("\(damaged): \(seed)")
        return
      }
    }
  }

  @Test("a window of any size fits into 2.5 kB", arguments: [1, 60, 3_600, 86_400, 2_678_400])
  func size(seconds: Double) {
    var window = CallWindow(WindowSpec(1_000_000_000, in: seconds))
    for run in 0..<257 {
      let at = Double(run) * seconds / 254.9
      for _ in 0..<2 { window.take(now: moment(at)) }
      window.end(at: moment(at), sends: 400_000)
      window.end(at: moment(at + seconds / 300), sends: 1)
    }
    let now = moment(seconds * 1.01)
    window.refused(until: boot(seconds * 2), now: now)
    window.reserve()
    #expect(window.runs.count >= 256)
    #expect(window.stored(now: now).count <= 2_500)
  }

  @Test("a ledger that was made anew has spent its windows, calls under way included")
  func spent() {
    var window = CallWindow(spent: spec, now: moment(0), longestCall: .seconds(30))
    #expect(window.opening(at: 0) == .at(boot(90.05)))
    #expect(window.opening(at: 90.05) == .now(60))
  }
}
