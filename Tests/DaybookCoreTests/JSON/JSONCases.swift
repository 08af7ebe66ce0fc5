/// Documents that every parser must accept, in the spirit of JSONTestSuite
/// (https://github.com/nst/JSONTestSuite); written for these tests.
let validDocuments: [[UInt8]] =
  validTexts.map { Array($0.utf8) } + [
    // Each length of UTF-8 at both of its ends, and around the surrogates.
    quoted([0x7F]), quoted([0xC2, 0x80]), quoted([0xDF, 0xBF]), quoted([0xE0, 0xA0, 0x80]),
    quoted([0xED, 0x9F, 0xBF]), quoted([0xEE, 0x80, 0x80]), quoted([0xEF, 0xBF, 0xBF]),
    quoted([0xF0, 0x90, 0x80, 0x80]), quoted([0xF4, 0x8F, 0xBF, 0xBF]),
    // A byte order mark is text within a string.
    quoted([0xEF, 0xBB, 0xBF]),
    // Deep, but not too deep.
    Array(repeating: 0x5B, count: 128) + Array(repeating: 0x5D, count: 128),
  ]

private let validTexts: [String] = [
  // White space is allowed anywhere between tokens and nowhere needed.
  "[]", "{}", " [ ] ", "\t\r\n {\t\r\n }\t\r\n ", "[[]   ]", "[1\n]", "[1,\n2]", "{\"a\" :1}",
  "{ \"a\": [1 , 2 ] , \"b\" : { } }",
  // Scalars are documents.
  "null", "true", "false", "\"\"", "\"a\"", "0", "-1", "3.5e7", " 42 ", "\n\"x\"\n",
  // Arrays.
  "[null, 1, \"1\", {}]", "[[[[[[]]]]]]", "[\"\"]", "[true]", "[false]", "[null]", "[[],[]]",
  "[1,null,null,null,2]", "[{},{},[]]",
  // Objects; duplicate keys are grammar.
  "{\"\":0}", "{\"a\":\"b\",\"c\":\"d\"}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":2}",
  "{\"a\":{\"a\":{\"a\":[]}}}", "{\"\\u0061\":1}", "{\"key\":null}", "{\"a\\u0000b\":1}",
  "{\"min\":-1.0e+28,\"max\":1.0e+28}", "{\"x\":[{\"id\":\"xxxxxxxxxxxxxxxx\"}],\"id\":\"y\"}",
  // Numbers.
  "[0]", "[-0]", "[1]", "[-1]", "[10]", "[123]", "[1.5]", "[0.0]", "[-0.5]", "[1e1]", "[1E1]",
  "[1e+1]", "[1e-1]", "[1E+10]", "[1.5e-10]", "[0e1]", "[0e+1]", "[0.00001]", "[20e1]", "[-123]",
  "[123e65]", "[1.5E22]", "[-0.0000000000000000000000000000000000000000000000000000000001]",
  // Numbers of any size and precision are grammar.
  "[123456789012345678901234567890123456789012345678901234567890]", "[1e999999999]",
  "[-1e999999999]", "[1e-999999999]", "[0.4e00669999999999999999999999999999999999999999]",
  "[1.7976931348623157081e308999]", "[9223372036854775808]", "[0.1234567890123456789012345]",
  // Escapes.
  "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\u0000\"]", "[\"\\u0060\\u012a\\u12AB\"]",
  "[\"\\u00e9\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\\\u0000\"]",
  "[\"\\\\n\"]", "[\"\\uFFFE\\uFFFF\\uDBFF\\uDFFF\"]", "[\"\\\"\"]", "[\"a\\/b\"]", "[\"\\u002c\"]",
  // Text beyond ASCII; what looks like comments or tags.
  "[\"äöå\"]", "[\"日本語\"]", "[\"😀🏃‍♀️\"]", "[\"e\u{301}\"]", "[\"\u{2028}\u{2029}\"]", "[\"\u{7F}\"]",
  "[\"a/*b*/c/*d//e\"]", "[\"</script>\"]", "[\"\u{FEFF}\"]", "[\"\u{200B}\u{2060}\"]",
  "[\"0123456789abcdef0123456789abcdef\"]", "[\"1234567\\\\\"]", "[\"12345678\",\"123456789\"]",
  "[\"1234567é12345678é\"]",
  // Lone surrogates can only be escaped, and are grammar then.
  "[\"\\uD800\"]", "[\"\\uDC00\"]", "[\"\\uD800\\n\"]", "[\"\\uD800\\uD800\\uDC00\"]",
  "[\"\\uDFAA\\uD83D\"]", "[\"\\uD800abc\"]", "{\"\\uDd1e\":1}",
]

func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }
