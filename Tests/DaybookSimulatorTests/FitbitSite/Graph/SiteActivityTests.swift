import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteActivityTests {
  static let date = SiteTrackerTests.date
  static let later = (date + 400) * 86_400

  static func values(
    _ graph: SiteGraph, _ day: Int = date, known: Int = 1_440,
    of tracker: SiteTracker = SiteTrackerTests.tracker()
  ) -> [Int] {
    tracker.values(graph, day, known: known, now: later)
  }

  @Test("every day has 288 values", arguments: SiteGraph.allCases, [0, 5, 720, 1_440])
  func count(graph: SiteGraph, known: Int) {
    #expect(Self.values(graph, known: known).count == 288)
  }

  @Test(
    "what is not known is zero, what is known does not change by it",
    arguments: [.steps, .calories, .activeScore] as [SiteGraph], [0, 4, 5, 719, 1_439])
  func known(graph: SiteGraph, known: Int) {
    let whole = Self.values(graph)
    let part = Self.values(graph, known: known)
    #expect(Array(part[..<(known / 5)]) == Array(whole[..<(known / 5)]))
    #expect(part[(known / 5)...].allSatisfy { $0 == 0 })
  }

  @Test("days have thousands of steps, and are plausible in every five minutes")
  func steps() {
    for day in Self.date..<Self.date + 100 {
      let steps = Self.values(.steps, day)
      #expect(steps.allSatisfy { $0 % 100 == 0 && (0...90_000).contains($0) })
      #expect((2_000...35_000).contains(steps.reduce(0, +) / 100))
    }
  }

  @Test("nobody walks asleep")
  func night() {
    let tracker = SiteTrackerTests.tracker { $0.napRate = 1 }
    for day in Self.date..<Self.date + 50 {
      let steps = Self.values(.steps, day, of: tracker)
      let asleep = max(0, tracker.bed(day - 1) - 1_440) / 5 + 1..<tracker.wake(day) / 5
      #expect(steps[asleep].allSatisfy { $0 == 0 })
      if let nap = tracker.nap(day) {
        #expect(steps[(nap.lowerBound / 5)..<nap.upperBound / 5].allSatisfy { $0 == 0 })
      }
    }
  }

  @Test("resting burns calories too, with decimals; walking burns more")
  func calories() {
    let steps = Self.values(.steps)
    let calories = Self.values(.calories)
    let rest = calories.min() ?? 0
    #expect((486...642).contains(rest))
    for (i, value) in calories.enumerated() { #expect(value == rest + steps[i] / 100 * 4) }
    #expect((1_400...4_000).contains(calories.reduce(0, +) / 100))
    #expect(calories.contains { $0 % 100 != 0 })
  }

  @Test("the score follows the steps")
  func score() {
    let steps = Self.values(.steps)
    let score = Self.values(.activeScore)
    for (i, value) in score.enumerated() { #expect(value == steps[i] / 100 / 25 * 100) }
    #expect(score.contains { $0 > 0 })
  }

  @Test("sleep is no graph of five minutes")
  func sleep() {
    #expect(Self.values(.sleep).allSatisfy { $0 == 0 })
  }

  @Test("each change by hand adds a walk, and takes nothing away")
  func changes() {
    var tracker = SiteTrackerTests.tracker()
    var before = Self.values(.steps, of: tracker)
    for n in 1...3 {
      tracker.forced[Self.date, default: []].append(Self.later - n)
      let after = Self.values(.steps, of: tracker)
      #expect(zip(before, after).allSatisfy { $0 <= $1 })
      #expect(before != after)
      before = after
    }
  }

  @Test("days differ, and people do")
  func variety() {
    let days = Set((Self.date..<Self.date + 50).map { Self.values(.steps, $0) })
    #expect(days.count == 50)
    let people = Set((0..<9).map { Self.values(.steps, of: SiteTrackerTests.tracker(person: $0)) })
    #expect(people.count == 9)
  }
}
