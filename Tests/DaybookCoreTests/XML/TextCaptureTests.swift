import Testing

@testable import DaybookCore

@Suite("TextCapture: what of XML is reported")
struct TextCaptureTests {
  private func captured(_ text: String, _ capture: [String]) -> [[String]] {
    let report = XMLScanner.scan(Array(text.utf8), xmlPlan(capture: capture))
    #expect(report.fault == nil)
    return report.captured.map { $0.map(\.text) }
  }

  @Test(
    "the text of elements, trimmed, and the values of attributes",
    arguments: [
      ("<a>x</a>", "/a", ["x"]), ("<a>\n x y \r\n</a>", "/a", ["x y"]), ("<a/>", "/a", [""]),
      ("<a> </a>", "/a", [""]), ("<a><b>1</b><b>2</b></a>", "/a/b", ["1", "2"]),
      ("<a><b/></a>", "/a/c", []), ("<a b=' 1 '/>", "/a/@b", [" 1 "]), ("<a b=''/>", "/a/@b", [""]),
      ("<a c='1'/>", "/a/@b", []), ("<a><b>1</b><c>2</c></a>", "/a/*", ["1", "2"]),
      ("<a b='1'/>", "/a/*", []), ("<a>x<b>y</b>z</a>", "/a", ["xz"]),
      ("<a>&lt;&#228;<![CDATA[ & ]]></a>", "/a", ["<ä &"]), ("<a>x</a>", "", ["x"]),
      ("<a>1<!-- 2 -->3</a>", "/a", ["13"]), ("<a><b><c>1</c></b></a>", "/*/*/c", ["1"]),
      ("<a><b c='1'/><b c='2'/></a>", "/a/b/@c", ["1", "2"]), ("<a><b>1</b></a>", "/b", []),
      ("<é>1</é>", "/é", ["1"]), ("<a.b>1</a.b>", "/a.b", ["1"]), ("<a:b>1</a:b>", "/a:b", ["1"]),
    ] as [(String, String, [String])])
  func texts(text: String, pointer: String, found: [String]) {
    #expect(captured(text, [pointer]) == [found])
  }

  @Test("each pointer has its place, in the order of the plan; elements come as they end")
  func places() {
    let text = "<a b='1'> <c>2</c> 3 <d>4</d></a>"
    #expect(captured(text, ["/a/d", "/a/@b", "/a", "/a/*"]) == [["4"], ["1"], ["3"], ["2", "4"]])
    #expect(captured(text, ["/a/c", "/a/c", "/x"]) == [["2"], ["2"], []])
    #expect(captured("<a>1<a>2</a>3</a>", ["/a", "/a/a"]) == [["13"], ["2"]])
    #expect(captured("<a><a> 2 </a> 3</a>", ["/a", "/a/a"]) == [["3"], ["2"]])
  }

  @Test("they are strings, cut at their limit and at a whole character")
  func cut() {
    let report = XMLScanner.scan(Array("<a>x</a>".utf8), xmlPlan(capture: ["/a"]))
    #expect(report.captured == [[JSONScalar(.string, "x")]])
    let long = String(repeating: "x", count: Limits.capturedBytes - 1)
    #expect(captured("<a b='\(long)ä'>  \(long)ä</a>", ["/a", "/a/@b"]) == [[long], [long]])
    #expect(captured("<a>\(long)yz</a>", ["/a"]) == [[long + "y"]])
  }

  @Test("there are only so many")
  func many() {
    let text = "<a>\(String(repeating: "<b/>", count: Limits.capturedValues))</a>"
    let found = captured(text, ["/a/b", "/*/b"])
    #expect(found.map(\.count).reduce(0, +) == Limits.capturedValues)
  }
}
