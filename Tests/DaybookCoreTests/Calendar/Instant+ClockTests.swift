import Testing

@testable import DaybookCore

@Suite("Moments as lines show them")
struct InstantClockTests {
  @Test(
    "the time of day in UTC, cut to whole seconds",
    arguments: [
      (0, "00:00:00Z"), (59, "00:00:59Z"), (60, "00:01:00Z"), (3_600, "01:00:00Z"),
      (50_600, "14:03:20Z"), (86_399, "23:59:59Z"), (86_400, "00:00:00Z"),
      (1_795_382_103, "21:15:03Z"), (-1, "23:59:59Z"), (-86_400, "00:00:00Z"),
      (-86_401, "23:59:59Z"),
    ] as [(Int64, String)])
  func text(seconds: Int64, expected: String) {
    #expect(Instant(seconds: seconds).clockText == expected)
    #expect(Instant(microseconds: seconds * 1_000_000 + 999_999).clockText == expected)
  }
}
