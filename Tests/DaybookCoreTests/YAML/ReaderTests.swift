import Testing

@testable import DaybookCore

@Suite("Readers of lists and maps")
struct ReaderTests {
  private func read<Value>(_ reader: Reader<Value>, _ text: String) -> (Value?, [String]) {
    let log = ProblemLog(file: "f")
    guard let root = YAMLParser.parse(Array(text.utf8), log: log) else {
      return (nil, log.problems.map(\.description))
    }
    return (
      reader.read(root, Reading(label: "'k'", log: log)), Problems(log.problems).lines
    )
  }

  @Test(
    "a list keeps its right items and reports the others",
    arguments: [
      ("[1, 2]", [1, 2], []), ("[]", [], []), ("", [], []),
      ("[1, x, 3]", [1, 3], ["1:5: 'k': expected a whole number from 0 to 9, not 'x'"]),
      ("7", nil, ["1:1: 'k': expected a list, each a whole number from 0 to 9, not '7'"]),
      (
        "{a: 1}", nil,
        [
          "1:1: 'k': expected a list, each a whole number from 0 to 9, "
            + "not keys and values"
        ]
      ),
    ] as [(String, [Int]?, [String])])
  func lists(text: String, value: [Int]?, problems: [String]) {
    let result = read(.list(of: .integer(0...9)), text)
    #expect(result.0 == value)
    #expect(result.1 == problems.map { "f:" + $0 })
  }

  @Test("a single value may stand for a list of one where that is said")
  func single() {
    let reader = Reader.list(of: Reader<Int>.integer(0...9), single: true, least: 1)
    #expect(read(reader, "7").0 == [7])
    #expect(read(reader, "[7]").0 == [7])
    #expect(read(reader, "[]").1 == ["f:1:1: 'k': expected at least 1"])
    #expect(
      read(reader, "~").1 == [
        "f:1:1: 'k': expected a whole number from 0 to 9, or a list of such, not ~"
      ])
  }

  @Test("a set reports the second of two equal items, each time it is used")
  func sets() {
    let reader = Reader.set(of: Reader<String>.text)
    #expect(read(reader, "[a, b]").1.isEmpty)
    #expect(read(reader, "[a, b, a]").1 == ["f:1:8: 'k': 'a' stands twice"])
    #expect(read(reader, "[a, b]").1.isEmpty)
    #expect(read(.set(of: Reader<String>.text, least: 1), "[]").1.count == 1)
  }

  @Test("a condition is checked only on values that could be read")
  func checked() {
    let even = Reader<Int>.integer(0...9).checked { $0 % 2 == 0 ? nil : "\($0) is odd" }
    #expect(read(even, "4") == (4, []))
    #expect(read(even, "3") == (nil, ["f:1:1: 'k': 3 is odd"]))
    #expect(read(even, "x").1.count == 1)
  }

  @Test("entries keep the order of the file, and a missing value is placed at its key")
  func entries() {
    let reader = Reader<[String]>.entries("things") { entry, reading in
      Reader<Int>.integer(0...9).read(entry.value, reading).map { "\(entry.key)=\($0)" }
    }
    #expect(read(reader, "{b: 1, a: 2}").0 == ["b=1", "a=2"])
    #expect(read(reader, "").0 == [])
    #expect(
      read(reader, "b: 1\na:\n").1 == [
        "f:2:1: 'a': expected a whole number from 0 to 9, not nothing"
      ])
    #expect(
      read(reader, "[]").1 == ["f:1:1: 'k': expected things (names and values), not a list"])
  }

  @Test("a secret is not shown when it is wrong")
  func hidden() {
    let reader = Reader<Int>.scalar("a number", showing: false) { text, _ in Int(text) }
    #expect(read(reader, "hunter2").1 == ["f:1:1: 'k': expected a number"])
  }
}
