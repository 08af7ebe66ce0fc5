import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthPointsTests {
  static let blocks = HealthSessionsTests.blocks
  static let always = HealthMoment(now: 1 << 40, synced: 1 << 40)

  static func points(
    _ stream: HealthStream, _ history: HealthHistory = HealthHistoryTests.history()
  ) -> [HealthPoint] {
    blocks.prefix(30).flatMap { history.points(stream, $0, always) }
  }

  @Test("every stream has data, in order, from day to day", arguments: HealthStream.allCases)
  func order(stream: HealthStream) {
    let all = Self.points(stream)
    #expect(!all.isEmpty)
    for (a, b) in zip(all, all.dropFirst()) { #expect(a.isListed(behind: b.start, b.source)) }
    #expect(all.allSatisfy { $0.start <= $0.end })
  }

  @Test("nothing is known that has not come", arguments: HealthStream.allCases)
  func synced(stream: HealthStream) {
    let history = HealthHistoryTests.history()
    for block in Self.blocks.prefix(10) {
      let all = history.points(stream, block, Self.always)
      for hour in stride(from: -12, through: 36, by: 3) {
        let t = history.start(of: block) + hour * 3_600
        let known = history.points(stream, block, HealthMoment(now: t, synced: t))
        #expect(known.allSatisfy { $0.end <= t })
        #expect(known == Array(all.prefix(known.count)))
        if hour == 36 { #expect(known == all) }
      }
    }
  }

  @Test("what is of the night comes as a whole in the morning", arguments: HealthStream.allCases)
  func night(stream: HealthStream) {
    guard stream.isOfNight, stream != .sleep else { return }
    let history = HealthHistoryTests.history()
    let block = Self.blocks.lowerBound
    let created = history.sleeps(block, now: .max)[0].created
    let before = HealthMoment(now: created + 60, synced: created - 1)
    let after = HealthMoment(now: created + 60, synced: created)
    #expect(history.points(stream, block, before).isEmpty)
    #expect(history.points(stream, block, after) == history.points(stream, block, Self.always))
  }

  @Test("without wear there is nothing", arguments: HealthStream.allCases)
  func unworn(stream: HealthStream) {
    let history = HealthHistoryTests.history { $0.emptyRate = 1 }
    for block in Self.blocks where !history.isWorn(block) {
      #expect(history.points(stream, block, Self.always).isEmpty)
    }
  }

  @Test(
    "a day has about so many points",
    arguments: [
      (.steps, 100...700),
      (.distance, 100...700),
      (.floors, 0...40),
      (.altitude, 0...40),
      (.activeEnergy, 100...700),
      (.basalEnergy, 24...24),
      (.totalEnergy, 1_440...1_440),
      (.activeZoneMinutes, 0...140),
      (.heartRate, 2_760...2_840),
      (.heartRateVariability, 70...130),
      (.oxygenSaturation, 70...130),
      (.respiratoryRate, 1...1),
      (.restingHeartRate, 1...1),
      (.dailyHeartRateVariability, 1...1),
      (.dailyOxygenSaturation, 1...1),
      (.dailyRespiratoryRate, 1...1),
      (.weight, 0...1),
      (.bodyFat, 0...1),
      (.sleep, 1...2),
      (.exercise, 0...2),
    ] as [(HealthStream, ClosedRange<Int>)])
  func counts(stream: HealthStream, expected: ClosedRange<Int>) {
    let history = HealthHistoryTests.history()
    for block in Self.blocks {
      let count = history.points(stream, block, Self.always).count
      #expect(expected.contains(count), "\(count)")
    }
  }

  @Test(
    "values are plausible",
    arguments: [
      (.steps, 1...170),
      (.distance, 1...400_000),
      (.floors, 1...1),
      (.altitude, 3_048...3_048),
      (.activeEnergy, 42_000...15_000_000),
      (.basalEnergy, 69_000_000...69_000_000),
      (.totalEnergy, 1_150_000...16_150_000),
      (.activeZoneMinutes, 1...2),
      (.heartRate, 45...180),
      (.heartRateVariability, 18_000...80_000),
      (.oxygenSaturation, 93_000_000...100_000_000),
      (.respiratoryRate, 13_000_000...17_000_000),
      (.restingHeartRate, 50...68),
      (.dailyOxygenSaturation, 95_000_000...99_000_000),
      (.weight, 58_000_000_000...92_000_000_000),
      (.bodyFat, 17_000_000...31_000_000),
    ] as [(HealthStream, ClosedRange<Int>)])
  func values(stream: HealthStream, expected: ClosedRange<Int>) {
    for point in Self.points(stream) {
      #expect(expected.contains(point.a), "\(point.a)")
      #expect((0..<3).contains(point.b) || stream == .heartRateVariability)
    }
  }

  @Test("intervals are a minute long, but those of rest an hour")
  func lengths() {
    for stream in [HealthStream.steps, .distance, .floors, .activeEnergy, .activeZoneMinutes] {
      #expect(Self.points(stream).allSatisfy { $0.end - $0.start == 60 && $0.start % 60 == 0 })
    }
    #expect(Self.points(.basalEnergy).allSatisfy { $0.end - $0.start == 3_600 })
    #expect(Self.points(.heartRate).allSatisfy { $0.end == $0.start })
  }

  @Test(
    "heart rates are as dense as wanted; at 2.6 seconds there would be 33 000",
    arguments: [2, 3, 60])
  func density(every: Int) {
    let history = HealthHistoryTests.history { $0.heartRateEvery = every }
    let count = history.points(.heartRate, Self.blocks.lowerBound, Self.always).count
    #expect((82_700 / every...85_300 / every).contains(count), "\(count)")
  }

  @Test(
    "points may be further apart; those of the minutes are then some of all",
    arguments: [HealthStream.steps, .distance, .activeEnergy, .heartRateVariability])
  func apart(stream: HealthStream) {
    let all = Self.points(stream)
    let few = Self.points(stream, HealthHistoryTests.history { $0.pointEvery = 1_800 })
    #expect(!few.isEmpty && all.count > 4 * few.count, "\(few.count) of \(all.count)")
    for (a, b) in zip(few, few.dropFirst()) where a.source == b.source {
      #expect(b.start - a.start >= 1_800)
    }
    if stream != .heartRateVariability { #expect(Set(few).isSubset(of: all)) }
  }

  @Test("the heart is slower at night and faster in a workout")
  func heart() {
    let history = HealthHistoryTests.history()
    for block in Self.blocks.prefix(60) {
      let all = history.points(.heartRate, block, Self.always)
      let begin = history.start(of: block)
      func mean(_ from: Int, _ to: Int) -> Int {
        let part = all.filter { $0.start >= from && $0.start < to }.map(\.a)
        return part.reduce(0, +) / max(1, part.count)
      }
      let night = mean(begin, begin + 5 * 3_600)
      #expect(abs(night - history.resting(block)) < 3)
      #expect(mean(begin + 9 * 3_600, begin + 20 * 3_600) > night + 8)
      for workout in history.exercises(block, now: .max) {
        #expect(mean(workout.start, workout.end) > night + 25)
      }
    }
  }

  @Test("the phone's points are doubles of the band's, a little smaller")
  func phone() {
    let history = HealthHistoryTests.history { $0.phoneRate = 0.5 }
    let all = Self.points(.steps, history)
    let doubles = all.filter { $0.source == 1 }
    #expect(doubles.count > 100)
    for (band, phone) in zip(all, all.dropFirst()) where phone.source == 1 {
      #expect(band.source == 0)
      #expect(band.start == phone.start)
      #expect(phone.a <= band.a)
    }
    #expect(Self.points(.floors, history).allSatisfy { $0.source == 0 })
  }

  @Test("any day can be had without the days before it")
  func pure() {
    let whole = Self.points(.steps)
    let block = Self.blocks.lowerBound + 17
    let one = HealthHistoryTests.history().points(.steps, block, Self.always)
    #expect(whole.filter { $0.block == block } == one)
  }
}
