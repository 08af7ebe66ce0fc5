import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthSessionsTests {
  static let blocks = day("2026-01-01").number...day("2026-06-30").number

  @Test("every worn day has a night that ends on it, and sometimes a nap")
  func nights() {
    let history = HealthHistoryTests.history()
    var naps = 0
    for block in Self.blocks {
      let sleeps = history.sleeps(block, now: .max)
      #expect((1...2).contains(sleeps.count))
      #expect(!sleeps[0].isNap)
      #expect(sleeps[0].start < history.start(of: block))
      #expect(sleeps[0].end == history.start(of: block) + history.wakes(block))
      #expect((6 * 3_600...11 * 3_600).contains(sleeps[0].end - sleeps[0].start))
      guard sleeps.count == 2 else { continue }
      naps += 1
      #expect(sleeps[1].isNap)
      #expect(sleeps[1].start > sleeps[0].end)
      #expect(sleeps[1].end < history.start(of: block) + 18 * 3_600)
    }
    #expect((10...50).contains(naps), "\(naps)")
  }

  @Test("the stages fill a sleep without gaps, none twice in a row")
  func stages() {
    let history = HealthHistoryTests.history()
    for sleep in Self.blocks.flatMap({ history.sleeps($0, now: .max) }) {
      #expect(sleep.stages.first?.start == sleep.start)
      #expect(sleep.stages.last?.end == sleep.end)
      for (a, b) in zip(sleep.stages, sleep.stages.dropFirst()) {
        #expect(a.end == b.start)
        #expect(a.kind != b.kind)
        #expect(a.start < a.end)
      }
    }
  }

  @Test("a sleep is known soon after its end, and processed then or hours later")
  func processing() {
    let rates: [(Double, ClosedRange<Int>)] = [(0, 0...0), (0.3, 30...90), (1, 181...250)]
    for (rate, expected) in rates {
      let history = HealthHistoryTests.history { $0.unprocessedRate = rate }
      var late = 0
      for sleep in Self.blocks.flatMap({ history.sleeps($0, now: .max) }) {
        #expect((1...120).contains(sleep.created - sleep.end))
        #expect((0...21_600).contains(sleep.processed - sleep.created))
        #expect(sleep.changed == nil)
        if sleep.processed > sleep.created { late += 1 }
      }
      #expect(expected.contains(late), "\(late) at \(rate)")
    }
  }

  @Test("a change makes the night end earlier, and tells when")
  func changed() {
    var history = HealthHistoryTests.history()
    let block = Self.blocks.lowerBound
    let before = history.sleeps(block, now: .max)[0]
    let change = before.end + 86_400
    history.forced[block] = [change, change + 100]
    #expect(history.sleeps(block, now: change - 1)[0] == before)
    for (now, times) in [(change, 1), (change + 99, 1), (change + 100, 2)] {
      let after = history.sleeps(block, now: now)[0]
      #expect(after.end == before.end - times * 300)
      #expect(after.stages.last?.end == after.end)
      #expect(after.start == before.start)
      #expect(after.created == before.created)
      #expect(after.changed == (times == 1 ? change : change + 100))
    }
  }

  @Test("workouts are in order, within the day, and of whole minutes")
  func exercises() {
    let history = HealthHistoryTests.history()
    var kinds: [HealthExercise.Kind: Int] = [:]
    for block in Self.blocks {
      let all = history.exercises(block, now: .max)
      #expect(all.count <= 2)
      #expect(all.map(\.ordinal) == Array(all.indices))
      for workout in all {
        kinds[workout.kind, default: 0] += 1
        #expect(workout.start >= history.start(of: block) + 9 * 3_600)
        #expect(workout.end <= history.start(of: block) + 21 * 3_600)
        #expect((20...70).contains(workout.minutes))
        #expect((workout.end - workout.start) % 60 == 0)
        #expect((1...120).contains(workout.created - workout.end))
        #expect(workout.changed == nil)
      }
      #expect(all == all.sorted { $0.start < $1.start })
    }
    #expect(HealthExercise.Kind.allCases.allSatisfy { kinds[$0, default: 0] > 15 })
  }

  @Test("a change is a walk that was missed; the others keep their ordinals")
  func late() {
    var history = HealthHistoryTests.history()
    for block in Self.blocks {
      let before = history.exercises(block, now: .max)
      let change = history.start(of: block + 3)
      history.forced[block] = [change]
      #expect(history.exercises(block, now: change - 1) == before)
      let after = history.exercises(block, now: change)
      #expect(after.filter { $0.changed == nil } == before)
      let added = after.filter { $0.changed == change }
      #expect(added.count == 1)
      #expect(added.first?.kind == .walking)
      #expect(added.first?.ordinal == 2)
      #expect(added.first?.created == change)
    }
  }

  @Test("on a day without wear there is nothing")
  func unworn() {
    let history = HealthHistoryTests.history { $0.emptyRate = 1 }
    for block in Self.blocks where !history.isWorn(block) {
      #expect(history.sleeps(block, now: .max).isEmpty)
      #expect(history.exercises(block, now: .max).isEmpty)
    }
  }

  @Test(
    "the kinds of workouts move as they should",
    arguments: [
      (.running, 160, 170_000, 2),
      (.walking, 108, 80_000, 0),
      (.biking, 0, 330_000, 1),
    ] as [(HealthExercise.Kind, Int, Int, Int)])
  func kinds(kind: HealthExercise.Kind, steps: Int, distance: Int, zone: Int) {
    #expect(kind.steps == steps)
    #expect(kind.distance == distance)
    #expect(kind.zone == zone)
  }
}
