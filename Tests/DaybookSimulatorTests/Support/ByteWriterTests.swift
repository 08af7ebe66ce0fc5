import Testing

@testable import DaybookSimulator

struct ByteWriterTests {
  static func text(_ write: (inout ByteWriter) -> Void) -> String {
    var out = ByteWriter()
    write(&out)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  @Test("text goes out as it is")
  func raw() {
    #expect(Self.text { $0.raw("a\"ä") } == "a\"ä")
    let variable = "x" + "y"
    #expect(Self.text { $0.raw(variable) } == "xy")
    #expect(Self.text { $0.byte(65) } == "A")
    #expect(Self.text { $0.bytes([66, 67][...]) } == "BC")
  }

  @Test(
    "strings are escaped as JSON wants",
    arguments: [
      ("", "\"\""), ("abc", "\"abc\""), ("a\"b", "\"a\\\"b\""), ("a\\b", "\"a\\\\b\""),
      ("a\nb", "\"a\\u000ab\""), ("\u{1}", "\"\\u0001\""), ("\u{1f}", "\"\\u001f\""),
      ("ä€😀", "\"ä€😀\""), ("a/b", "\"a/b\""),
    ])
  func string(text: String, expected: String) {
    #expect(Self.text { $0.string(text) } == expected)
  }

  @Test(
    "integers",
    arguments: [
      (0, "0"), (7, "7"), (10, "10"), (-1, "-1"), (-120, "-120"),
      (12_345_678_901_234_567, "12345678901234567"), (.max, "9223372036854775807"),
      (.min, "-9223372036854775808"),
    ] as [(Int, String)])
  func integer(n: Int, expected: String) {
    #expect(Self.text { $0.integer(n) } == expected)
  }

  @Test(
    "integers with leading zeros",
    arguments: [
      (0, 2, "00"), (7, 2, "07"), (42, 2, "42"), (5, 4, "0005"), (2018, 4, "2018"), (3, 1, "3"),
    ])
  func padded(n: Int, width: Int, expected: String) {
    #expect(Self.text { $0.padded(n, width) } == expected)
  }

  @Test("whole numbers as floats", arguments: [(0, "0.0"), (2_400, "2400.0"), (-5, "-5.0")])
  func wholeFloat(n: Int, expected: String) {
    #expect(Self.text { $0.wholeFloat(n) } == expected)
  }

  @Test(
    "millionths without needless zeros",
    arguments: [
      (0, "0.0"), (1, "0.000001"), (-1, "-0.000001"), (10_000_000, "10.0"),
      (60_169_520, "60.16952"),
      (-28_800_000, "-28.8"), (999_999, "0.999999"), (100_000, "0.1"), (1_000_100, "1.0001"),
    ])
  func millionths(n: Int, expected: String) {
    #expect(Self.text { $0.millionths(n) } == expected)
  }

  @Test("millionths are the number they stand for", arguments: 0..<200)
  func millionthsValue(seed: UInt64) throws {
    var random = Seeded(seed)
    let n = random.within(-180_000_000...180_000_000)
    let text = Self.text { $0.millionths(n) }
    let value = try #require(Double(text))
    #expect(Int((value * 1_000_000).rounded()) == n, "seed \(seed): \(text)")
  }
}
