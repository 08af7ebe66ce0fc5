import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerWeightTests {
  static let wearer = Wearer.steady()
  static let days = (0..<400).map { FitbitClient.today - $0 }

  @Test("two days of five have a weighing, after getting up")
  func mornings() {
    let all = Self.days.flatMap { Self.wearer.weighings($0, revision: 0) }
    #expect((120...200).contains(all.count))
    for weighing in all {
      let up = Self.wearer.night(weighing.day, revision: 0).upperBound
      #expect((up + 300...up + 3_600).contains(weighing.second))
      #expect((140...310).contains(weighing.fat ?? 0))
    }
    #expect(Set(all.map(\.identity)).count == all.count)
  }

  @Test("the weight stays around the person's own")
  func weights() {
    let grams = Self.days.flatMap { Self.wearer.weighings($0, revision: 0) }.map(\.grams)
    #expect(grams.allSatisfy { abs($0 - Self.wearer.weightInGrams) <= 3_400 })
    #expect(Set(grams).count > 20)
  }

  @Test("each change enters one by hand, without fat")
  func byHand() {
    let day = Self.days[5]
    let before = Self.wearer.weighings(day, revision: 0)
    let after = Self.wearer.weighings(day, revision: 2)
    #expect(Array(after.prefix(before.count)) == before)
    #expect(after.count == before.count + 2)
    #expect(after.suffix(2).allSatisfy { $0.fat == nil && $0.second == 86_399 })
    #expect(Set(after.map(\.identity)).count == after.count)
  }

  @Test("there is none before the account begins")
  func before() {
    #expect(Self.wearer.weighings(Self.wearer.memberSince - 1, revision: 5).isEmpty)
  }

  @Test("the index is weight by height squared, in hundredths")
  func index() {
    let weighing = WearerWeighing(
      day: FitbitClient.today, second: 0, grams: 80_000, fat: nil, identity: 1)
    #expect(weighing.bodyMassIndex(200) == 2_000)
    #expect(weighing.bodyMassIndex(180) == 2_469)
  }
}
