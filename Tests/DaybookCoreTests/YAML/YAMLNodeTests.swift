import Testing

@testable import DaybookCore

@Suite("YAML nodes")
struct YAMLNodeTests {
  private func parse(_ text: String) throws -> YAMLNode {
    try #require(YAMLParser.parse(Array(text.utf8), log: ProblemLog(file: "f")))
  }

  @Test("a map keeps its order and takes each key once")
  func map() {
    var map = YAMLMap()
    let place = Position(line: 1, column: 1)
    let node = YAMLNode(.scalar("1", plain: true), at: place)
    let other = YAMLNode(.scalar("2", plain: true), at: place)
    let added = ["b", "a", "b"].map { map.add($0, at: place, value: $0 == "b" ? node : other) }
    #expect(added == [true, true, false])
    #expect(map.entries.map(\.key) == ["b", "a"])
    #expect(map["a"]?.text == "2" && map["c"] == nil)
    #expect(map.entry("b")?.value.text == "1")
  }

  @Test(
    "paths lead through maps and lists, and end where there is nothing",
    arguments: [
      ([], true), (["a"], true), (["a", "0"], true), (["a", "1", "b"], true), (["a", "2"], false),
      (["a", "-1"], false), (["a", "x"], false), (["a", "0", "b"], false), (["b"], false),
      (["a", "99999999999999999999"], false),
    ] as [([String], Bool)])
  func paths(path: [String], exists: Bool) throws {
    #expect((try parse("a: [1, {b: 2}]\n").node(at: path) != nil) == exists)
  }

  @Test("texts are all scalars in the order of the file, keys apart")
  func texts() throws {
    #expect(try parse("a: [1, {b: two}]\nc: \"\"\n").texts == ["1", "two", ""])
    #expect(try parse("a").texts == ["a"])
  }

  @Test(
    "what stands somewhere is described for people",
    arguments: [
      ("", "nothing"), ("~", "~"), ("null", "null"), ("x", "'x'"), ("\"x\"", "the quoted text 'x'"),
      ("[]", "a list"), ("{}", "keys and values"), ("''", "the quoted text ''"),
    ])
  func described(text: String, expected: String) throws {
    #expect(try parse(text).described == expected)
  }

  @Test("what was refused is neither null nor anything else")
  func refused() {
    let node = YAMLNode(.refused, at: Position(line: 1, column: 1))
    #expect(node.isRefused && !node.isNull && node.text == nil && node.texts.isEmpty)
    #expect(node.node(at: ["a"]) == nil && node.described == "a refused value")
  }
}
