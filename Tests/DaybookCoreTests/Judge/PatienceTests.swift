import Testing

@testable import DaybookCore

@Suite("Patience: how long to wait after trouble")
struct PatienceTests {
  @Test("a page that has changed is looked at again after hours, at most six")
  func page() {
    var random = SeededRandom(seed: 1)
    for (failures, most) in [(1, 1), (2, 2), (3, 4), (4, 6), (99, 6)] as [(Int, Int64)] {
      let wait = Patience.page(failures: failures, random: &random)
      #expect(wait <= .hours(most) && wait >= .minutes(30 * most), "\(failures)")
    }
  }

  /// Shortest and longest of many draws.
  private func bounds(_ draw: (inout SeededRandom) -> Duration) -> ClosedRange<Duration> {
    var random = Seed().random
    let draws = (0..<500).map { _ in draw(&random) }
    return (draws.min() ?? .zero)...(draws.max() ?? .zero)
  }

  private func expect(
    _ range: ClosedRange<Duration>, in allowed: ClosedRange<Duration>, _ comment: Comment
  ) {
    #expect(allowed.contains(range.lowerBound) && allowed.contains(range.upperBound), comment)
    // Spread over most of it: accounts that failed together do not come back together.
    let width = allowed.upperBound - allowed.lowerBound
    #expect(range.upperBound - range.lowerBound > width * 0.9, comment)
  }

  @Test(
    "an account waits 2 s, doubled with each failure, at most 15 min; a quarter of it at least",
    arguments: [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (13, 900), (1_000, 900)])
  func lane(failures: Int, seconds: Int) {
    let range = bounds { Patience.lane(failures: failures, random: &$0) }
    expect(range, in: .seconds(seconds) / 4 ... .seconds(seconds), "\(failures)")
  }

  @Test(
    "a day waits 5 s, four times as long with each attempt, at most 6 h; half of it at least",
    arguments: [(1, 5), (2, 20), (3, 80), (6, 5_120), (7, 20_480), (8, 21_600), (500, 21_600)])
  func day(attempts: Int, seconds: Int) {
    let range = bounds { Patience.day(attempts: attempts, random: &$0) }
    expect(range, in: .seconds(seconds) / 2 ... .seconds(seconds), "\(attempts)")
  }

  @Test("a provider that should have ended is tried four to eight times a day")
  func over() {
    expect(bounds { Patience.over(random: &$0) }, in: .hours(3) ... .hours(6), "over")
  }

  @Test(
    "a refusal waits for the smallest window, doubled each time, at most an hour, and a little",
    arguments: [
      (60, 1, 60), (60, 2, 120), (60, 3, 240), (60, 7, 3_600), (60, 99, 3_600), (3_600, 1, 3_600),
      (86_400, 5, 3_600), (900, 0, 900),
    ])
  func refusal(window: Int, refusals: Int, seconds: Int) {
    let range = bounds {
      Patience.refusal(window: .seconds(window), refusals: refusals, random: &$0)
    }
    expect(range, in: .seconds(seconds)...(.seconds(seconds + 5)), "\(refusals)")
  }

  @Test("after a refusal of a tiny window the little is no longer than the window") func tiny() {
    let range = bounds { Patience.refusal(window: .seconds(1), refusals: 1, random: &$0) }
    expect(range, in: .seconds(1)...(.seconds(2)), "1 s")
  }

  @Test("no failure, no wait") func none() {
    var random = Seed().random
    #expect(Patience.lane(failures: 0, random: &random) == .zero)
    #expect(Patience.day(attempts: 0, random: &random) == .zero)
  }

  @Test("the same seed draws the same waits") func seeded() {
    let seed = Seed()
    func draws() -> [Duration] {
      var random = seed.random
      return (1..<20).map { Patience.lane(failures: $0, random: &random) }
    }
    #expect(draws() == draws(), "\(seed)")
  }
}
