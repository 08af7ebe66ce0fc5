import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteTrackerTests {
  static let date = day("2014-06-01").number
  /// Midnight at which that day begins, UTC.
  static let start = date * 86_400
  static let utc = SimZone(id: "UTC", standard: 0)

  static func tracker(
    person: Int = 0, _ adjust: (inout FitbitSiteSettings) -> Void = { _ in }
  ) -> SiteTracker {
    var settings = FitbitSiteSettings(firstDay: day("2013-01-01"))
    settings.lateRate = 0
    settings.emptyRate = 0
    settings.sleeplessRate = 0
    settings.napRate = 0
    adjust(&settings)
    return SiteTracker(settings, person: person)
  }

  static func known(_ tracker: SiteTracker, _ day: Int = date, at seconds: Int) -> Int {
    tracker.minutesKnown(day, zone: utc, now: start + seconds)
  }

  @Test(
    "a day is known up to the last time that the tracker met its base",
    arguments: [
      (-1, 0), (0, 0), (899, 0), (900, 15), (43_200, 720), (43_201, 720), (86_399, 1_425),
      (86_400, 1_440), (900_000, 1_440),
    ])
  func known(seconds: Int, minutes: Int) {
    #expect(Self.known(Self.tracker(), at: seconds) == minutes)
  }

  @Test("a tracker can hand over at once, or seldom")
  func sync() {
    let atOnce = Self.tracker { $0.syncEvery = .zero }
    #expect(Self.known(atOnce, at: 43_261) == 721)
    let seldom = Self.tracker { $0.syncEvery = .hours(6) }
    #expect(Self.known(seldom, at: 43_199) == 360)
    #expect(seldom.lastSync(Self.start + 43_199) == Self.start + 21_600)
  }

  @Test(
    "the day is the person's, wherever they are",
    arguments: [("UTC", 720), ("Asia/Tokyo", 1_260), ("America/New_York", 480)])
  func zones(id: String, minutes: Int) throws {
    let zone = try #require(SimZone(id))
    let known = Self.tracker().minutesKnown(Self.date, zone: zone, now: Self.start + 43_200)
    #expect(known == minutes)
  }

  @Test("nothing is known before the first day, and of a day that has not begun")
  func outside() {
    let tracker = Self.tracker()
    let first = day("2013-01-01").number
    #expect(Self.known(tracker, first, at: 0) == 1_440)
    #expect(Self.known(tracker, first - 1, at: 0) == 0)
    #expect(Self.known(tracker, Self.date + 1, at: 0) == 0)
  }

  @Test("days without the tracker come in stretches of two to four, in some fortnights")
  func off() {
    let tracker = Self.tracker { $0.emptyRate = 0.5 }
    let days = (Self.date..<Self.date + 1_400).map { tracker.isOff($0) }
    let stretches = days.split(separator: false).map(\.count)
    #expect((30...70).contains(stretches.count))
    // Two fortnights may meet.
    #expect(stretches.allSatisfy { (2...8).contains($0) })
    let never = Self.tracker()
    #expect(!(Self.date..<Self.date + 400).contains { never.isOff($0) })
  }

  @Test("a day without the tracker is never known")
  func offIsUnknown() throws {
    let tracker = Self.tracker { $0.emptyRate = 1 }
    let off = try #require((Self.date..<Self.date + 14).first { tracker.isOff($0) })
    #expect(Self.known(tracker, off, at: 365 * 86_400) == 0)
    #expect(Self.known(tracker, off - 1, at: 365 * 86_400) == 1_440)
  }

  @Test("late days come whole, by an hour to a month after their end")
  func late() {
    let tracker = Self.tracker { $0.lateRate = 1 }
    let delays = (Self.date..<Self.date + 60).map { day -> Int in
      let end = (day + 1) * 86_400
      let hour = (0...721).first {
        tracker.minutesKnown(day, zone: Self.utc, now: end + $0 * 3_600) > 0
      }
      #expect(tracker.minutesKnown(day, zone: Self.utc, now: end - 1) == 0)
      return hour ?? -1
    }
    #expect(delays.allSatisfy { (1...721).contains($0) })
    #expect(delays.contains { $0 < 72 } && delays.contains { $0 > 240 })
  }

  @Test("a change by hand brings a day that was missing, from its moment on")
  func forced() throws {
    var tracker = Self.tracker { $0.emptyRate = 1 }
    let off = try #require((Self.date..<Self.date + 14).first { tracker.isOff($0) })
    let moment = (off + 3) * 86_400
    tracker.forced[off] = [moment]
    #expect(tracker.minutesKnown(off, zone: Self.utc, now: moment - 1) == 0)
    #expect(tracker.minutesKnown(off, zone: Self.utc, now: moment) == 1_440)
    #expect(tracker.changes(off, now: moment - 1).isEmpty)
    #expect(tracker.changes(off, now: moment) == [moment])
  }

  @Test("people get up in the morning and go to bed around midnight, later at the weekend")
  func habits() {
    let tracker = Self.tracker()
    for day in Self.date..<Self.date + 200 {
      let weekday = Day(number: day).weekday
      #expect((weekday > 5 ? 465...585 : 390...510).contains(tracker.wake(day)))
      let bedtime = (5...6).contains(weekday) ? 1_380...1_500 : 1_350...1_470
      #expect(bedtime.contains(tracker.bed(day)))
    }
    let beds = (Self.date..<Self.date + 200).map { tracker.bed($0) }
    #expect(beds.contains { $0 < 1_440 } && beds.contains { $0 >= 1_440 })
  }

  @Test("naps are short, in the afternoon, and as frequent as they are set")
  func naps() {
    let tracker = Self.tracker { $0.napRate = 0.5 }
    let naps = (Self.date..<Self.date + 400).compactMap { tracker.nap($0) }
    #expect((150...250).contains(naps.count))
    #expect(naps.allSatisfy { (25...80).contains($0.count) })
    #expect(naps.allSatisfy { $0.lowerBound >= 840 && $0.upperBound <= 1_010 })
    #expect(Self.tracker().nap(Self.date) == nil)
  }

  @Test("people have habits of their own")
  func persons() {
    let days = Self.date..<Self.date + 30
    let first = days.map { Self.tracker().wake($0) }
    let second = days.map { Self.tracker(person: 1).wake($0) }
    #expect(first != second)
  }
}
