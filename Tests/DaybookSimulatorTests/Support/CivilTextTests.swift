import DaybookCore
import Testing

@testable import DaybookSimulator

struct CivilTextTests {
  @Test(
    "dates as HTTP has them",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_524_657_600, "Wed, 25 Apr 2018 12:00:00 GMT"),
      (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ] as [(Int64, String)])
  func httpDate(seconds: Int64, expected: String) {
    #expect(CivilText.httpDate(Instant(seconds: seconds)) == expected)
  }

  @Test("fractions of a second are dropped")
  func fraction() {
    let moment = Instant(microseconds: 784_111_777_999_999)
    #expect(CivilText.httpDate(moment) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test(
    "compact dates",
    arguments: [("2016-06-18", "20160618"), ("0099-01-02", "00990102"), ("2015-12-31", "20151231")])
  func compact(text: String, expected: String) {
    #expect(CivilText.compact(day(text)) == expected)
  }

  @Test(
    "times of day",
    arguments: [(0, "00:00:00"), (86_399, "23:59:59"), (3_661, "01:01:01"), (43_200, "12:00:00")])
  func clock(seconds: Int, expected: String) {
    var out = ByteWriter()
    CivilText.clock(seconds, separator: true, into: &out)
    #expect(String(decoding: out.bytes, as: UTF8.self) == expected)
    var bare = ByteWriter()
    CivilText.clock(seconds, separator: false, into: &bare)
    #expect(String(decoding: bare.bytes, as: UTF8.self) == expected.filter { $0 != ":" })
  }

  @Test(
    "numbers are digits only",
    arguments: [
      ("0", 0), ("007", 7), ("123456789", 123_456_789), ("", nil), ("-1", nil), ("+1", nil),
      ("1.0", nil), (" 1", nil), ("1e3", nil), ("1234567890", nil), ("٣", nil), ("0x1", nil),
    ] as [(String, Int?)])
  func number(text: String, expected: Int?) {
    #expect(CivilText.number(text) == expected)
  }
}
