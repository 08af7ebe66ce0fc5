import DaybookCore
import Testing

@testable import DaybookSimulator

struct LocationTrackTests {
  static let far = Int(moment("2020-01-01").seconds)

  static func track(
    seed: UInt64 = 1, late: Double = 0, empty: Double = 0, every: Int = 1_800
  ) -> LocationTrack {
    var settings = OwnTracksSettings(firstDay: day("2015-01-15"))
    settings.lateRate = late
    settings.emptyRate = empty
    settings.pointEvery = every
    return LocationTrack(seed: seed, settings: settings)
  }

  static func points(_ track: LocationTrack, _ name: String, now: Int = far) -> [LocationPoint] {
    let start = day(name).number * 86_400
    return track.points(after: start - 1, before: start + 86_400, now: now)
  }

  @Test(
    "a day has as many points as its density says",
    arguments: [(600, 144), (1_800, 48), (86_400, 1)])
  func density(every: Int, count: Int) {
    #expect(Self.points(Self.track(every: every), "2015-03-01").count == count)
  }

  @Test("days tile: no point is in two, none is lost", arguments: 1...4)
  func tiling(seed: UInt64) {
    let track = Self.track(seed: seed, late: 0.4, empty: 0.2)
    let start = day("2015-02-01").number * 86_400
    let month = track.points(after: start - 1, before: start + 28 * 86_400, now: Self.far)
    let days = (0..<28).flatMap { Self.points(track, (day("2015-02-01") + $0).description) }
    #expect(days.count == month.count)
    #expect(Set(days.map(\.tst)) == Set(month.map(\.tst)))
  }

  @Test("before the first day there is nothing, on it there always is")
  func beginning() {
    let track = Self.track(late: 1, empty: 1)
    #expect(Self.points(track, "2015-01-14").isEmpty)
    #expect(!Self.points(track, "2015-01-15", now: day("2015-01-16").number * 86_400).isEmpty)
    #expect(Self.points(track, "2015-01-16").isEmpty)
  }

  @Test("a point is there once it has arrived, today grows")
  func growth() {
    let track = Self.track()
    let start = day("2015-03-01").number * 86_400
    var last = 0
    for hour in 0...24 {
      let points = Self.points(track, "2015-03-01", now: start + hour * 3_600)
      #expect(points.allSatisfy { $0.arrival <= start + hour * 3_600 })
      #expect(points.count >= last)
      last = points.count
    }
    #expect((46...48).contains(last))
  }

  @Test("late points fill old days up, hours to weeks later", arguments: 1...4)
  func late(seed: UInt64) {
    let track = Self.track(seed: seed, late: 1)
    let name = "2015-03-01"
    let start = day(name).number * 86_400
    let counts = stride(from: 0, through: 23 * 86_400, by: 1_800).map {
      Self.points(track, name, now: start + $0).count
    }
    #expect(counts == counts.sorted())
    #expect(counts.last == 48)
    let all = Self.points(track, name)
    let last = all.map(\.arrival).max() ?? 0
    #expect(Self.points(track, name, now: last - 1).count < 48)
    #expect(all.contains { $0.arrival - $0.tst >= 3_600 })
  }

  @Test("points come in the order of their arrival, file by file")
  func order() {
    let track = Self.track(late: 1)
    let start = day("2015-02-20").number * 86_400
    let points = track.points(after: start, before: start + 20 * 86_400, now: Self.far)
    let february = points.filter { $0.month == LocationPoint.month(of: start) }
    let march = points.filter { $0.month == LocationPoint.month(of: start) + 1 }
    #expect(points == february + march)
    #expect(february.map(\.arrival) == february.map(\.arrival).sorted())
    #expect(february.map(\.tst) != february.map(\.tst).sorted())
  }

  @Test("months have a file from the first point on")
  func months() {
    let track = Self.track()
    let january = 2_015 * 12
    let cases: [(String, [Int])] = [
      ("2015-01-14", []), ("2015-01-16", [january]), ("2015-02-10", [january, january + 1]),
      ("2015-04-02", Array(january...january + 3)),
    ]
    for (name, expected) in cases {
      #expect(track.months(now: day(name).number * 86_400) == expected, "\(name)")
    }
  }

  @Test("a posted point makes its own month")
  func postedMonth() {
    var track = Self.track()
    let tst = day("2013-05-05").number * 86_400
    track.post(LocationPoint(tst: tst, arrival: Self.far - 5, lat: 0, lon: 0, members: []))
    #expect(track.months(now: Self.far - 6).first == 2_015 * 12)
    #expect(track.months(now: Self.far).first == 2_013 * 12 + 4)
    #expect(track.points(after: tst - 1, before: tst + 1, now: Self.far).count == 1)
  }

  @Test("the same seed walks the same way")
  func replay() {
    let a = Self.points(Self.track(seed: 7, late: 0.5), "2015-06-01")
    #expect(a == Self.points(Self.track(seed: 7, late: 0.5), "2015-06-01"))
    #expect(a != Self.points(Self.track(seed: 8, late: 0.5), "2015-06-01"))
  }

  @Test("points have what a phone sends")
  func members() {
    let names = ["_type", "tid", "tst", "lat", "lon", "acc", "batt", "vel", "alt"]
    for point in Self.points(Self.track(), "2015-06-01") {
      #expect(point.members.map(\.name) == names)
      #expect(abs(point.lat) < 90_000_000 && abs(point.lon) < 180_000_000)
    }
  }
}
