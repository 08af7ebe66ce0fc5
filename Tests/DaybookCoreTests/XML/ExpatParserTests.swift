import Testing

@testable import DaybookCore

@Suite("ExpatParser: blocks, and what is wrong where")
struct ExpatParserTests {
  private func parser() -> ExpatParser {
    ExpatParser(XMLMachine(PointerTable(xmlPlan(["/a/b"])), depthLimit: 9))
  }

  private func feed(_ parser: ExpatParser, _ text: String) -> ExpatParser.Failure? {
    Array(text.utf8).withUnsafeBytes { parser.feed($0) }
  }

  @Test("a block is parsed when it is full, the rest at the end") func blocks() {
    let parser = parser()
    #expect(feed(parser, "<a><b/>") == nil)
    #expect(parser.machine.items == 0)
    #expect(feed(parser, String(repeating: "<b/>", count: Limits.xmlBlockBytes / 4)) == nil)
    #expect(parser.machine.items > 4_000)
    #expect(feed(parser, "</a>") == nil)
    #expect(parser.finish() == nil)
    #expect(parser.machine.items == 4_097 && parser.machine.isDone)
  }

  @Test("a failure has its place, however late it is told") func place() {
    let parser = parser()
    let good = "<a>" + String(repeating: "<b/>", count: 10_000)
    #expect(feed(parser, good) == nil)
    #expect(feed(parser, "</c>") == nil)
    let failure = parser.finish()
    #expect(failure?.reason == .grammar && failure?.index == good.utf8.count + 2)
  }

  @Test("a failure in a full block is told at once") func early() {
    let parser = parser()
    let failure = feed(parser, "<a>\u{1}" + String(repeating: " ", count: Limits.xmlBlockBytes))
    #expect(failure?.reason == .grammar && failure?.index == 3)
  }

  @Test("a character cut by a block is whole, one that is none is found", arguments: [1, 2, 3])
  func characters(shift: Int) {
    let good = parser()
    let text = String(repeating: "x", count: shift) + String(repeating: "€🌀", count: 9_000)
    #expect(feed(good, "<a>\(text)</a>") == nil)
    #expect(good.finish() == nil)
    let bad = parser()
    let space = Limits.xmlBlockBytes - 3 - shift
    var bytes = Array("<a>".utf8) + [UInt8](repeating: 0x78, count: space)
    bytes += [0xF0, 0x9F, 0x8C, 0x41] + Array("</a>".utf8)
    let failure = bytes.withUnsafeBytes { bad.feed($0) } ?? bad.finish()
    #expect(failure?.reason == .encoding && failure?.index == Limits.xmlBlockBytes - shift)
  }

  @Test("nothing at all is a document that was cut") func nothing() {
    #expect(parser().finish()?.reason == .cut)
  }
}
