import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteSleepTests {
  static let date = SiteTrackerTests.date
  static let days = date..<date + 100

  @Test("a record ends where its values do")
  func end() {
    #expect(SiteSleep(id: 1, start: -20, values: [1, 1, 2]).end == -17)
  }

  @Test("a night lasts from bed to getting up, the evening before included")
  func night() throws {
    let tracker = SiteTrackerTests.tracker()
    for day in Self.days {
      let sleeps = tracker.sleeps(day, known: 1_440)
      let night = try #require(sleeps.first)
      #expect(sleeps.count == 1)
      #expect(night.start == tracker.bed(day - 1) - 1_440)
      #expect(night.end == tracker.wake(day))
      #expect((300...700).contains(night.values.count))
    }
    let starts = Self.days.compactMap { tracker.sleeps($0, known: 1_440).first?.start }
    #expect(starts.contains { $0 < 0 } && starts.contains { $0 >= 0 })
  }

  @Test("values are 0 to 3, mostly asleep, awake at first")
  func values() {
    let tracker = SiteTrackerTests.tracker()
    var counts = [0, 0, 0, 0]
    for day in Self.days {
      for value in tracker.sleeps(day, known: 1_440).flatMap(\.values) { counts[Int(value)] += 1 }
      #expect(tracker.sleeps(day, known: 1_440).first?.values.first == 2)
    }
    #expect(counts.allSatisfy { $0 > 0 })
    #expect(counts[1] > counts.reduce(0, +) * 8 / 10)
    #expect(counts[2] > counts[3] && counts[3] > counts[0])
  }

  @Test("a record appears when the site knows all of it")
  func known() {
    let tracker = SiteTrackerTests.tracker { $0.napRate = 1 }
    let whole = tracker.sleeps(Self.date, known: 1_440)
    #expect(whole.count == 2)
    #expect(tracker.sleeps(Self.date, known: 0).isEmpty)
    #expect(tracker.sleeps(Self.date, known: whole[0].end - 1).isEmpty)
    #expect(tracker.sleeps(Self.date, known: whole[0].end) == [whole[0]])
    #expect(tracker.sleeps(Self.date, known: whole[1].end - 1) == [whole[0]])
    #expect(tracker.sleeps(Self.date, known: whole[1].end) == whole)
  }

  @Test("some nights are without a record, a second sleep is then the first one")
  func sleepless() throws {
    let tracker = SiteTrackerTests.tracker { $0.sleeplessRate = 0.5 }
    let empty = Self.days.count { tracker.sleeps($0, known: 1_440).isEmpty }
    #expect((30...70).contains(empty))
    let napping = SiteTrackerTests.tracker {
      $0.sleeplessRate = 1
      $0.napRate = 1
    }
    let nap = try #require(napping.sleeps(Self.date, known: 1_440).first)
    #expect(nap.start == napping.nap(Self.date)?.lowerBound)
  }

  @Test("there is no night before the first day, nor after a day without the tracker")
  func noNight() throws {
    let tracker = SiteTrackerTests.tracker { $0.firstDay = day("2014-06-01") }
    #expect(tracker.sleeps(Self.date, known: 1_440).isEmpty)
    #expect(tracker.sleeps(Self.date + 1, known: 1_440).count == 1)
    let off = SiteTrackerTests.tracker { $0.emptyRate = 1 }
    let last = try #require(Self.days.first { off.isOff($0) && !off.isOff($0 + 1) })
    #expect(off.sleeps(last + 1, known: 1_440).isEmpty)
    #expect(off.sleeps(last + 2, known: 1_440).count == 1)
  }

  @Test("no two records have one id, whosever they are")
  func ids() {
    let trackers = (0..<3).map { SiteTrackerTests.tracker(person: $0) { $0.napRate = 1 } }
    let ids = trackers.flatMap { tracker in
      Self.days.flatMap { tracker.sleeps($0, known: 1_440).map(\.id) }
    }
    #expect(ids.count == 600 && Set(ids).count == 600)
  }
}
