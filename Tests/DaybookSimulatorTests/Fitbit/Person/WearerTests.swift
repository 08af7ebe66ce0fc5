import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerTests {
  @Test("traits are plausible and come again with the seed", arguments: 0..<40)
  func traits(seed: UInt64) {
    let wearer = Wearer.steady(seed)
    #expect(wearer == Wearer.steady(seed))
    #expect((22...66).contains(wearer.age))
    #expect((155...195).contains(wearer.heightInCentimetres))
    #expect((45_000...115_000).contains(wearer.weightInGrams))
    #expect((52...68).contains(wearer.restingRate))
    #expect((60...85).contains(wearer.stepInCentimetres))
    // 1000 to 2300 kilocalories a day.
    #expect((1_000...2_300).contains(wearer.basalRate * 1_440 / 1_000_000))
  }

  @Test("people differ")
  func differ() {
    let people = (0..<20).map { Wearer.steady($0) }
    #expect(Set(people.map { [$0.age, $0.heightInCentimetres, $0.restingRate] }).count > 15)
  }

  @Test("nothing is worn before the account begins")
  func before() {
    let wearer = Wearer.steady()
    #expect(!wearer.isWorn(wearer.memberSince - 1))
    #expect(wearer.isWorn(wearer.memberSince))
  }

  @Test("without a rate the tracker is worn always, with one it is off for one to four days")
  func stretches() {
    let first = FitbitClient.today - 1_000
    let steady = Wearer.steady()
    #expect((0..<1_000).allSatisfy { steady.isWorn(first + $0) })
    let loose = Wearer(seed: 3, memberSince: first, lateRate: 0, emptyRate: 1)
    var run = 0
    var runs: [Int] = []
    for offset in 0..<1_000 {
      if loose.isWorn(first + offset) {
        if run > 0 { runs.append(run) }
        run = 0
      } else {
        run += 1
      }
    }
    // Two neighbouring fortnights may touch.
    #expect(runs.allSatisfy { (1...8).contains($0) })
    #expect((55...72).contains(runs.count))
  }

  @Test("the tracker is taken off in the daytime, on half of the days")
  func taken() {
    let wearer = Wearer.steady(4)
    let off = (0..<400).compactMap { wearer.takenOff(FitbitClient.today - $0) }
    #expect((150...250).contains(off.count))
    #expect(off.allSatisfy { $0.lowerBound >= 28_800 && $0.upperBound < 86_400 })
    #expect(off.allSatisfy { (900...4_500).contains($0.count) })
  }

  @Test("each purpose has numbers of its own")
  func streams() {
    let wearer = Wearer.steady()
    var a = wearer.random(FitbitClient.today, .bed)
    var b = wearer.random(FitbitClient.today, .bouts)
    var c = wearer.random(FitbitClient.today + 1, .bed)
    var again = wearer.random(FitbitClient.today, .bed)
    let first = a.next()
    #expect(first == again.next())
    #expect(first != b.next())
    #expect(first != c.next())
  }
}
