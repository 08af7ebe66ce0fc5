import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthMinutesTests {
  static let blocks = HealthSessionsTests.blocks

  @Test("a day has a plausible number of steps and metres", arguments: 0..<4)
  func totals(person: Int) {
    let history = HealthHistoryTests.history(person: person)
    var sum = 0
    for block in Self.blocks {
      let minutes = history.minutes(block, now: .max)
      let steps = minutes.steps.reduce(0, +)
      sum += steps
      #expect((2_000...40_000).contains(steps), "\(steps)")
      #expect(minutes.steps.allSatisfy { (0...170).contains($0) })
      #expect(minutes.floors.reduce(0, +) < 60)
    }
    #expect((6_000...18_000).contains(sum / Self.blocks.count), "\(sum / Self.blocks.count)")
  }

  @Test("who sleeps does not walk")
  func asleep() {
    let history = HealthHistoryTests.history()
    for block in Self.blocks {
      let minutes = history.minutes(block, now: .max)
      let asleep =
        Array(0..<(history.wakes(block) / 60)) + Array(history.goesToBed(block) / 60..<1_440)
      #expect(asleep.allSatisfy { minutes.steps[$0] == 0 && minutes.distance[$0] == 0 })
    }
  }

  @Test("a step is about 70 centimetres, but on a bicycle there are none")
  func strides() {
    let history = HealthHistoryTests.history()
    for block in Self.blocks {
      let minutes = history.minutes(block, now: .max)
      for i in 0..<1_440 where minutes.zone[i] == 0 {
        #expect((680 * minutes.steps[i]...760 * minutes.steps[i]).contains(minutes.distance[i]))
      }
      for workout in history.exercises(block, now: .max) where workout.kind == .biking {
        let first = (workout.start - history.start(of: block)) / 60
        #expect(minutes.steps[first] == 0 && minutes.distance[first] > 300_000)
      }
    }
  }

  @Test("zones are where the workouts are")
  func zones() {
    let history = HealthHistoryTests.history()
    for block in Self.blocks {
      let minutes = history.minutes(block, now: .max)
      var expected = [Int](repeating: 0, count: 1_440)
      for workout in history.exercises(block, now: .max) {
        let first = (workout.start - history.start(of: block)) / 60
        for i in first..<(first + workout.minutes) { expected[i] = workout.kind.zone + 1 }
      }
      #expect(minutes.zone == expected)
    }
  }

  @Test("floors are climbed on foot only")
  func floors() {
    let history = HealthHistoryTests.history()
    for block in Self.blocks {
      let minutes = history.minutes(block, now: .max)
      for i in 0..<1_440 where minutes.floors[i] > 0 && minutes.zone[i] == 0 {
        #expect(minutes.steps[i] > 0)
      }
    }
  }

  @Test("the phone counts a part of the walks, or none")
  func phone() {
    for (rate, expected) in [(0.0, 0...0), (0.5, 20...400), (1.0, 40...600)] {
      let history = HealthHistoryTests.history { $0.phoneRate = rate }
      let counted = history.minutes(Self.blocks.lowerBound, now: .max).onPhone.count { $0 }
      #expect(expected.contains(counted), "\(counted) at \(rate)")
    }
  }

  @Test("energy follows from steps and zones")
  func energy() {
    var minutes = HealthMinutes()
    #expect(minutes.active(0) == 0)
    minutes.steps[0] = 100
    #expect(minutes.active(0) == 4_200_000)
    minutes.zone[0] = 2
    #expect(minutes.active(0) == 8_400_000)
  }

  @Test("a change touches the minutes of its walk, and no others")
  func change() {
    var history = HealthHistoryTests.history()
    for block in Self.blocks.prefix(60) {
      let before = history.minutes(block, now: .max)
      history.forced[block] = [5]
      let after = history.minutes(block, now: .max)
      let walk = history.exercises(block, now: .max).first { $0.changed != nil }
      let first = ((walk?.start ?? 0) - history.start(of: block)) / 60
      let span = first..<(first + (walk?.minutes ?? 0))
      #expect(!span.isEmpty)
      for i in 0..<1_440 where !span.contains(i) {
        #expect(before.steps[i] == after.steps[i])
        #expect(before.zone[i] == after.zone[i])
      }
      #expect(before.steps != after.steps)
    }
  }
}
