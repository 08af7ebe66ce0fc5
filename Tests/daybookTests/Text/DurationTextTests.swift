import DaybookCore
import Testing

@testable import daybook

@Suite("Durations and counts")
struct DurationTextTests {
  @Test(
    "a duration is told in at most two units",
    arguments: [
      (-5, "0 s"), (0, "0 s"), (1, "1 s"), (59, "59 s"), (60, "1 min"), (61, "1 min 1 s"),
      (599, "9 min 59 s"), (600, "10 min"), (659, "10 min"), (3_599, "59 min"), (3_600, "1 h"),
      (3_900, "1 h 5 min"), (86_399, "23 h 59 min"), (86_400, "1 d"), (97_200, "1 d 3 h"),
      (863_999, "9 d 23 h"), (864_000, "10 d"), (63_071_999, "729 d"), (63_072_000, "2 y"),
      (Int64.max, "292471208677 y"),
    ])
  func told(seconds: Int64, text: String) { #expect(DurationText.text(seconds) == text) }

  @Test(
    "a duration is read with its unit, in seconds without",
    arguments: [
      ("90", 90), ("90s", 90), ("10m", 600), ("2h", 7_200), ("1d", 86_400), ("365d", 31_536_000),
      ("007s", 7),
    ])
  func read(text: String, seconds: Int64) { #expect(DurationText.seconds(text) == seconds) }

  @Test(
    "anything else is none",
    arguments: [
      "", "s", "0", "0m", "-1", "1.5h", "1 h", "1w", "m1", "366d", "9999999999", "١s", "1hh", "+5",
    ])
  func refused(text: String) { #expect(DurationText.seconds(text) == nil) }

  @Test(
    "thousands are parted by commas",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"),
      (-1_000, "-1,000"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func thousands(number: Int, text: String) { #expect(grouped(number) == text) }

  @Test("one is singular, none and many are plural")
  func plural() {
    #expect(counted(0, "day") == "0 days")
    #expect(counted(1, "day") == "1 day")
    #expect(counted(2_000, "day") == "2,000 days")
  }
}
