import Testing

@testable import DaybookCore

@Suite("Map decoder")
struct MapDecoderTests {
  /// Reads `text` as a map with a needed `size` and an optional `name`.
  private func decode(_ text: String) -> (size: Int?, name: String?, problems: [String]) {
    let log = ProblemLog(file: "f")
    guard let root = YAMLParser.parse(Array(text.utf8), log: log) else {
      return (nil, nil, log.problems.map(\.description))
    }
    let map = MapDecoder(root, "a box", log)
    let size = map.need("size", .integer(1...9))
    let name = map.take("name", .text)
    map.finish()
    return (size, name, Problems(log.problems).lines)
  }

  @Test("right keys are values and no problems")
  func right() {
    #expect(decode("size: 3\nname: x\n") == (3, "x", []))
    #expect(decode("name: x\nsize: 9\n") == (9, "x", []))
    #expect(decode("size: 1\n") == (1, nil, []))
  }

  @Test(
    "every wrong key is reported, all at once",
    arguments: [
      ("name: x\n", ["1:1: a box needs the key 'size': a whole number from 1 to 9"]),
      ("{}", ["1:1: a box needs the key 'size': a whole number from 1 to 9"]),
      ("", ["1:1: a box needs the key 'size': a whole number from 1 to 9"]),
      ("- 1\n", ["1:1: expected a box (keys and values), not a list"]),
      ("size\n", ["1:1: expected a box (keys and values), not 'size'"]),
      (
        "size: 3\nsiez: 4\n",
        [
          "2:1: unknown key 'siez'; did you mean 'size'? "
            + "The keys of a box: size, name"
        ]
      ),
      ("size: 3\ncolour: 4\n", ["2:1: unknown key 'colour'. The keys of a box: size, name"]),
      (
        "siz: x\nsize:\nname: []\n",
        [
          "1:1: unknown key 'siz'; did you mean 'size'? The keys of a box: size, name",
          "2:1: 'size': expected a whole number from 1 to 9, not nothing",
          "3:7: 'name': expected text, not a list",
        ]
      ),
    ] as [(String, [String])])
  func wrong(text: String, problems: [String]) {
    let result = decode(text)
    #expect(result.problems == problems.map { "f:" + $0 })
  }

  @Test("what the parser refused is not reported again")
  func refused() {
    #expect(decode("size: *a\n").problems.count == 1)
    #expect(decode("*a\n").problems.count == 1)
  }

  @Test("a key's place, its value's place, and the map's when there is no such key")
  func places() throws {
    let log = ProblemLog(file: "f")
    let root = try #require(YAMLParser.parse(Array("a: 1\nb:\n".utf8), log: log))
    let map = MapDecoder(root, "a box", log)
    #expect(map.position(of: "b") == Position(line: 2, column: 1))
    #expect(map.valuePosition(of: "a") == Position(line: 1, column: 4))
    #expect(map.valuePosition(of: "b") == Position(line: 2, column: 1))
    #expect(map.valuePosition(of: "c") == Position(line: 1, column: 1))
    #expect(map.has("b") && !map.has("c"))
  }
}
