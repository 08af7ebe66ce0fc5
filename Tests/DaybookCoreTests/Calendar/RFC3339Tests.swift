import Testing

@testable import DaybookCore

@Suite("Moments as RFC 3339, and compact")
struct RFC3339Tests {
  @Test(
    "a moment is written in UTC, with decimals only where there are some",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_868_799_000_000, "2000-02-29T23:59:59Z"),
      (1_795_382_103_000_000, "2026-11-22T21:15:03Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_500_000, "1970-01-01T00:00:01.500000Z"), (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ])
  func written(microseconds: Int64, text: String) {
    #expect(Instant(microseconds: microseconds).rfc3339 == text)
    #expect("\(Instant(microseconds: microseconds))" == text)
    #expect(Instant(rfc3339: text) == Instant(microseconds: microseconds))
  }

  @Test("every moment comes back as it went", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let moment = Instant(
      microseconds: Int64.random(
        in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random))
    #expect(Instant(rfc3339: moment.rfc3339) == moment, "seed \(seed)")
    #expect(Instant(compact: moment.compact) == Instant(seconds: moment.seconds), "seed \(seed)")
  }

  @Test(
    "offsets and decimals are read",
    arguments: [
      ("1970-01-01T00:00:00.5Z", 500_000), ("1970-01-01T00:00:00.25Z", 250_000),
      ("1970-01-01T00:00:00.123456789Z", 123_456), ("1970-01-01T02:00:01+02:00", 1_000_000),
      ("1969-12-31T19:00:00-05:00", 0), ("1970-01-01T05:45:00.000001+05:45", 1),
      ("1970-01-01T00:00:00+00:00", 0), ("1970-01-01T00:00:00-00:00", 0),
      ("1970-01-01T23:59:00+23:59", 0),
      ("1970-01-01T00:00:00.\(String(repeating: "9", count: 40))Z", 999_999),
      // A leap second is the first of the next minute, as POSIX counts.
      ("1969-12-31T23:59:60Z", 0),
    ] as [(String, Int64)])
  func read(text: String, microseconds: Int64) {
    #expect(Instant(rfc3339: text) == Instant(microseconds: microseconds))
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "Z", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01t00:00:00Z", "1970-01-01 00:00:00Z",
      "1970-01-01T00:00:00z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
      "1970-01-01T00:00:61Z",
      "1970-02-30T00:00:00Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00,5Z",
      "1970-01-01T00:00:00.-5Z", "1970-01-01T00.00:00Z", "１９７０-01-01T00:00:00Z",
      "1970-01-01T00:00:00+0200", "1970-01-01T00:00:00+02", "1970-01-01T00:00:00+24:00",
      "1970-01-01T00:00:00+02:60", "1970-01-01T00:00:00+02:00Z", "1970-01-01T00:00:00Z ",
      "1970-01-01T00:00:00ZZ", "1970-01-01T00:00:00\u{2212}02:00", " 1970-01-01T00:00:00Z",
      "0000-01-01T00:00:00Z", "19700101T000000Z", "1970-01-01T00:00Z", "1970-01-01T+1:00:00Z",
    ])
  func refused(text: String) { #expect(Instant(rfc3339: text) == nil) }

  @Test(
    "the compact form is for file names",
    arguments: [
      ("20261122T230000Z", "2026-11-22T23:00:00Z"), ("00010101T000001Z", "0001-01-01T00:00:01Z"),
    ])
  func compact(text: String, rfc3339: String) throws {
    #expect(try moment(rfc3339).compact == text)
    #expect(Instant(compact: text) == (try moment(rfc3339)))
  }

  @Test("the compact form is rounded down, before 1970 too") func compactRounding() {
    #expect(Instant(microseconds: 1_999_999).compact == "19700101T000001Z")
    #expect(Instant(microseconds: -1).compact == "19691231T235959Z")
  }

  @Test(
    "what is no compact form",
    arguments: [
      "", "20261122T230000", "20261122 230000Z", "20261122T240000Z", "20261122T236000Z",
      "20261122T230060Z", "20261322T230000Z", "2026-11-22T23:00:00Z", "20261122T230000z",
      "20261122T23000.Z", "20261122T230000ZZ",
    ])
  func noCompact(text: String) { #expect(Instant(compact: text) == nil) }
}
