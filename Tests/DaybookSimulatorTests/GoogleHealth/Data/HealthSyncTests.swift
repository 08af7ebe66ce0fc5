import Testing

@testable import DaybookSimulator

struct HealthSyncTests {
  static let start = 1_793_361_600

  @Test("devices sync by themselves about every two hours")
  func byItself() {
    let sync = HealthSync(seed: 3)
    var seen: Set<Int> = []
    for t in stride(from: Self.start, to: Self.start + 86_400, by: 600) {
      let last = sync.last(upTo: t)
      #expect(last <= t && t - last < 14_400)
      seen.insert(last)
    }
    #expect((11...13).contains(seen.count))
  }

  @Test("time only goes on", arguments: 0..<5)
  func monotone(seed: UInt64) {
    let sync = HealthSync(seed: seed)
    var before = 0
    for t in stride(from: Self.start, to: Self.start + 2 * 86_400, by: 97) {
      let last = sync.last(upTo: t)
      #expect(last >= before)
      before = last
    }
  }

  @Test("a sync that was asked for counts from its moment on")
  func forced() {
    var sync = HealthSync(seed: 3)
    sync.forced = Self.start + 100
    #expect(sync.last(upTo: Self.start + 100) == Self.start + 100)
    #expect(sync.last(upTo: Self.start + 99) <= Self.start + 99)
    let later = Self.start + 86_400
    #expect(sync.last(upTo: later) == HealthSync(seed: 3).last(upTo: later))
  }

  @Test("held devices stay where they are until they are asked, or let go")
  func held() {
    var sync = HealthSync(seed: 3, heldSince: Self.start)
    let last = sync.last(upTo: Self.start)
    #expect(sync.last(upTo: Self.start + 86_400) == last)
    sync.forced = Self.start + 5_000
    #expect(sync.last(upTo: Self.start + 86_400) == Self.start + 5_000)
    sync.heldSince = nil
    #expect(sync.last(upTo: Self.start + 86_400) > Self.start + 70_000)
  }

  @Test("people's devices do not sync at the same moments")
  func seeds() {
    let last = (0..<20).map { HealthSync(seed: $0).last(upTo: Self.start) }
    #expect(Set(last).count > 15)
  }
}
