import Testing

@testable import DaybookEngine

@Suite("Names of temporary files")
struct TemporaryNameTests {
  @Test(
    "a name is made of the final name and 16 digits",
    arguments: [
      (UInt64(0), ".2016-06-18.json.tmp-0000000000000000"),
      (0xfedc_ba98_7654_3210, ".2016-06-18.json.tmp-fedcba9876543210"),
      (UInt64.max, ".2016-06-18.json.tmp-ffffffffffffffff"),
    ])
  func make(random: UInt64, name: String) {
    #expect(TemporaryName.make(for: "2016-06-18.json", random) == name)
    #expect(TemporaryName.finalName(name) == "2016-06-18.json")
  }

  @Test(
    "nothing else counts as one of ours",
    arguments: [
      "", ".", "..", ".daybook", "2016-06-18.json", ".tmp-0123456789abcdef",
      "2016-06-18.json.tmp-0123456789abcdef", ".2016-06-18.json.tmp-0123456789abcde",
      ".2016-06-18.json.tmp-0123456789abcdef0", ".2016-06-18.json.tmp-0123456789ABCDEF",
      ".2016-06-18.json.tmp-0123456789abcdeg", ".2016-06-18.json.tmq-0123456789abcdef",
      ".2016-06-18.json~",
    ])
  func others(name: String) {
    #expect(TemporaryName.finalName(name) == nil)
  }
}
