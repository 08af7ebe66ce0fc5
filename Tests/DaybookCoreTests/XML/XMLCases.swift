import DaybookCore

/// Documents that every parser of XML 1.0 must accept.
let wellFormedXML: [String] = [
  "<a/>", "<a></a>", "<a />", "<a\n\t/>", "<a></a >", "<a>text</a>", "<a b=\"c\"/>", "<a b='c'/>",
  "<a b = \"c\" />", "<a b=\"it's\"/>", "<a b='\"'/>", "<a b=\"&lt;&amp;&#33;\"/>", "<a b=\"\"/>",
  "<a b=\">\"/>", "<a b=\"1\" B=\"2\"/>", "<a>&amp;&lt;&gt;&apos;&quot;</a>", "<a>&#65;&#x41;</a>",
  "<a>&#x10FFFF;</a>", "<a>></a>", "<a>]]</a>", "<a>] ]></a>", "<a><![CDATA[<&>]]></a>",
  "<a><![CDATA[]]></a>", "<a><![CDATA[]]]]></a>", "<a><!-- - --></a>", "<a><!----></a>",
  "<a><?b?></a>", "<a><?b c ? > ?></a>", "<a><b/><b/></a>", "<a>\n <b>1</b>\n</a>",
  "<?xml version=\"1.0\"?><a/>", "<?xml version='1.0' encoding='UTF-8'?><a/>",
  "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<a/>",
  "<?xml version=\"1.1\"?><a/>", "<?xml  version = \"1.0\"  ?><a/>", "\u{FEFF}<a/>",
  "\u{FEFF}<?xml version=\"1.0\"?><a/>", " \r\n\t<a/>", "\n<?xml version=\"1.0\"?><a/>",
  "<a/> \r\n\t", "<!-- x --><a/>", "<?b?><a/>", "<a/><!-- x -->", "<a/><?b?>", "<?xml-b?><a/>",
  "<?xmlb?><a/>", "<_a/>", "<a-b.c1/>", "<päivä/>", "<a>päivä 🌀</a>", "<a:b/>", "<a xmlns=\"x\"/>",
  "<x:a xmlns:x=\"y\"><x:b/></x:a>", "<a>\r\n\r</a>", "<a><b></b><c><d/></c>t<e/></a>",
  "<a xml:space=\"preserve\"> </a>", "<:/>", "<html5/>", "<a><html/></a>", "<a>\u{85}\u{2028}</a>",
]

/// Documents that no parser may accept: why, and at which byte.
let xmlFaults: [FaultCase] =
  xmlTexts.map { FaultCase($0.0, $0.1, $0.2) } + [
    // What is no UTF-8: Latin-1, overlong forms, a surrogate, beyond the last code point, UTF-16.
    FaultCase(Array("<a>".utf8) + [0xE4] + Array("</a>".utf8), .encoding, 3),
    FaultCase(Array("<a>".utf8) + [0xC0, 0x80] + Array("</a>".utf8), .encoding, 3),
    FaultCase(Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8), .encoding, 3),
    FaultCase(Array("<a>".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("</a>".utf8), .encoding, 3),
    FaultCase(Array("<a>".utf8) + [0x80] + Array("</a>".utf8), .encoding, 3),
    FaultCase(Array("<a b=\"".utf8) + [0xFF] + Array("\"/>".utf8), .encoding, 6),
    FaultCase([0xFF, 0xFE, 0x3C, 0x00, 0x61, 0x00, 0x2F, 0x00, 0x3E, 0x00], .encoding, 0),
    FaultCase([0xFE, 0xFF, 0x00, 0x3C, 0x00, 0x61, 0x00, 0x2F, 0x00, 0x3E], .encoding, 0),
    FaultCase([0x3C, 0x00, 0x61, 0x00, 0x2F, 0x00, 0x3E, 0x00], .grammar, 1),
    FaultCase([0x00, 0x3C, 0x00, 0x61], .grammar, 0),
    // What is UTF-8 and no character of XML 1.0 §2.2.
    FaultCase("<a>\u{0}</a>", .grammar, 3), FaultCase("<a>\u{1}</a>", .grammar, 3),
    FaultCase("<a>\u{1B}</a>", .grammar, 3),
    FaultCase(Array("<a>".utf8) + [0xEF, 0xBF, 0xBF] + Array("</a>".utf8), .grammar, 3),
    FaultCase(Array(String(repeating: "<a>", count: 129).utf8), .depth, 384),
    FaultCase(Array(String(repeating: "<a>", count: 100_000).utf8), .depth, 384),
  ]

