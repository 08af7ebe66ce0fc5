import Testing

@testable import DaybookSimulator

struct FlatJSONTests {
  static func read(_ text: String) -> [LocationPoint.Member]? {
    FlatJSON.members(Array(text.utf8))
  }

  @Test(
    "members keep their order and values",
    arguments: [
      ("{}", []), (" { } ", []),
      (#"{"a":1}"#, [.init("a", .integer(1))]),
      (#"{"a":-7,"b":"x"}"#, [.init("a", .integer(-7)), .init("b", .text("x"))]),
      (
        #"{ "a" : 1.5 , "b" : -0.25 }"#,
        [.init("a", .millionths(1_500_000)), .init("b", .millionths(-250_000))]
      ),
      (#"{"a":1e2}"#, [.init("a", .millionths(100_000_000))]),
      (
        #"{"a":true,"b":false,"c":null}"#,
        [
          .init("a", .json("true")), .init("b", .json("false")), .init("c", .json("null")),
        ]
      ),
      (
        #"{"a":[1,[2]],"b":{"c":"}"}}"#,
        [.init("a", .json("[1,[2]]")), .init("b", .json(#"{"c":"}"}"#))]
      ),
      (#"{"a":"\"\\\/\b\f\n\r\t"}"#, [.init("a", .text("\"\\/\u{8}\u{c}\n\r\t"))]),
      (#"{"ä":"€"}"#, [.init("ä", .text("€"))]),
      (#"{"a":["\"]"]}"#, [.init("a", .json(#"["\"]"]"#))]),
    ] as [(String, [LocationPoint.Member])])
  func members(text: String, expected: [LocationPoint.Member]) {
    #expect(Self.read(text) == expected)
  }

  @Test(
    "everything else is nothing",
    arguments: [
      "", " ", "[]", "1", "null", "{", "}", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
      #"{"a":1"#, #"{"a":1}x"#, #"{"a":1}{}"#, #"{a:1}"#, #"{"a":x}"#, #"{"a":"x}"#, #"{"a":[1}"#,
      #"{"a":"\u0041"}"#, #"{"a":"\x"}"#, #"{"a":"\"#, #"{"a":1e99}"#, #"{"a":--1}"#,
      #"{"a":nan}"#, #"{"a":inf}"#, #"{"a":.5}"#, #"{"a" 1}"#, "garbage",
    ])
  func refused(text: String) {
    #expect(Self.read(text) == nil)
  }

  @Test("bytes that are no UTF-8 are no string")
  func encoding() {
    let bytes = Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(FlatJSON.members(bytes) == nil)
  }
}
