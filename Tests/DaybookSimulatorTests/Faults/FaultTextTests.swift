import Testing

@testable import DaybookSimulator

struct FaultTextTests {
  @Test(
    "rules are read",
    arguments: [
      ("any:status=503", nil, .status(503, retryAfter: nil, processed: false), .always),
      (
        "data:status=429,retry-after=30", .data, .status(429, retryAfter: "30", processed: false),
        .always
      ),
      (
        "token:status=502,processed@nth=2", .token, .status(502, retryAfter: nil, processed: true),
        .nth([2])
      ),
      (
        "any:status=503,processed,retry-after=date+5@always", nil,
        .status(503, retryAfter: "date+5", processed: true), .always
      ),
      ("data:cut=100", .data, .cut(at: 100, .length), .always),
      ("data:cut=0,framing=chunked@every=10", .data, .cut(at: 0, .chunked), .every(10)),
      ("data:cut=7,framing=close@first=3", .data, .cut(at: 7, .close), .first(3)),
      ("account:delay=0.25", .account, .delay(.milliseconds(250)), .always),
      ("index:delay=3", .index, .delay(.seconds(3)), .always),
      ("authorize:stall", .authorize, .stall(after: nil), .always),
      ("data:stall=12", .data, .stall(after: 12), .always),
      ("data:reset", .data, .reset(after: nil, processed: false), .always),
      ("data:reset,processed", .data, .reset(after: nil, processed: true), .always),
      ("data:reset=9", .data, .reset(after: 9, processed: true), .always),
      ("other:refused", .other, .refused, .always),
      ("data:html@rate=0.05", .data, .html, .rate(0.05)),
      ("data:empty@rate=0", .data, .empty, .rate(0)),
      ("data:noise@rate=1", .data, .noise, .rate(1)),
      ("data:wrong-day@nth=3+7+9", .data, .wrongDay, .nth([3, 7, 9])),
      ("data:duplicate-keys", .data, .duplicateKeys, .always),
      ("data:gzip", .data, .gzip(.whole), .always), ("data:gzip=cut", .data, .gzip(.cut), .always),
      ("data:gzip=checksum", .data, .gzip(.checksum), .always),
      ("data:gzip=lie", .data, .gzip(.lie), .always),
      ("data:malformed=status-line", .data, .malformed(.statusLine), .always),
      ("data:malformed=header", .data, .malformed(.header), .always),
      ("any:date=3600", nil, .dateSkew(3_600), .always),
      ("any:date=-5", nil, .dateSkew(-5), .always),
    ] as [(String, SimKind?, FaultAction, FaultRule.When)])
  func read(text: String, kind: SimKind?, action: FaultAction, when: FaultRule.When) throws {
    #expect(try FaultRule(text) == FaultRule(kind, action, when))
  }

  @Test(
    "everything else is refused, and the part at fault is named",
    arguments: [
      ("", "KIND:FAULT"), ("html", "KIND:FAULT"), ("@always", "KIND:FAULT"),
      ("nothing:html", "nothing"), (":html", "kind"), ("data:", "fault"), ("data:bang", "bang"),
      ("data:status", "status"), ("data:status=99", "99"), ("data:status=1000", "1000"),
      ("data:status=x", "x"), ("data:status=503,retry=5", "retry"), ("data:cut", "cut"),
      ("data:cut=-1", "-1"), ("data:cut=1,framing=gzip", "gzip"), ("data:delay=-1", "-1"),
      ("data:delay", "delay"), ("data:delay=100000", "100000"), ("data:delay=nan", "nan"),
      ("data:stall=x", "x"), ("data:reset=x", "x"), ("data:refused=1", "refused"),
      ("data:html=1", "html"), ("data:html,processed", "processed"), ("data:gzip=bomb", "bomb"),
      ("data:malformed", "malformed"), ("data:malformed=x", "x"), ("data:date", "date"),
      ("data:date=soon", "soon"), ("data:html@", "time"), ("data:html@rate=2", "rate=2"),
      ("data:html@rate=-0.1", "rate"), ("data:html@nth=0", "nth=0"), ("data:html@nth=", "nth"),
      ("data:html@nth=1+x", "nth"), ("data:html@every=0", "every=0"), ("data:html@first", "first"),
      ("data:html@never", "never"), ("data:html@always=1", "always"),
    ])
  func refused(text: String, mention: String) {
    let error = #expect(throws: FaultRule.Unreadable.self) { try FaultRule(text) }
    #expect(error?.description.contains(mention) == true)
  }

  @Test("the grammar names every kind and fits a terminal")
  func grammar() {
    for kind in SimKind.allCases where kind != .other {
      #expect(FaultRule.grammar.contains(kind.rawValue))
    }
    #expect(FaultRule.grammar.split(separator: "\n").allSatisfy { $0.count <= 78 })
  }
}
