import Testing

@testable import DaybookCore

@Suite("XMLOpening: where the document begins")
struct XMLOpeningTests {
  /// The last step, and the opening after it; nil when it waits for more.
  private func open(_ text: [UInt8]) -> (XMLOpening.Step?, XMLOpening) {
    var opening = XMLOpening()
    for byte in text {
      let step = opening.take(byte)
      if step != .more { return (step, opening) }
    }
    return (nil, opening)
  }

  @Test(
    "the declaration is cut off, and the rest is handed on",
    arguments: [
      ("<a/>", 0, "", "<a"), ("<!-- -->", 0, "", "<!"), ("text", 0, "", "t"),
      ("<?b?><a/>", 0, "", "<?b"), ("<?xmlb?><a/>", 0, "", "<?xmlb"),
      ("<?xml-b?><a/>", 0, "", "<?xml-"), ("<?xml?><a/>", 0, "", "<?xml?"),
      ("<?xml version=\"1.0\"?><a/>", 0, "<?xml version=\"1.0\"?>", ""),
      ("<?xml\n?>", 0, "<?xml\n?>", ""), (" \t\r\n<a/>", 4, "", "<a"),
      ("\u{FEFF}<a/>", 3, "", "<a"), ("\u{FEFF} \n<?xml ?><a/>", 5, "<?xml ?>", ""),
      (" \u{FEFF}<a/>", 1, "", "\u{EF}"), ("\u{FEFF}\u{FEFF}", 3, "", "\u{EF}"),
    ] as [(String, Int, String, String)])
  func opened(text: String, skipped: Int, declaration: String, rest: String) {
    let (step, opening) = open(Array(text.utf8))
    // The first byte of a mark alone is no text.
    let bytes = rest == "\u{EF}" ? [0xEF] : Array(rest.utf8)
    #expect(step == .open(declaration: Array(declaration.utf8), rest: bytes))
    #expect(opening.skipped == skipped)
  }

  @Test("a begin that may become a mark or a declaration is held back")
  func held() {
    for text in ["<", "<?", "<?x", "<?xml", "<?xml ", "<?xml version=\"1.0\"?"] {
      let (step, opening) = open(Array("  \(text)".utf8))
      #expect(step == nil && opening.held == Array(text.utf8), "\(text)")
    }
    #expect(open([0xEF, 0xBB]).1.held == [0xEF, 0xBB])
    #expect(open([0xEF, 0xBB, 0xBF]).1.held == [])
    #expect(open([0xEF, 0xBB, 0x3C]).0 == .open(declaration: [], rest: [0xEF, 0xBB, 0x3C]))
    #expect(open(Array("  \n".utf8)).1.held == [])
  }

  @Test("a declaration without end is none")
  func endless() {
    let blank = String(repeating: " ", count: Limits.xmlDeclarationBytes)
    #expect(open(Array("<?xml\(blank)?>".utf8)).0 == .tooLong)
    let fits = "<?xml" + blank.dropLast(7) + "?>"
    #expect(open(Array(fits.utf8)).0 == .open(declaration: Array(fits.utf8), rest: []))
  }
}
