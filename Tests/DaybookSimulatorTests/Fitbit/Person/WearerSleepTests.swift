import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerSleepTests {
  static let wearer = Wearer.steady()
  static let days = (0..<365).map { FitbitClient.today - $0 }
  static let nights = days.compactMap { wearer.mainSleep($0, revision: 0) }

  @Test("nights begin in the evening or shortly after midnight, and end in the morning")
  func nights() {
    #expect(Self.nights.allSatisfy { (-5_400...4_200).contains($0.start) })
    #expect(Self.nights.allSatisfy { (22_200...31_200).contains($0.end) })
    #expect(Self.nights.contains { $0.start > 0 } && Self.nights.contains { $0.start < 0 })
    #expect(Self.nights.allSatisfy { $0.isMain && $0.seconds >= 10_800 })
  }

  @Test("some nights are not recorded, some are classic")
  func kinds() {
    #expect((335...364).contains(Self.nights.count))
    #expect((8...55).contains(Self.nights.count { !$0.hasStages }))
  }

  @Test("people sleep longer at the weekend")
  func weekend() {
    func mean(_ nights: [WearerSleep]) -> Int {
      nights.map(\.end).reduce(0, +) / max(1, nights.count)
    }
    let weekend = Self.nights.filter { $0.day.weekday > 5 }
    let week = Self.nights.filter { $0.day.weekday < 6 }
    #expect(mean(weekend) > mean(week) + 3_000)
  }

  @Test("asleep and awake make the time in bed")
  func minutes() {
    for night in Self.nights {
      #expect(night.minutesAsleep + night.minutesAwake == night.seconds / 60)
      #expect(night.minutesAsleep > night.seconds / 60 * 6 / 10)
      let levels = night.hasStages ? WearerSleep.Level.stages : WearerSleep.Level.classic
      let sum = levels.map { night.sum($0).minutes }.reduce(0, +)
      // Each level is rounded down.
      #expect((0...4).contains(night.seconds / 60 - sum))
    }
  }

  @Test("short wakes are wakes and no part of the stage around them")
  func sums() {
    var sleep = WearerSleep(
      day: FitbitClient.today, start: 0, end: 3_600, isMain: true, hasStages: true, identity: 1)
    sleep.pieces = [
      WearerSleep.Piece(level: .light, start: 0, seconds: 1_800),
      WearerSleep.Piece(level: .wake, start: 1_800, seconds: 600),
      WearerSleep.Piece(level: .deep, start: 2_400, seconds: 1_200),
    ]
    sleep.shortWakes = [WearerSleep.Piece(level: .wake, start: 300, seconds: 120)]
    #expect(sleep.sum(.light) == (1, 28))
    #expect(sleep.sum(.wake) == (2, 12))
    #expect(sleep.sum(.deep) == (1, 20))
    #expect(sleep.sum(.rem) == (0, 0))
    #expect(sleep.minutesAwake == 12 && sleep.minutesAsleep == 48)
  }

  @Test("a change makes the night ten minutes longer and changes no other")
  func change() {
    for day in Self.days.prefix(20) {
      let before = Self.wearer.night(day, revision: 0)
      let after = Self.wearer.night(day, revision: 1)
      #expect(after.lowerBound == before.lowerBound)
      #expect(after.upperBound == before.upperBound + 600)
      #expect(Self.wearer.night(day, revision: 99).upperBound == before.upperBound + 3_600)
    }
  }

  @Test("one is awake between getting up and going to bed")
  func awake() {
    for day in Self.days.prefix(60) {
      let awake = Self.wearer.awake(day, revision: 0)
      #expect(awake.lowerBound == Self.wearer.night(day, revision: 0).upperBound / 60)
      #expect((1_350...1_440).contains(awake.upperBound))
    }
  }

  @Test("naps are short, classic, in the afternoon, and not the main sleep")
  func naps() {
    let naps = Self.days.flatMap { Self.wearer.sleeps($0, revision: 0) }.filter { !$0.isMain }
    #expect((5...60).contains(naps.count))
    #expect(naps.allSatisfy { !$0.hasStages && $0.shortWakes.isEmpty })
    #expect(naps.allSatisfy { (46_800...55_800).contains($0.start) })
    #expect(naps.allSatisfy { (2_100...6_000).contains($0.seconds) })
  }

  @Test("no night is recorded on the first day, or beside a day without the tracker")
  func unrecorded() {
    #expect(Self.wearer.mainSleep(Self.wearer.memberSince, revision: 0) == nil)
    let loose = Wearer(seed: 3, memberSince: FitbitClient.today - 999, lateRate: 0, emptyRate: 1)
    for day in Self.days where !loose.isWorn(day) {
      #expect(loose.sleeps(day, revision: 0).isEmpty)
      #expect(loose.mainSleep(day + 1, revision: 0) == nil)
    }
  }

  @Test("ids are beyond what a double holds, and all different")
  func ids() {
    let ids = Self.days.flatMap { Self.wearer.sleeps($0, revision: 0) }.map(\.identity)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0 > 1 << 53 })
  }
}
