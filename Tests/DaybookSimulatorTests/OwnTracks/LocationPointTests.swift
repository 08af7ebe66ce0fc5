import DaybookCore
import Testing

@testable import DaybookSimulator

struct LocationPointTests {
  @Test(
    "geohashes are those of the recorder and of the literature",
    arguments: [
      (60_169_600, 24_930_000, "ud9wr39"), (1_000_000, 2_000_000, "s01mtw0"),
      (57_649_110, 10_407_440, "u4pruyd"), (42_605_000, -5_603_000, "ezs42s0"),
      (-90_000_000, -180_000_000, "0000000"), (37_774_900, -122_419_400, "9q8yyk8"),
    ])
  func geohash(lat: Int, lon: Int, expected: String) {
    #expect(Geohash.text(lat: lat, lon: lon) == expected)
  }

  /// The cell of a hash, read back as geohash.org describes it, in degrees.
  static func cell(_ hash: String) -> (lat: ClosedRange<Double>, lon: ClosedRange<Double>) {
    var (lat, lon) = (-90.0...90, -180.0...180)
    var isLon = true
    for character in hash {
      let value = Array("0123456789bcdefghjkmnpqrstuvwxyz").firstIndex(of: character) ?? 0
      for bit in [16, 8, 4, 2, 1] {
        let old = isLon ? lon : lat
        let middle = (old.lowerBound + old.upperBound) / 2
        let half = value & bit == 0 ? old.lowerBound...middle : middle...old.upperBound
        if isLon { lon = half } else { lat = half }
        isLon.toggle()
      }
    }
    return (lat, lon)
  }

  @Test("a point lies in the cell of its hash, which is some 150 m wide", arguments: 0..<30)
  func inside(seed: UInt64) {
    var random = Seeded(seed)
    let lat = random.within(-80_000_000...80_000_000)
    let lon = random.within(-170_000_000...170_000_000)
    let hash = Geohash.text(lat: lat, lon: lon)
    let cell = Self.cell(hash)
    #expect(hash.utf8.count == 7)
    #expect(cell.lat.upperBound - cell.lat.lowerBound < 0.001_38)
    // The model halves whole millionths of a degree.
    let edge = 0.000_002
    #expect(cell.lat.lowerBound - edge <= Double(lat) / 1e6)
    #expect(cell.lat.upperBound + edge >= Double(lat) / 1e6)
    #expect(cell.lon.lowerBound - edge <= Double(lon) / 1e6)
    #expect(cell.lon.upperBound + edge >= Double(lon) / 1e6)
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
