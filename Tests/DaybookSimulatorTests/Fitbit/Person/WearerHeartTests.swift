import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerHeartTests {
  static let wearer = Wearer.steady()
  static let heart = WearerHeart(wearer, FitbitClient.today - 3, revision: 0)

  static func measurements(_ heart: WearerHeart, before end: Int) -> [(Int, Int)] {
    var out: [(Int, Int)] = []
    heart.measurements(before: end) { out.append(($0, $1)) }
    return out
  }

  @Test("a day has some ten thousand measurements, five to fifteen seconds apart", arguments: 0..<9)
  func gaps(offset: Int) {
    let day = FitbitClient.today - offset
    let all = Self.measurements(WearerHeart(Self.wearer, day, revision: 0), before: 86_400)
    #expect((9_000...20_000).contains(all.count))
    let off = Self.wearer.takenOff(day)
    for (a, b) in zip(all, all.dropFirst()) where off == nil || b.0 < off?.lowerBound ?? 0 {
      #expect((5...15).contains(b.0 - a.0))
    }
    #expect(all.allSatisfy { (39...212).contains($0.1) })
  }

  @Test("what was measured by one time begins what is measured by a later one")
  func prefix() {
    let early = Self.measurements(Self.heart, before: 30_000)
    let late = Self.measurements(Self.heart, before: 86_400)
    #expect(early.allSatisfy { $0.0 < 30_000 })
    #expect(late.prefix(early.count).map(\.0) == early.map(\.0))
    #expect(late.prefix(early.count).map(\.1) == early.map(\.1))
    #expect(Self.measurements(Self.heart, before: 0).isEmpty)
  }

  @Test("the means are those of the measurements", arguments: [60, 300, 900])
  func means(length: Int) {
    let means = Self.heart.means(every: length, before: 86_400)
    #expect(means.count == 86_400 / length)
    let all = Self.measurements(Self.heart, before: 86_400)
    for slot in stride(from: 0, to: means.count, by: 7) {
      let own = all.filter { $0.0 / length == slot }.map(\.1)
      let mean = own.isEmpty ? 0 : Double(own.reduce(0, +)) / Double(own.count)
      #expect(abs(Double(means[slot]) - mean) <= 0.5)
    }
  }

  @Test("the heart is slow in bed and fast in a run")
  func rates() throws {
    let day = try #require(
      (0..<60).map { FitbitClient.today - $0 }.first { day in
        Self.wearer.takenOff(day) == nil
          && Self.wearer.bouts(day, revision: 0).contains { $0.kind == .run && $0.length > 30 }
      })
    let run = Self.wearer.bouts(day, revision: 0).first { $0.kind == .run }
    let heart = WearerHeart(Self.wearer, day, revision: 0)
    #expect(heart.curve[(run?.start ?? 0) + 20] > 120)
    #expect(heart.curve[200] < Self.wearer.restingRate(day) + 6)
  }

  @Test("without the tracker nothing is measured")
  func unworn() {
    let heart = WearerHeart(Self.wearer, Self.wearer.memberSince - 1, revision: 0)
    #expect(heart.curve.allSatisfy { $0 == 0 })
    #expect(Self.measurements(heart, before: 86_400).isEmpty)
    #expect(heart.means(every: 60, before: 86_400).allSatisfy { $0 == 0 })
  }

  @Test("the resting rate moves slowly around the person's own")
  func resting() {
    let rates = (0..<365).map { Self.wearer.restingRate(FitbitClient.today - $0) }
    #expect(rates.allSatisfy { abs($0 - Self.wearer.restingRate) <= 5 })
    #expect(Set(rates).count > 3)
    #expect(zip(rates, rates.dropFirst()).allSatisfy { abs($0 - $1) <= 3 })
  }

  @Test("the zones join without a hole up to 220")
  func zones() {
    let zones = Self.wearer.zones
    #expect(zones.map { "\($0.name)" } == ["Out of Range", "Fat Burn", "Cardio", "Peak"])
    #expect(zip(zones, zones.dropFirst()).allSatisfy { $0.max == $1.min })
    #expect(zones.first?.min == 30 && zones.last?.max == 220)
  }
}
