import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerMeasuresTests {
  static let wearer = Wearer.steady()
  static let nights = (0..<200).compactMap {
    wearer.mainSleep(FitbitClient.today - $0, revision: 0)
  }

  @Test("every night with stages is measured every five minutes, but for some")
  func moments() throws {
    for night in Self.nights where night.hasStages {
      let measures = try #require(WearerMeasures(Self.wearer, night))
      #expect(measures.moments.allSatisfy { $0.second > night.start && $0.second < night.end })
      #expect(measures.moments.allSatisfy { ($0.second - night.start) % 300 == 0 })
      let whole = (night.seconds - 1) / 300
      #expect(measures.moments.count <= whole && measures.moments.count > whole * 8 / 10)
    }
  }

  @Test("values are plausible")
  func plausible() throws {
    let night = try #require(Self.nights.first { $0.hasStages })
    let measures = try #require(WearerMeasures(Self.wearer, night))
    #expect(measures.moments.allSatisfy { (8_000...115_000).contains($0.rmssd) })
    #expect(measures.moments.allSatisfy { (880...1_000).contains($0.coverage) })
    #expect(measures.moments.allSatisfy { (930...1_000).contains($0.saturation) })
    #expect(measures.moments.allSatisfy { $0.high > 0 && $0.low > 0 })
    let breathing = measures.breathing
    #expect((125...175).contains(breathing.full))
    #expect(breathing.deep <= breathing.full && breathing.full <= breathing.rem)
    #expect(abs(breathing.light - breathing.full) <= 6)
  }

  @Test("classic nights, naps and short nights are not measured")
  func unmeasured() throws {
    var night = try #require(Self.nights.first { $0.hasStages })
    night.hasStages = false
    #expect(WearerMeasures(Self.wearer, night) == nil)
    night.hasStages = true
    night.isMain = false
    #expect(WearerMeasures(Self.wearer, night) == nil)
    night.isMain = true
    night.end = night.start + 10_799
    #expect(WearerMeasures(Self.wearer, night) == nil)
    night.end = night.start + 10_800
    #expect(WearerMeasures(Self.wearer, night) != nil)
  }
}
