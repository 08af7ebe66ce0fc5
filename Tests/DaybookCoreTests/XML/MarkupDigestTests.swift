import Testing

@testable import DaybookCore

@Suite("MarkupDigest: two reads of XML are equal when their items are")
struct MarkupDigestTests {
  private func digest(_ text: String, _ items: [String], volatile: [String] = []) -> Digest {
    let report = XMLScanner.scan(Array(text.utf8), xmlPlan(items, volatile: volatile))
    #expect(report.fault == nil, "\(text)")
    return report.digest
  }

  @Test("it is the digest of marked bytes, as documented")
  func format() {
    let item: [UInt8] = [0xFF] + Array("/a/b".utf8) + [0xFE, 0xFC] + Array("b".utf8)
    let attributes: [UInt8] = [0xFB] + Array("c".utf8) + [0xFA] + Array("d".utf8) + [0xF9]
    let content: [UInt8] = Array("x".utf8) + [0xFC] + Array("e".utf8) + [0xF9, 0xFD, 0xFD]
    let bytes = item + attributes + content
    #expect(digest("<a> <b c='d'>x<e/></b> </a>", ["/a/b"]) == SHA256.digest(bytes))
    #expect(digest("<a/>", ["/a/b"]) == SHA256.digest([]))
    let attribute: [UInt8] = [0xFF] + Array("/a/@b".utf8) + [0xFE, 0xFB] + Array("b".utf8)
    let value: [UInt8] = [0xFA] + Array("c".utf8) + [0xFD]
    #expect(digest("<a b=\"c\">x</a>", ["/a/@b"]) == SHA256.digest(attribute + value))
  }

  @Test(
    "equal items give equal digests",
    arguments: [
      ("<a><b>1</b><b>2</b></a>", "<a>\n  <b>1</b>\r\n\t<b>2</b>\n</a>\n"),
      ("<a><b c='d'/></a>", "<a><b  c = \"d\" ></b></a>"),
      ("<a><b>1</b></a>", "<?xml version=\"1.0\"?><a x='y'><b>1</b><z>2</z></a>"),
      ("<a><b>x&lt;y</b></a>", "<a><b><![CDATA[x<y]]></b></a>"),
      ("<a><b>A</b></a>", "<a><b>&#65;</b></a>"),
      ("<a><b>xy</b></a>", "<a><b>x<!-- z -->y</b></a>"),
      ("<a><b><e/></b></a>", "<a><b>  <e/><?z?>  </b></a>"),
      ("<a><b>x\ny</b></a>", "<a><b>x\r\ny</b></a>"),
      ("<a><b><e>1</e></b></a>", "<a><b>\n<e>1</e>\n</b></a>"),
    ])
  func equal(one: String, other: String) {
    #expect(digest(one, ["/a/b"]) == digest(other, ["/a/b"]))
  }

  @Test(
    "different items give different digests",
    arguments: [
      ("<a><b>1</b><b>2</b></a>", "<a><b>2</b><b>1</b></a>"),
      ("<a><b>1</b></a>", "<a><b>1</b><b>1</b></a>"), ("<a><b/></a>", "<a/>"),
      ("<a><b>x y</b></a>", "<a><b>xy</b></a>"), ("<a><b> </b></a>", "<a><b/></a>"),
      ("<a><b> x</b></a>", "<a><b>x</b></a>"), ("<a><b>x </b></a>", "<a><b>x</b></a>"),
      ("<a><b c='d'/></a>", "<a><b/></a>"), ("<a><b c='d'/></a>", "<a><b c='e'/></a>"),
      ("<a><b c='' d=''/></a>", "<a><b d='' c=''/></a>"),
      ("<a><b c='d'/></a>", "<a><b><c>d</c></b></a>"),
      ("<a><b>12</b></a>", "<a><b>1</b><b>2</b></a>"),
      ("<a><b><c/><d/></b></a>", "<a><b><c><d/></c></b></a>"),
      ("<a><b>x<c/></b></a>", "<a><b><c/>x</b></a>"), ("<a><b>1</b></a>", "<a><c>1</c></a>"),
      ("<a><b>x<c/>y</b></a>", "<a><b>xy<c/></b></a>"),
      ("<a><b cd='e'/></a>", "<a><b c='de'/></a>"),
      ("<a><b><c>1</c></b></a>", "<a><b><d>1</d></b></a>"),
      ("<a><b>1.0</b></a>", "<a><b>1</b></a>"),
    ])
  func different(one: String, other: String) {
    #expect(digest(one, ["/a/b", "/a/c"]) != digest(other, ["/a/b", "/a/c"]))
  }

