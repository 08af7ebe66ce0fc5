import DaybookCore
import Testing

@testable import DaybookSimulator

struct LateChangesTests {
  static let far = TimelineTests.far

  @Test("cutting keeps what had begun, up to the moment")
  func cut() {
    var segment = TimelineSegment(start: 100, end: 1_000, place: 3, from: 1)
    segment.activities = [
      TimelineActivity(.walking, start: 100, end: 200),
      TimelineActivity(.bus, start: 200, end: 900),
      TimelineActivity(.walking, start: 900, end: 1_000),
    ]
    let cut = segment.cut(at: 500)
    #expect(cut.start == 100 && cut.end == 500 && cut.place == 3 && cut.from == 1)
    #expect(cut.activities.map(\.mode) == [.walking, .bus])
    #expect(cut.activities.map(\.end) == [200, 500])
    #expect(cut.activities[1].distance == 2_100)
  }

  @Test("an activity entered by hand stays so when it is cut")
  func manual() {
    var segment = TimelineSegment(start: 0, end: 100, place: 0)
    var walk = TimelineActivity(.walking, start: 0, end: 100)
    walk.manual = true
    segment.activities = [walk]
    #expect(segment.cut(at: 50).activities.first?.manual == true)
  }

  @Test("without a rate no day changes late")
  func never() {
    let timeline = TimelineTests.timeline(late: 0)
    #expect((0..<400).allSatisfy { timeline.changes(17_000 + $0, end: 0).isEmpty })
  }

  @Test("late changes come hours to a year after the end, as many as the rate says")
  func delays() {
    let timeline = TimelineTests.timeline(late: 0.5)
    let delays = (0..<2_000).flatMap { timeline.changes(17_000 + $0, end: 0) }
    #expect((800...1_200).contains(delays.count))
    #expect(delays.allSatisfy { (3 * 3_600...330 * 86_400).contains($0) })
    #expect(delays.contains { $0 < 86_400 })
    #expect(delays.contains { $0 > 100 * 86_400 })
  }

  @Test("a day differs before and after its late change, and then stays", arguments: 1...4)
  func change(seed: UInt64) {
    let timeline = TimelineTests.timeline(seed: seed, late: 1)
    let number = day("2018-01-10").number
    let piece = timeline.piece(number, now: 0)
    let moments = timeline.changes(number, end: timeline.evening(number + 1))
    #expect(moments.count == 1)
    let before = timeline.piece(number, now: (moments.first ?? 0) - 1)
    let after = timeline.piece(number, now: moments.first ?? 0)
    #expect(before == piece)
    #expect(after != before)
    #expect(after == timeline.piece(number, now: Self.far))
    #expect(after.contains { $0.changed == moments.first })
    #expect(after.count == before.count + 2)
  }

  @Test("a change by hand takes effect at its moment, and each further one again")
  func byHand() {
    var timeline = TimelineTests.timeline()
    let number = day("2018-01-10").number
    let t = Int(moment("2018-04-25").seconds)
    let plain = timeline.piece(number - 1, now: t)
    timeline.forced[number] = [t]
    #expect(timeline.piece(number - 1, now: t - 1) == plain)
    let once = timeline.piece(number - 1, now: t)
    #expect(once.count == plain.count + 2)
    timeline.forced[number]?.append(t + 60)
    #expect(timeline.piece(number - 1, now: t) == once)
    #expect(timeline.piece(number - 1, now: t + 60).count > once.count)
  }

  @Test("an empty day may get its data late, by itself or by hand")
  func found() {
    var timeline = TimelineTests.timeline(late: 0, empty: 1)
    let number = (17_500..<17_600).first { timeline.piece($0, now: Self.far).isEmpty } ?? 0
    #expect(number > 0)
    #expect(timeline.arrival(number, end: 0) == nil)
    timeline.forced[number + 1] = [Self.far - 10]
    #expect(timeline.piece(number, now: Self.far - 11).isEmpty)
    let found = timeline.piece(number, now: Self.far)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.changed == Self.far - 10 })
  }

  @Test("with a high rate every lost phone is found")
  func allFound() {
    let timeline = TimelineTests.timeline(late: 0.25, empty: 1)
    #expect((17_500..<17_900).allSatisfy { !timeline.piece($0, now: Self.far).isEmpty })
  }
}
