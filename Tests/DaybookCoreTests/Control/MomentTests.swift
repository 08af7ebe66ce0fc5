import Testing

@testable import DaybookCore

@Suite("Moments on the control socket")
struct MomentTests {
  @Test(
    "a moment is written in UTC, with decimals only where there are some",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_868_799_000_000, "2000-02-29T23:59:59Z"),
      (1_795_382_103_000_000, "2026-11-22T21:15:03Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_500_000, "1970-01-01T00:00:01.500000Z"),
    ])
  func written(microseconds: Int64, text: String) {
    #expect(Instant(microseconds: microseconds).rfc3339 == text)
    #expect(Instant(rfc3339: text) == Instant(microseconds: microseconds))
  }

  @Test("every moment comes back as it went", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let moment = Instant(
      microseconds: Int64.random(
        in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random))
    #expect(Instant(rfc3339: moment.rfc3339) == moment, "seed \(seed)")
  }

  @Test("fewer decimals are read too", arguments: [(".5", 500_000), (".25", 250_000), ("", 0)])
  func shortDecimals(fraction: String, micro: Int64) {
    #expect(Instant(rfc3339: "1970-01-01T00:00:00\(fraction)Z") == Instant(microseconds: micro))
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "Z", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00:00+00:00",
      "1970-01-01t00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
      "1970-01-01T00:00:60Z", "1970-02-30T00:00:00Z", "1970-01-01T00:00:00.Z",
      "1970-01-01T00:00:00.1234567Z", "1970-01-01T00:00:00,5Z", "1970-01-01T00:00:00.-5Z",
      "1970-01-01T00.00:00Z", "１９７０-01-01T00:00:00Z",
    ])
  func refused(text: String) { #expect(Instant(rfc3339: text) == nil) }
}
