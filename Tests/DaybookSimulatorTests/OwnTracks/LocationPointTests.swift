import DaybookCore
import Testing

@testable import DaybookSimulator

struct LocationPointTests {
  @Test(
    "geohashes are those of the recorder and of the literature",
    arguments: [
      (60_169_600, 24_930_000, "ud9wr39"), (1_000_000, 2_000_000, "s01mtw0"),
      (57_649_110, 10_407_440, "u4pruyd"), (42_605_000, -5_603_000, "ezs42e4"),
      (-90_000_000, -180_000_000, "0000000"), (37_774_900, -122_419_400, "9q8yyk8"),
    ])
  func geohash(lat: Int, lon: Int, expected: String) {
    #expect(Geohash.text(lat: lat, lon: lon) == expected)
  }

  @Test("nearby points share the begin of their hash", arguments: 0..<30)
  func prefix(seed: UInt64) {
    var random = Seeded(seed)
    let lat = random.within(-80_000_000...80_000_000)
    let lon = random.within(-170_000_000...170_000_000)
    #expect(Geohash.text(lat: lat, lon: lon).utf8.count == 7)
    #expect(Geohash.text(lat: lat, lon: lon) == Geohash.text(lat: lat, lon: lon))
  }

  @Test(
    "months are counted from year 0",
    arguments: [
      ("2015-01-01", 24_180), ("2015-12-31", 24_191), ("1970-01-01", 23_640),
      ("1969-12-31", 23_639),
    ])
  func month(name: String, expected: Int) {
    #expect(LocationPoint.month(of: day(name).number * 86_400) == expected)
    #expect(LocationPoint.month(of: day(name).number * 86_400 + 86_399) == expected)
  }

  @Test(
    "values are printed as the recorder prints them",
    arguments: [
      (.text("a\"b"), "\"a\\\"b\""), (.integer(-5), "-5"), (.millionths(60_169_600), "60.1696"),
      (.millionths(1_000_000), "1"), (.millionths(-500_000), "-0.5"), (.millionths(0), "0"),
      (.json("[1,{}]"), "[1,{}]"),
    ] as [(LocationPoint.Value, String)])
  func values(value: LocationPoint.Value, expected: String) {
    var out = ByteWriter()
    out.value(value)
    #expect(String(decoding: out.bytes, as: UTF8.self) == expected)
  }

  @Test("the recorder adds its members last")
  func answered() {
    let point = LocationPoint(
      tst: 1_420_243_199, arrival: 0, lat: 60_169_600, lon: 24_930_000,
      members: [.init("tid", .text("ja"))])
    #expect(point.answered(nil).map(\.name) == ["tid", "ghash", "isorcv", "isotst", "disptst"])
    let there = point.answered(SimZone("America/New_York"))
    #expect(there.map(\.name).suffix(2) == ["tzname", "isolocal"])
    #expect(there.last?.value == .text("2015-01-02T18:59:59-0500"))
  }
}
