import DaybookCore

/// A document that no parser may accept: why, and at which byte.
struct FaultCase: CustomStringConvertible {
  var bytes: [UInt8]
  var reason: DocumentFault.Reason
  var offset: Int64

  init(_ bytes: [UInt8], _ reason: DocumentFault.Reason, _ offset: Int64) {
    self.bytes = bytes
    self.reason = reason
    self.offset = offset
  }
  init(_ text: String, _ reason: DocumentFault.Reason, _ offset: Int64) {
    self.init(Array(text.utf8), reason, offset)
  }
  var description: String {
    String(String(decoding: bytes, as: UTF8.self).prefix(40)) + " " + reason.rawValue
  }
}

let faultCases: [FaultCase] =
  grammarFaults + cutFaults + encodingFaults + [
    FaultCase("", .empty, 0), FaultCase(" \n\t\r", .empty, 4),
    FaultCase("{}}", .trailing, 2), FaultCase("[]]", .trailing, 2), FaultCase("1 2", .trailing, 2),
    FaultCase("[1]x", .trailing, 3), FaultCase("\"a\"\"b\"", .trailing, 3),
    FaultCase("{} {}", .trailing, 3), FaultCase("[],", .trailing, 2),
    FaultCase("[]//", .trailing, 2),
    FaultCase("{}#", .trailing, 2), FaultCase("nulll", .trailing, 4),
    FaultCase("[]\0", .trailing, 2),
    FaultCase("01", .trailing, 1), FaultCase("-01", .trailing, 2), FaultCase("2@", .trailing, 1),
    FaultCase(Array("[]".utf8) + [0xEF, 0xBB, 0xBF], .trailing, 2),
    FaultCase(Array(repeating: 0x5B, count: 129), .depth, 128),
    FaultCase(Array(repeating: 0x5B, count: 5_000), .depth, 128),
    FaultCase(Array(String(repeating: "{\"a\":", count: 200).utf8), .depth, 640),
  ]

private let grammarFaults: [FaultCase] =
  grammarTexts.map { FaultCase($0.0, .grammar, $0.1) } + [
    // A byte order mark before the document, UTF-16 and UTF-32 documents.
    FaultCase([0xEF, 0xBB, 0xBF, 0x5B, 0x5D], .grammar, 0),
    FaultCase([0xEF, 0xBB, 0xBF], .grammar, 0), FaultCase([0xFF, 0xFE, 0x5B, 0x00], .grammar, 0),
    FaultCase([0x00, 0x5B, 0x00, 0x5D], .grammar, 0),
    FaultCase([0x5B, 0x00, 0x5D, 0x00], .grammar, 1),
    FaultCase([0x80], .grammar, 0), FaultCase([0x5B, 0xFF, 0x5D], .grammar, 1),
  ]

