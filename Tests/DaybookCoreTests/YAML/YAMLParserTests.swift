import Testing

@testable import DaybookCore

@Suite("YAML parser")
struct YAMLParserTests {
  private func parse(_ text: String) -> (node: YAMLNode?, problems: [String]) {
    parse(Array(text.utf8))
  }

  private func parse(_ bytes: [UInt8]) -> (node: YAMLNode?, problems: [String]) {
    let log = ProblemLog(file: "f.yaml")
    let node = YAMLParser.parse(bytes, log: log)
    return (node, log.problems.map(\.description))
  }

  @Test("a scalar keeps its text as written, and whether it was quoted")
  func scalars() throws {
    let (node, problems) = parse(
      "a: true\nb: \"true\"\nc: 'x'\nd: |\n  two\n  lines\ne: \"\\u00e9\\0\"\n")
    #expect(problems.isEmpty)
    let expected: [(String, String, Bool)] = [
      ("a", "true", true), ("b", "true", false), ("c", "x", false), ("d", "two\nlines\n", false),
      ("e", "é\0", false),
    ]
    for (key, text, plain) in expected {
      guard case .scalar(let t, let p) = try #require(node?.node(at: [key])).content else {
        Issue.record("\(key) is no scalar")
        continue
      }
      #expect(t == text && p == plain, "\(key)")
    }
  }

  @Test(
    "every scalar, key, list and map knows where it begins, in characters",
    arguments: [
      (["a"], 1, 4), (["b"], 2, 4), (["b", "0"], 2, 5), (["b", "1"], 2, 8), (["c"], 4, 3),
      (["c", "d"], 4, 8), (["é"], 5, 4), (["f", "0", "g"], 7, 8),
    ] as [([String], Int, Int)])
  func positions(path: [String], line: Int, column: Int) throws {
    let text = "a: 1\nb: [x, y]\nc:\n  d:   2\né: é\nf:\n  - g: \"é\"\n"
    let root = try #require(parse(text).node)
    #expect(root.node(at: path)?.position == Position(line: line, column: column))
  }

  @Test("keys have places of their own")
  func keyPositions() throws {
    let root = try #require(parse("a:\n  bc: 1\n  de: {f: 2}\n").node)
    #expect(root.keyPosition(of: ["a", "de"]) == Position(line: 3, column: 3))
    #expect(root.keyPosition(of: ["a", "de", "f"]) == Position(line: 3, column: 8))
    #expect(root.keyPosition(of: ["a", "x"]) == nil)
    #expect(root.keyPosition(of: []) == nil)
  }

  @Test("the place of something that is not there is that of what is around it")
  func missingPlaces() throws {
    let root = try #require(parse("a:\n  b: 1\nc:\n").node)
    #expect(root.position(of: ["a", "x", "y"]) == Position(line: 2, column: 3))
    #expect(root.position(of: ["x"]) == Position(line: 1, column: 1))
    #expect(root.position(of: ["c"]) == Position(line: 3, column: 1))
    #expect(root.position(of: ["a", "b"]) == Position(line: 2, column: 6))
  }

  @Test(
    "an empty file, a comment and a null are null", arguments: ["", "# x\n", "---\n", "~", "null"])
  func nulls(text: String) throws {
    let (node, problems) = parse(text)
    #expect(problems.isEmpty)
    #expect(try #require(node).isNull)
  }

  @Test("quotes make text of a null", arguments: ["\"\"", "'null'", "\"~\""])
  func quotedNulls(text: String) throws {
    #expect(try #require(parse(text).node).isNull == false)
  }

  @Test(
    "what is no YAML, or YAML that is refused, is reported with its place",
    arguments: [
      (
        "a: &x 1\nb: *x\n",
        [
          "1:4: an anchor (&) is not accepted; write the value itself",
          "2:4: an alias (*) is not accepted; write the value itself",
        ]
      ),
      ("a: !!str 1\n", ["1:4: a tag (!) is not accepted; text can be told by quotes"]),
      (
        "a: ! [1]\nb: !x {c: 1}\n",
        [
          "1:4: a tag (!) is not accepted; text can be told by quotes",
          "2:4: a tag (!) is not accepted; text can be told by quotes",
        ]
      ),
      ("a: 1\nb: 2\na: 3\n", ["3:1: key 'a' stands twice; the first is in line 1"]),
      ("x: {a: 1, b: 2, \"a\": 3}\n", ["1:17: key 'a' stands twice; the first is in line 1"]),
      ("? [a]\n: 1\n", ["1:3: a key must be text"]),
      ("a: 1\n---\nb: 2\n", ["2:1: a second document; a file holds one"]),
      (
        "a: [1, 2\nb: 3\n",
        [
          "2:2: not valid YAML: did not find expected ',' or ']' "
            + "(while parsing a flow sequence that begins at 1:4)"
        ]
      ),
      ("a: 1\n\tb: 2\n", ["2:1: a tab cannot stand here; indent with spaces"]),
      (
        "a: \"x\n",
        [
          "2:1: not valid YAML: found unexpected end of stream "
            + "(while scanning a quoted scalar that begins at 1:4)"
        ]
      ),
      ("a: b: c\n", ["1:5: not valid YAML: mapping values are not allowed in this context"]),
      (
        "a: *\n",
        [
          "1:5: not valid YAML: did not find expected alphabetic or numeric character "
            + "(while scanning an alias that begins at 1:4)"
        ]
      ),
    ] as [(String, [String])])
  func refused(text: String, problems: [String]) {
    #expect(parse(text).problems == problems.map { "f.yaml:" + $0 })
  }

  @Test("bytes that are no UTF-8 are reported with their place")
  func notText() {
    let latin1: [UInt8] = Array("a: 1\nbé: ".utf8) + [0xE9, 0x0A]
    #expect(parse(latin1).problems == ["f.yaml:2:5: not text: incomplete UTF-8 octet sequence"])
    let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
    #expect(parse(utf16).problems == ["f.yaml:1:1: not text: invalid leading UTF-8 octet"])
    #expect(
      parse([0x61, 0x01]).problems == ["f.yaml:1:2: not text: control characters are not allowed"])
  }

  @Test("nesting is read to the limit and no deeper")
  func depth() {
    func nested(_ n: Int) -> String {
      String(repeating: "[", count: n) + String(repeating: "]", count: n)
    }
    #expect(parse(nested(Limits.yamlDepth)).problems.isEmpty)
    let (node, problems) = parse(nested(Limits.yamlDepth + 1))
    #expect(node == nil)
    #expect(problems == ["f.yaml:1:17: nested deeper than 16 levels"])
    #expect(parse(nested(100_000)).problems == problems)
  }

  @Test("a file is read to the limit of bytes and no further")
  func size() {
    let fits = [UInt8](repeating: 0x61, count: Limits.yamlBytes)
    #expect(parse(fits).problems.isEmpty)
    let (node, problems) = parse(fits + [0x61])
    #expect(node == nil)
    #expect(problems == ["f.yaml: the file is larger than 1024 KiB, the most that is read"])
  }

  @Test("a bomb of aliases stays small")
  func billionLaughs() {
    var text = "a0: &a0 [x, x]\n"
    for i in 1..<50 { text += "a\(i): &a\(i) [*a\(i - 1), *a\(i - 1)]\n" }
    let (_, problems) = parse(text)
    #expect(problems.count == 50 + 49 * 2)
  }

  @Test("a list of many keys is read in one go")
  func manyKeys() throws {
    let text = (0..<20_000).map { "key-\($0): {a: \($0)}\n" }.joined()
    let root = try #require(parse(text).node)
    #expect(root.node(at: ["key-19999", "a"])?.text == "19999")
  }
}
