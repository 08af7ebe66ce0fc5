import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerMinutesTests {
  static func minutes(_ day: Day, seed: UInt64 = 1, revision: Int = 0) -> WearerMinutes {
    WearerMinutes(Wearer.steady(seed), day, revision: revision)
  }

  @Test("a year of days has plausible steps", arguments: [1, 5, 9] as [UInt64])
  func plausible(seed: UInt64) {
    let totals = (0..<365).map { offset in
      Self.minutes(FitbitClient.today - offset, seed: seed).steps.reduce(0, +)
    }
    #expect(totals.allSatisfy { (1_500...26_000).contains($0) })
    #expect((5_000...14_000).contains(totals.reduce(0, +) / 365))
    #expect(Set(totals).count > 350)
  }

  @Test("nobody walks in bed")
  func asleep() {
    for offset in 0..<50 {
      let minutes = Self.minutes(FitbitClient.today - offset)
      #expect((0..<1_440).allSatisfy { !minutes.isAsleep[$0] || minutes.steps[$0] == 0 })
      #expect((350...700).contains(minutes.isAsleep.count { $0 }))
    }
  }

  @Test("without the tracker there are no steps, and still the calories of rest")
  func unworn() {
    let wearer = Wearer.steady()
    let minutes = WearerMinutes(wearer, wearer.memberSince - 1, revision: 0)
    #expect(minutes.steps.allSatisfy { $0 == 0 } && minutes.floors.allSatisfy { $0 == 0 })
    #expect(minutes.calories(700) == wearer.basalRate)
    #expect(minutes.minutes(of: 0, upTo: 1_440) == 1_440)
  }

  @Test("while the tracker is off nothing is counted")
  func off() throws {
    let wearer = Wearer.steady()
    let day = try #require(
      (0..<50).map { FitbitClient.today - $0 }.first { wearer.takenOff($0) != nil })
    let off = try #require(wearer.takenOff(day))
    let minutes = WearerMinutes(wearer, day, revision: 0)
    for minute in off.lowerBound / 60..<off.upperBound / 60 {
      #expect(minutes.steps[minute] == 0 && minutes.floors[minute] == 0)
    }
  }

  @Test("levels, equivalents and amounts follow from the steps")
  func amounts() {
    let wearer = Wearer.steady()
    let minutes = Self.minutes(FitbitClient.today - 3)
    for minute in 0..<1_440 {
      let steps = minutes.steps[minute]
      let level = steps == 0 ? 0 : steps < 80 ? 1 : steps < 130 ? 2 : 3
      #expect(minutes.level(minute) == level)
      #expect(minutes.distance(minute) == steps * wearer.stepInCentimetres * 10)
      #expect(minutes.elevation(minute) == minutes.floors[minute] * 3_048_000)
      #expect(minutes.calories(minute) == wearer.basalRate * minutes.mets(minute) / 10)
      #expect((10...110).contains(minutes.mets(minute)))
    }
  }

  @Test("the minutes of the levels and of sleep make the day")
  func whole() {
    let minutes = Self.minutes(FitbitClient.today - 3)
    let levels = (0...3).map { minutes.minutes(of: $0, upTo: 1_440) }
    #expect(levels.reduce(0, +) + minutes.isAsleep.count { $0 } == 1_440)
    #expect(levels.allSatisfy { $0 >= 0 } && levels[0] > levels[2])
    #expect(minutes.basal(10) == Wearer.steady().basalRate * 10)
  }

  @Test("a change touches only its walk and the longer night")
  func change() {
    let day = FitbitClient.today - 3
    let before = Self.minutes(day)
    let after = Self.minutes(day, revision: 1)
    let changed = (0..<1_440).filter { before.steps[$0] != after.steps[$0] }
    #expect(!changed.isEmpty && changed.count <= 26)
  }
}
