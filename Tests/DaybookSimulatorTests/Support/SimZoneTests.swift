import DaybookCore
import Testing

@testable import DaybookSimulator

struct SimZoneTests {
  static func zone(_ id: String) -> SimZone { SimZone(id) ?? SimZone(id: "?", standard: 1) }

  @Test(
    "offsets around the changes of the clock, as the IANA database has them",
    arguments: [
      ("Europe/Helsinki", "2018-03-25T00:59:59", 7_200),
      ("Europe/Helsinki", "2018-03-25T01:00:00", 10_800),
      ("Europe/Helsinki", "2018-10-28T00:59:59", 10_800),
      ("Europe/Helsinki", "2018-10-28T01:00:00", 7_200),
      ("Europe/London", "2016-03-27T00:59:59", 0),
      ("Europe/London", "2016-03-27T01:00:00", 3_600),
      ("Europe/Berlin", "2021-10-31T00:59:59", 7_200),
      ("Europe/Berlin", "2021-10-31T01:00:00", 3_600),
      ("America/New_York", "2018-03-11T06:59:59", -18_000),
      ("America/New_York", "2018-03-11T07:00:00", -14_400),
      ("America/New_York", "2018-11-04T05:59:59", -14_400),
      ("America/New_York", "2018-11-04T06:00:00", -18_000),
      ("America/Los_Angeles", "2018-03-11T09:59:59", -28_800),
      ("America/Los_Angeles", "2018-03-11T10:00:00", -25_200),
      ("America/Los_Angeles", "2020-11-01T08:59:59", -25_200),
      ("America/Los_Angeles", "2020-11-01T09:00:00", -28_800),
      ("Asia/Tokyo", "2018-07-01", 32_400),
      ("Asia/Kolkata", "2018-07-01", 19_800),
      ("UTC", "2018-07-01", 0),
    ])
  func offsets(id: String, time: String, expected: Int) {
    #expect(Self.zone(id).offset(at: moment(time)) == expected)
  }

  @Test(
    "days have 23, 24 or 25 hours",
    arguments: [
      ("Europe/Helsinki", "2018-03-25", 23), ("Europe/Helsinki", "2018-10-28", 25),
      ("Europe/Helsinki", "2018-10-29", 24), ("Europe/London", "2016-03-27", 23),
      ("Europe/London", "2016-10-30", 25), ("America/Los_Angeles", "2018-03-11", 23),
      ("America/Los_Angeles", "2018-11-04", 25), ("America/New_York", "2018-11-03", 24),
      ("Asia/Tokyo", "2018-03-25", 24),
    ])
  func lengths(id: String, name: String, hours: Int) {
    let zone = Self.zone(id)
    #expect(zone.start(of: day(name) + 1) - zone.start(of: day(name)) == hours * 3_600)
  }

  @Test(
    "days begin at local midnight",
    arguments: [
      ("Europe/Helsinki", "2018-04-25", "2018-04-24T21:00:00"),
      ("Europe/Helsinki", "2018-01-01", "2017-12-31T22:00:00"),
      ("Europe/Helsinki", "2018-03-26", "2018-03-25T21:00:00"),
      ("America/Los_Angeles", "2018-04-25", "2018-04-25T07:00:00"),
      ("Asia/Tokyo", "2018-04-25", "2018-04-24T15:00:00"),
      ("UTC", "2018-04-25", "2018-04-25"),
    ])
  func start(id: String, name: String, expected: String) {
    #expect(Self.zone(id).start(of: day(name)) == Int(moment(expected).seconds))
  }

  @Test("days tile the years, and each moment is in its day", arguments: SimZone.known)
  func tiling(zone: SimZone) {
    for number in stride(from: 16_000, to: 19_000, by: 1) {
      let start = zone.start(of: Day(number: number))
      let end = zone.start(of: Day(number: number + 1))
      #expect((82_800...90_000).contains(end - start))
      #expect(zone.day(at: Instant(seconds: Int64(start))) == Day(number: number))
      #expect(zone.day(at: Instant(seconds: Int64(end - 1))) == Day(number: number))
    }
  }

  @Test(
    "other zones are written with an offset",
    arguments: [
      ("Asia/Kathmandu=+0545", "Asia/Kathmandu", 20_700), ("X=-0330", "X", -12_600),
      ("Y=+0000", "Y", 0), ("Z=+1400", "Z", 50_400),
    ])
  func custom(text: String, id: String, offset: Int) {
    #expect(SimZone(text) == SimZone(id: id, standard: offset))
  }

  @Test(
    "everything else is no zone",
    arguments: [
      "", "Mars", "X=", "=+0100", "X=0100", "X=+100", "X=+0160", "X=+1500", "X=+01:00", "X=+01a0",
      "X=+0100=", "europe/helsinki",
    ])
  func unknown(text: String) {
    #expect(SimZone(text) == nil)
  }

  @Test("spans hold from change to change")
  func spans() {
    let zone = Self.zone("Europe/Helsinki")
    let summer = zone.span(at: Int(moment("2018-07-01").seconds))
    #expect(summer.from == Int(moment("2018-03-25T01:00:00").seconds))
    #expect(summer.to == Int(moment("2018-10-28T01:00:00").seconds))
    let before = zone.span(at: summer.from - 1)
    #expect(before.to == summer.from)
    #expect(before.from == Int(moment("2017-10-29T01:00:00").seconds))
    let after = zone.span(at: summer.to)
    #expect(after.from == summer.to)
    #expect(after.to == Int(moment("2019-03-31T01:00:00").seconds))
  }

  @Test(
    "moments are printed local and in UTC",
    arguments: [
      ("Europe/Helsinki", "2018-04-25T12:00:00", "20180425T150000+0300", "20180425T120000Z"),
      ("America/Los_Angeles", "2018-01-01T07:59:59", "20171231T235959-0800", "20180101T075959Z"),
      ("Asia/Kolkata", "2018-01-01T18:30:00", "20180102T000000+0530", "20180101T183000Z"),
      ("UTC", "1999-12-31T23:59:59", "19991231T235959+0000", "19991231T235959Z"),
    ])
  func clock(id: String, time: String, local: String, utc: String) {
    var clock = ZoneClock(Self.zone(id))
    var out = ByteWriter()
    clock.local(Int(moment(time).seconds), into: &out)
    out.raw(" ")
    clock.utc(Int(moment(time).seconds), into: &out)
    #expect(String(decoding: out.bytes, as: UTF8.self) == "\(local) \(utc)")
  }

  @Test("a clock that remembers prints what a fresh one prints", arguments: 0..<10)
  func memory(seed: UInt64) {
    var random = Seeded(seed)
    let zone = SimZone.known[random.below(SimZone.known.count)]
    var clock = ZoneClock(zone)
    for _ in 0..<500 {
      let t = random.within(1_300_000_000...1_700_000_000)
      var fresh = ZoneClock(zone)
      var a = ByteWriter()
      var b = ByteWriter()
      clock.local(t, into: &a)
      fresh.local(t, into: &b)
      #expect(a.bytes == b.bytes, "seed \(seed)")
    }
  }
}