private let grammarTexts: [(String, Int64)] = [
  // Literals and names.
  ("nul]", 3), ("tru ", 3), ("True", 0), ("NULL", 0), ("nan", 1), ("NaN", 0), ("Infinity", 0),
  ("[-Infinity]", 2), ("undefined", 0), ("[fals]", 5), ("[truth]", 4), ("[a]", 1), ("abc", 0),
  ("'a'", 0), ("[\"a\" 'b']", 5), ("`", 0), ("<null>", 0), ("*", 0), ("[\u{2060}]", 1), ("é", 0),
  // Numbers.
  ("[01]", 2), ("[-01]", 3), ("[00.1]", 2), ("[+1]", 1), ("[.5]", 1), ("[-.5]", 2), ("[-]", 2),
  ("[--1]", 2), ("[1.]", 3), ("[1.e1]", 3), ("[1e]", 3), ("[1e+]", 4), ("[1e-]", 4), ("[1ee2]", 3),
  ("[1e1.5]", 4), ("[1.2.3]", 4), ("[1+2]", 2), ("[0x1]", 2), ("[1_000]", 2), ("[1,5e]", 5),
  ("[- 1]", 2), ("[1 000]", 3), ("[0e]", 3), ("[1a]", 2), ("[-a]", 2), ("[١]", 1), ("[1.5f]", 4),
  ("[2.e-3]", 3), ("[9.e+]", 3), ("[1e1e1]", 4), ("[-1x]", 3), ("1.]", 2), ("[-,1]", 2),
  // Arrays.
  ("[,]", 1), ("[,1]", 1), ("[1,]", 3), ("[1,,2]", 3), ("[\"a\",\n]", 6), ("[1}", 2), ("[}", 1),
  ("[1 true]", 3), ("[1:2]", 2), ("[\"\":1]", 3), ("]", 0), ("[3[4]]", 2), ("[*]", 1),
  ("[1;2]", 2), ("[(1)]", 1), ("[\u{B}1]", 1), ("[\u{C}]", 1),
  ("[//\n]", 1), ("[1,/**/2]", 3), ("[\u{A0}]", 1), ("[\u{3000}]", 1),
  // Objects.
  ("{,}", 1), ("{1:1}", 1), ("{a:1}", 1), ("{'a':1}", 1), ("{\"a\"}", 4), ("{\"a\",1}", 4),
  ("{\"a\":}", 5), ("{\"a\":1,}", 7), ("{\"a\":1,,\"b\":2}", 7), ("{\"a\":1 \"b\":2}", 7),
  ("{\"a\"::1}", 5), ("{\"a\":1]", 6), ("{]", 1), ("}", 0), ("{\"a\" b}", 5), ("{null:1}", 1),
  ("{\"a\":1,b}", 7), ("{[]:1}", 1), ("{\"a\":/*x*/1}", 5), ("{\"a\"=1}", 4), ("{:1}", 1),
  ("{\"a\":\"b\":1}", 8), ("{\"a\":1,1}", 7), ("{{}}", 1), ("{\"a\":'b'}", 5), (":", 0), (",", 0),
  // Strings.
  ("\"\n\"", 1), ("\"\t\"", 1), ("\"\0\"", 1), ("\"\u{1F}\"", 1), ("\"12345678\r\"", 9),
  ("\"\\x41\"", 2), ("\"\\a\"", 2), ("\"\\'\"", 2), ("\"\\U0041\"", 2), ("\"\\\n\"", 2),
  ("\"\\u\"", 3), ("\"\\u12\"", 5), ("\"\\u12G4\"", 5), ("\"\\u-123\"", 3), ("\"\\u 123\"", 3),
  ("\"\\uD800\\u\"", 9), ("\"\\uD800\\x\"", 8), ("\"\\🌀\"", 2), ("\"\\0\"", 2), ("{\"\\v\":1}", 3),
  ("\"\\u00A\"", 6), ("\"\\u{41}\"", 3), ("\"\\é\"", 2), ("[\"a\u{0}b\"]", 3), ("\\n", 0),
]

private let cutFaults: [FaultCase] =
  [
    "[", "{", "\"", "\"a", "\"\\", "\"\\u", "\"\\u00", "\"\\uD800", "\"\\uD800\\",
    "\"\\uD800\\uDC0",
    "[1", "[1,", "[1,2", "[[]", "[\"a\"", "[\"a", "[-", "[1.", "[1e", "[1e+", "[1.5", "-", "1.",
    "1e",
    "1e-", "t", "tru", "fals", "n", "nul", "[tru", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":[", "{\"a\":[]", "{\"a\":{}", "[{}", "[{},", " [ 1 , ", "{\"a\":tru", "[\"\\\"]",
  ].map { FaultCase($0, .cut, Int64($0.utf8.count)) } + [
    FaultCase([0x22, 0xE2], .cut, 2), FaultCase([0x22, 0xE2, 0x82], .cut, 3),
    FaultCase([0x22, 0xF0, 0x9F, 0x98], .cut, 4),
  ]

private let encodingFaults: [FaultCase] =
  ([
    // Where in the string the sequence breaks.
    ([0x80], 1), ([0xBF], 1), ([0xC0, 0x80], 1), ([0xC1, 0xBF], 1), ([0xE0, 0x80, 0x80], 2),
    ([0xE0, 0x9F, 0xBF], 2), ([0xED, 0xA0, 0x80], 2), ([0xED, 0xBF, 0xBF], 2),
    ([0xF0, 0x80, 0x80, 0x80], 2), ([0xF0, 0x8F, 0xBF, 0xBF], 2), ([0xF4, 0x90, 0x80, 0x80], 2),
    ([0xF5, 0x80, 0x80, 0x80], 1), ([0xF8, 0x88, 0x80, 0x80, 0x80], 1), ([0xFC, 0x84], 1),
    ([0xFE], 1), ([0xFF], 1), ([0xC3], 2), ([0xC3, 0x28], 2), ([0xE2, 0x82], 3),
    ([0xE2, 0x28, 0xA1], 2), ([0xF0, 0x9F, 0x98], 4), ([0xF0, 0x9F, 0x98, 0x41], 4),
    ([0xC3, 0xA9, 0x80], 3), ([0xE9], 2),
    ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0xFF], 9),
  ] as [([UInt8], Int64)]).map { FaultCase(quoted($0.0), .encoding, $0.1) }