  @Test("items within items, and by another pointer, stay apart")
  func apart() {
    let text = "<a><b><c>1</c></b></a>"
    let digests = [["/a/b"], ["/a/b", "/a/b/c"], ["/a/*"], ["/a/b/c"], [""], ["/a"], ["/*"]]
      .map { digest(text, $0) }
    #expect(Set(digests).count == digests.count)
    #expect(digest(text, ["/a/b", "/a/b/c"]) == digest(text, ["/a/b/c", "/a/b"]))
    let inside = "<a><b c='1'>2</b></a>"
    #expect(digest(inside, ["/a/b", "/a/b/@c"]) != digest(inside, ["/a/b"]))
  }

  @Test(
    "of volatile elements and attributes only the name counts",
    arguments: [
      ("<a><b c='1'>x</b></a>", "<a><b c='2'>x</b></a>", true),
      ("<a><b c='1'>x</b></a>", "<a><b>x</b></a>", false),
      ("<a><b><d e='1'>1<z/></d>x</b></a>", "<a><b><d f='3'>2</d>x</b></a>", true),
      ("<a><b><d>1</d>x</b></a>", "<a><b>x</b></a>", false),
      ("<a><b><d>1</d>x</b></a>", "<a><b><d>1</d>y</b></a>", false),
      ("<a><b c='1'><d>1</d>x</b></a>", "<a><b c='2'><d>2</d>x</b></a>", true),
    ])
  func volatile(one: String, other: String, isEqual: Bool) {
    let volatile = ["/a/b/@c", "/a/b/d"]
    let isSame =
      digest(one, ["/a/b"], volatile: volatile) == digest(other, ["/a/b"], volatile: volatile)
    #expect(isSame == isEqual)
    #expect(digest(one, ["/a/b"]) != digest(other, ["/a/b"]))
  }

  @Test("an item that is volatile itself, or lies in something volatile, shows only that it is")
  func volatileItems() {
    func hidden(_ text: String) -> Digest { digest(text, ["/a/b", "/a/b/c"], volatile: ["/a/b"]) }
    #expect(hidden("<a><b><c>1</c></b></a>") == hidden("<a><b>2</b></a>"))
    #expect(hidden("<a><b/></a>") != hidden("<a><b/><b/></a>"))
    func around(_ text: String) -> Digest { digest(text, ["/a/b"], volatile: ["/a"]) }
    #expect(around("<a><b>1</b></a>") == around("<a><b>2</b></a>"))
    let both = digest("<a b='1'/>", ["/a/@b"], volatile: ["/a/@b"])
    #expect(both == digest("<a b='2'/>", ["/a/@b"], volatile: ["/a/@b"]))
  }

  @Test("a long text and many elements pass the buffer unharmed")
  func long() {
    let text = String(repeating: "päivä ", count: 3_000)
    let bytes = Array("/a".utf8)
    let marked: [UInt8] = [0xFF] + bytes + [0xFE, 0xFC, 0x61, 0xF9] + Array(text.utf8) + [0xFD]
    #expect(digest("<a>\(text)</a>", ["/a"]) == SHA256.digest(marked))
    let elements: [UInt8] = (0..<3_000).flatMap { _ in [0xFC, 0x62, 0xF9, 0xFD] as [UInt8] }
    let many: [UInt8] = [0xFF] + bytes + [0xFE, 0xFC, 0x61, 0xF9] + elements + [0xFD]
    let body = String(repeating: " <b/>", count: 3_000)
    #expect(digest("<a>\(body)</a>", ["/a"]) == SHA256.digest(many))
  }
}
