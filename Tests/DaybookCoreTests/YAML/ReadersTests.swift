import Testing

@testable import DaybookCore

@Suite("Readers of scalars")
struct ReadersTests {
  private func read<Value>(_ reader: Reader<Value>, _ text: String) -> Value? {
    let log = ProblemLog(file: "f")
    guard let root = YAMLParser.parse(Array(text.utf8), log: log) else { return nil }
    let value = reader.read(root, Reading(label: "'k'", log: log))
    // A reader gives a value or a reason, never both and never neither.
    #expect((value == nil) == !log.problems.isEmpty, "\(text)")
    return value
  }

  @Test(
    "text is taken as it is written", arguments: ["x", "true", "0123", "1.10", "a b", "\"\\\"\""])
  func text(text: String) {
    #expect(read(.text, text) == (text == "\"\\\"\"" ? "\"" : text))
  }

  @Test("nothing and lists are no text", arguments: ["", "~", "null", "\"\"", "[]", "{}", "[a]"])
  func noText(text: String) {
    #expect(read(Reader<String>.text, text) == nil)
  }

  @Test("the empty text counts where it may")
  func anyText() {
    #expect(read(Reader<String>.anyText, "\"\"") == "")
    #expect(read(Reader<String>.anyText, "") == nil)
  }

  @Test(
    "true and false are flags, without quotes and in no other spelling",
    arguments: [
      ("true", true), ("false", false), ("\"true\"", nil), ("yes", nil), ("no", nil), ("on", nil),
      ("True", nil), ("1", nil), ("", nil),
    ])
  func flags(text: String, value: Bool?) {
    #expect(read(.flag, text) == value)
  }

  @Test(
    "whole numbers are within their range and without quotes",
    arguments: [
      ("1", 1), ("100", 100), ("0", nil), ("101", nil), ("-1", nil), ("1.0", nil), ("\"5\"", nil),
      ("0x10", nil), ("1e2", nil), ("99999999999999999999", nil), ("five", nil),
    ])
  func integers(text: String, value: Int?) {
    #expect(read(.integer(1...100), text) == value)
  }

  @Test(
    "numbers are above 0, finite and decimal",
    arguments: [
      ("60", 60), ("0.5", 0.5), ("0", nil), ("0.0", nil), ("-1", nil), ("1e3", nil), (".inf", nil),
      ("nan", nil), ("1.2.3", nil), ("3600", 3_600), ("3600.5", nil), ("'60'", nil), ("0x1p4", nil),
    ])
  func numbers(text: String, value: Double?) {
    #expect(read(.number(upTo: 3_600), text) == value)
  }

  @Test(
    "durations are a whole number and a unit",
    arguments: [
      ("500ms", .milliseconds(500)), ("30s", .seconds(30)), ("15m", .seconds(900)),
      ("3h", .seconds(10_800)), ("2d", .seconds(172_800)), ("3", nil), ("3 h", nil), ("h", nil),
      ("-3h", nil), ("3H", nil), ("1h30m", nil), ("0s", nil), ("3d", nil), ("99ms", nil),
      ("\"3h\"", nil), ("9999999999999999999h", nil),
    ] as [(String, Duration?)])
  func durations(text: String, value: Duration?) {
    #expect(read(.duration(.milliseconds(100) ... .days(2)), text) == value)
  }

  @Test(
    "a duration is spelled in its largest whole unit",
    arguments: [
      (Duration.milliseconds(500), "500ms"), (.seconds(90), "90s"), (.seconds(120), "2m"),
      (.seconds(7_200), "2h"), (.seconds(172_800), "2d"), (.zero, "0ms"),
    ])
  func spelling(duration: Duration, text: String) {
    #expect(spelled(duration) == text)
    #expect(parsedDuration(text) == duration)
  }

  @Test("dates, names and pointers", arguments: [true, false])
  func others(quotes: Bool) {
    func q(_ s: String) -> String { quotes ? "\"\(s)\"" : s }
    #expect(read(.day, q("2016-02-29")) == Day(year: 2016, month: 2, day: 29))
    #expect(read(Reader<Day>.day, q("2017-02-29")) == nil)
    #expect(read(Reader<Day>.day, q("2016-2-9")) == nil)
    #expect(read(.name, q("me-moves.2")) == "me-moves.2")
    #expect(read(Reader<String>.name, q("Me")) == nil)
    #expect(read(Reader<String>.name, q("a/b")) == nil)
    #expect(read(.pointer, q("/a/*/0")) == JSONPointer("/a/*/0"))
    #expect(read(Reader<JSONPointer>.pointer, q("a/b")) == nil)
    #expect(read(Reader<JSONPointer>.pointer, q("/a~2")) == nil)
  }

  @Test("the whole document is the empty pointer, in quotes")
  func rootPointer() {
    #expect(read(.pointer, "\"\"") == .root)
    #expect(read(Reader<JSONPointer>.pointer, "") == nil)
  }

  @Test("words are those of the enumeration, with a guess when one is near")
  func words() throws {
    #expect(read(.word(Ends.self), "\"[)\"") == .start)
    let log = ProblemLog(file: "f")
    let reader = Reader.word(WindowSpec.Align.self)
    for text in ["clok", "moon", "[]", ""] {
      let root = try #require(YAMLParser.parse(Array(text.utf8), log: log))
      #expect(reader.read(root, Reading(label: "'k'", log: log)) == nil)
    }
    let expected = "f:1:1: 'k': expected one of clock, first, rolling, sliding, unknown, not "
    #expect(
      log.problems.map(\.description) == [
        expected + "'clok'; did you mean 'clock'?", expected + "'moon'", expected + "a list",
        expected + "nothing",
      ])
  }

  @Test("fields keep their order; a list repeats the name where that is said")
  func fields() {
    let one = Reader<[Field]>.fields("fields", value: .anyText)
    #expect(read(one, "{b: 1, a: \"\"}") == [Field("b", "1"), Field("a", "")])
    let many = Reader<[Field]>.fields("fields", lists: true, value: .anyText)
    #expect(read(many, "{a: [x, y], b: z}") == [Field("a", "x"), Field("a", "y"), Field("b", "z")])
  }
}
