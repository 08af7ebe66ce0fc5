import DaybookCore
import Testing

@testable import DaybookSimulator

struct TimelineTests {
  static let first = day("2016-06-16")
  static let far = Int(moment("2030-01-01").seconds)

  static func timeline(seed: UInt64 = 1, late: Double = 0, empty: Double = 0) -> Timeline {
    Timeline(seed: seed, firstDay: first, habit: 7_200, lateRate: late, emptyRate: empty)
  }

  /// Bounds of a UTC day.
  static func bounds(_ day: Day) -> (Int, Int) {
    (day.number * 86_400, day.number * 86_400 + 86_400)
  }

  @Test("segments follow one another with holes of at most twenty seconds", arguments: 1...6)
  func holes(seed: UInt64) {
    let timeline = Self.timeline(seed: seed, late: 0.3)
    let from = Self.first.number * 86_400
    let all = timeline.segments(from: from, to: from + 60 * 86_400, now: Self.far)
    #expect(all.count > 200)
    for (a, b) in zip(all, all.dropFirst()) {
      #expect(a.end <= b.start, "seed \(seed)")
      #expect(b.start - a.end <= 20, "seed \(seed): \(a) \(b)")
    }
    #expect(all.allSatisfy { $0.end > $0.start })
  }

  @Test("what lies across midnight is whole in both days", arguments: 1...3)
  func midnight(seed: UInt64) {
    let timeline = Self.timeline(seed: seed)
    for offset in 5..<40 {
      let (from, to) = Self.bounds(Self.first + offset)
      let today = timeline.segments(from: from, to: to, now: Self.far)
      let tomorrow = timeline.segments(from: to, to: to + 86_400, now: Self.far)
      #expect(today.last == tomorrow.first)
      #expect(today.last?.start ?? 0 < to && today.last?.end ?? 0 > to)
    }
  }

  @Test("activities lie within their segment, and their sums make sense", arguments: 1...6)
  func activities(seed: UInt64) {
    let timeline = Self.timeline(seed: seed, late: 0.3)
    let from = Self.first.number * 86_400
    for segment in timeline.segments(from: from, to: from + 40 * 86_400, now: Self.far) {
      for activity in segment.activities {
        #expect(activity.start >= segment.start && activity.end <= segment.end)
        #expect(activity.distance >= 0 && activity.steps >= 0)
        #expect(
          (activity.steps > 0) == (activity.mode.metresPerStep10 > 0 && activity.distance > 0))
      }
      if segment.from != nil { #expect(!segment.activities.isEmpty) }
      if segment.from == nil { #expect(segment.activities.count <= 1) }
    }
  }

  @Test("nothing is known before it was uploaded, and a stay that goes on ends at the upload")
  func growth() {
    let timeline = Self.timeline()
    let (from, to) = Self.bounds(day("2018-04-25"))
    var last = 0
    for hour in 0..<40 {
      let now = from + hour * 3_600
      let known = timeline.segments(from: from, to: to, now: now)
      let end = known.last?.end ?? 0
      #expect(end <= now)
      #expect(end >= last)
      #expect(known.allSatisfy { timeline.lastUpdate($0) <= now })
      last = end
    }
    #expect(last > to)
  }

  @Test("before its first day there is nothing")
  func beginning() {
    let (from, _) = Self.bounds(Self.first)
    #expect(
      Self.timeline().segments(from: from - 5 * 86_400, to: from - 86_400, now: Self.far).isEmpty)
    #expect(!Self.timeline().segments(from: from, to: from + 86_400, now: Self.far).isEmpty)
  }

  @Test("the future is empty")
  func future() {
    let now = Int(MovesClient.noon.seconds)
    let (from, to) = Self.bounds(day("2018-04-27"))
    #expect(Self.timeline().segments(from: from, to: to, now: now).isEmpty)
  }

  @Test("some fortnights have empty days, and only when they are wanted")
  func empty() {
    func empties(_ timeline: Timeline) -> Int {
      (5..<705).count { offset in
        let (from, to) = Self.bounds(Self.first + offset)
        return timeline.segments(from: from, to: to, now: Self.far).isEmpty
      }
    }
    #expect(empties(Self.timeline(empty: 0)) == 0)
    let some = empties(Self.timeline(empty: 0.5))
    #expect((10...120).contains(some))
  }

  @Test("two people live differently, the same person always the same")
  func seeds() {
    let (from, to) = Self.bounds(day("2018-04-25"))
    let a = Self.timeline(seed: 1).segments(from: from, to: to, now: Self.far)
    #expect(a == Self.timeline(seed: 1).segments(from: from, to: to, now: Self.far))
    #expect(a != Self.timeline(seed: 2).segments(from: from, to: to, now: Self.far))
  }

  @Test("a week is its seven days")
  func composition() {
    let timeline = Self.timeline(late: 0.5, empty: 0.3)
    let start = day("2018-04-02").number * 86_400
    let week = timeline.segments(from: start, to: start + 7 * 86_400, now: Self.far)
    var days: [TimelineSegment] = []
    for i in 0..<7 {
      let from = start + i * 86_400
      for segment in timeline.segments(from: from, to: from + 86_400, now: Self.far)
      where segment != days.last {
        days.append(segment)
      }
    }
    #expect(week == days)
  }
}
