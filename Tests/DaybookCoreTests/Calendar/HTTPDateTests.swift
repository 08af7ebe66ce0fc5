import Testing

@testable import DaybookCore

@Suite("HTTP dates: RFC 9110 §5.6.7")
struct HTTPDateTests {
  @Test(
    "the three forms of the RFC's moment",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
  func forms(text: String) {
    #expect(Instant(httpDate: text) == Instant(seconds: 784_111_777))
  }

  @Test(
    "it is written in the first form",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_795_382_103, "Sun, 22 Nov 2026 21:15:03 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] as [(Int64, String)])
  func written(seconds: Int64, text: String) {
    #expect(Instant(seconds: seconds).httpDate == text)
    #expect(Instant(microseconds: seconds * 1_000_000 + 999_999).httpDate == text)
    #expect(Instant(httpDate: text) == Instant(seconds: seconds))
  }

  @Test("every moment comes back") func roundTrip() {
    let seed = Seed()
    var random = seed.random
    for _ in 0..<2_000 {
      let moment = Instant(
        seconds: Int64.random(in: -62_135_596_800..<253_402_300_800, using: &random))
      #expect(Instant(httpDate: moment.httpDate) == moment, "\(seed)")
    }
  }

  @Test(
    "years of two digits",
    arguments: [("00", 2000), ("26", 2026), ("69", 2069), ("70", 1970), ("99", 1999)])
  func shortYears(digits: String, year: Int) throws {
    let read = try #require(Instant(httpDate: "Monday, 01-Jan-\(digits) 00:00:00 GMT"))
    #expect("\(read)" == "\(year)-01-01T00:00:00Z")
  }

  @Test("a date of two digits and a leap second are read") func leniency() throws {
    #expect(
      "\(try #require(Instant(httpDate: "Tue Nov 16 08:49:37 1994")))" == "1994-11-16T08:49:37Z")
    #expect(
      "\(try #require(Instant(httpDate: "Sat, 31 Dec 2016 23:59:60 GMT")))"
        == "2017-01-01T00:00:00Z")
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "0", "784111777", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
      "Sun, 06 Nov 1994 08:49:37 +0000", "sun, 06 Nov 1994 08:49:37 GMT",
      "06 Nov 1994 08:49:37 GMT",
      "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
      "Sun, 31 Feb 1994 08:49:37 GMT",
      "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
      "Sun, 06 Nov 1994 8:49:37 GMT",
      "Sun,  06 Nov 1994 08:49:37 GMT", "Sun 06 Nov 1994 08:49:37 GMT",
      "Sunday, 06 Nov 1994 08:49:37 GMT",
      "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 UTC",
      "Sun, 06-Nov-94 08:49:37 GMT",
      "Sunday, 06-Nov 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  16 08:49:37 1994",
      "Sun Nov 06 08:49:37 94", "Sun Nov  6 08:49:37 1994 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
      " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "2026-11-22T21:15:03Z",
    ])
  func refused(text: String) { #expect(Instant(httpDate: text) == nil) }
}
