import DaybookCore
import Testing

@testable import DaybookSimulator

struct RecorderTimeTests {
  @Test(
    "as much is read as is good",
    arguments: [
      ("2015-01", 1_420_070_400), ("2015-01-02", 1_420_156_800), ("2015-01-02t05", 1_420_174_800),
      ("2015-01-02T05", 1_420_174_800), ("2015-01-02t05:30", 1_420_176_600),
      ("2015-01-02t05:30:15", 1_420_176_615), ("2015-01-02t05:30:15z", 1_420_176_615),
      ("2015-01-02t05:30:15+02:00", 1_420_176_615), ("2015-01-02 05:30", 1_420_156_800),
      ("2015-1-2", 1_420_156_800), (" 2015-01-02", 1_420_156_800), ("2015-01-32", 1_420_070_400),
      ("2015-01-00", 1_420_070_400), ("2015-01-02t24", 1_420_156_800),
      ("2015-01-02t05:60", 1_420_174_800), ("2015-01-02t05:30:62", 1_420_176_600),
      ("2015-02-31", 1_425_340_800 - 86_400 + 86_400), ("2015-01-02tx", 1_420_156_800),
      ("1970-01-01", 0), ("1969-12-31t23:59:59", -1),
    ])
  func read(text: String, expected: Int) {
    let value = text == "2015-02-31" ? day("2015-03-03").number * 86_400 : expected
    #expect(RecorderTime.read(text) == value)
  }

  @Test(
    "without year and month there is nothing",
    arguments: [
      "", "x", "2015", "2015-", "2015-13", "2015-00", "20150102", "1420156800", "-2015-01",
      "2015/01/02",
    ])
  func unreadable(text: String) {
    #expect(RecorderTime.read(text) == nil)
  }

  @Test(
    "moments are printed in UTC",
    arguments: [
      (1_420_243_199, "2015-01-02T23:59:59Z"), (0, "1970-01-01T00:00:00Z"),
      (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    ])
  func text(t: Int, expected: String) {
    #expect(RecorderTime.text(t, separator: "T", end: "Z") == expected)
    #expect(RecorderTime.read(expected) == t)
  }

  @Test(
    "offsets",
    arguments: [(0, "+0000"), (7_200, "+0200"), (-19_800, "-0530"), (20_700, "+0545")])
  func offset(seconds: Int, expected: String) {
    #expect(RecorderTime.offset(seconds) == expected)
  }

  @Test("what is printed is read back", arguments: 0..<50)
  func roundTrip(seed: UInt64) {
    var random = Seeded(seed)
    let t = random.within(0...4_000_000_000)
    #expect(RecorderTime.read(RecorderTime.text(t, separator: "T", end: "")) == t, "seed \(seed)")
  }
}