private let xmlTexts: [(String, DocumentFault.Reason, Int64)] = [
  ("", .empty, 0), (" \n\t\r", .empty, 4), ("\u{FEFF}", .empty, 3), ("\u{FEFF} ", .empty, 4),
  // Cut.
  ("<", .cut, 1), ("<a", .cut, 2), ("<a>", .cut, 3), ("<a b", .cut, 4), ("<a b=\"", .cut, 6),
  ("<a>text", .cut, 7), ("<a></a", .cut, 6), ("<a><b></b>", .cut, 10), ("<a>&am", .cut, 6),
  ("<a><![CDATA[x]]", .cut, 15), ("<a><!-- x -", .cut, 11), ("<?xml version=\"1.0\"?>", .cut, 21),
  ("<?xml ver", .cut, 9), ("<!-- x -->", .cut, 10), ("<?b?>", .cut, 5), ("<a/><!--", .cut, 8),
  ("<a>]]", .cut, 5), ("<a>x\r", .cut, 5), ("<?", .cut, 2), ("  <?xm", .cut, 6),
  // Tags.
  ("<a></b>", .grammar, 5), ("<a><b></a></b>", .grammar, 8), ("</a>", .grammar, 1),
  ("<a><1/></a>", .grammar, 4), ("< a/>", .grammar, 1), ("<a/ >", .grammar, 3),
  ("<a b/>", .grammar, 4), ("<a b=c/>", .grammar, 5), ("<a b=\"1\"c=\"2\"/>", .grammar, 8),
  ("<a b=\"1\" b=\"2\"/>", .grammar, 9), ("<a b=\"<\"/>", .grammar, 6),
  ("<a></a b=\"1\">", .grammar, 7),
  ("<A></a>", .grammar, 5), ("<a>]]></a>", .grammar, 5), ("<a><></a>", .grammar, 4),
  // References.
  ("<a>&</a>", .grammar, 4), ("<a>&;</a>", .grammar, 4), ("<a>&amp</a>", .grammar, 7),
  ("<a>&#0;</a>", .grammar, 3), ("<a>&#xD800;</a>", .grammar, 3),
  ("<a>&#x110000;</a>", .grammar, 3),
  ("<a>&#x;</a>", .grammar, 6), ("<a>&hellip;</a>", .entity, 3), ("<a b=\"&nbsp;\"/>", .entity, 0),
  // Comments and instructions.
  ("<a><!-- -- --></a>", .grammar, 10), ("<a><!- x --></a>", .grammar, 6),
  ("<a><?xml version=\"1.0\"?></a>", .grammar, 3), ("<a><?XML?></a>", .grammar, 8),
  ("<!-- x --><?xml version=\"1.0\"?><a/>", .grammar, 10), ("<a><? b?></a>", .grammar, 5),
  // Declarations.
  ("<?xml?><a/>", .grammar, 0),
  ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", .encoding, 0),
  ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", .encoding, 0),
  ("<?xml version=\"2.0\"?><a/>", .grammar, 0), ("<?xml encoding=\"UTF-8\"?><a/>", .grammar, 6),
  ("<?xml version=\"1.0\" standalone=\"maybe\"?><a/>", .grammar, 32),
  ("<!DOCTYPE a><a/>", .doctype, 0), ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", .doctype, 0),
  ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", .doctype, 0),
  ("<?xml version=\"1.0\"?>\n<!DOCTYPE a><a/>", .doctype, 22),
  ("<!ENTITY a \"b\"><a/>", .grammar, 0),
  ("<!doctype a><a/>", .grammar, 0), ("<a><!DOCTYPE a></a>", .grammar, 5),
  // What is no markup, and what follows the root.
  ("text", .grammar, 0), ("{}", .grammar, 0), ("x<a/>", .grammar, 1), ("&amp;<a/>", .grammar, 0),
  ("<a/><b/>", .trailing, 4), ("<a/>x", .trailing, 4), ("<a></a></a>", .trailing, 8),
  ("<a/>&amp;", .trailing, 4), ("<a/>{", .trailing, 4), ("<a/><!DOCTYPE a>", .trailing, 4),
  ("<a/>\u{0}", .trailing, 4), ("<a/><?xml version=\"1.0\"?>", .trailing, 4),
  ("<a/> <a/>", .trailing, 5), ("<a/><![CDATA[]]>", .trailing, 4), ("<a/>\u{FEFF}", .trailing, 4),
]

/// A plan for XML from the texts of its pointers.
func xmlPlan(
  _ items: [String] = [], volatile: [String] = [], capture: [String] = [], entities: [String] = []
) -> ScanPlan {
  ScanPlan(
    items: items.compactMap { JSONPointer($0) }, volatile: volatile.compactMap { JSONPointer($0) },
    capture: capture.compactMap { JSONPointer($0) }, document: .xml(entities: entities))
}

/// The report of a document fed in chunks of this many bytes.
func scannedXML(_ document: [UInt8], _ plan: ScanPlan, chunk: Int) -> ScanReport {
  let scanner = XMLScanner(plan)
  for start in stride(from: 0, to: document.count, by: chunk) {
    scanner.feed(Array(document[start..<min(start + chunk, document.count)]))
  }
  return scanner.finish()
}
