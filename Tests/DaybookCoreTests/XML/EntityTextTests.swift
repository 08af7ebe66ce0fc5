import Testing

@testable import DaybookCore

@Suite("EntityText: entities that the provider file lists")
struct EntityTextTests {
  @Test(
    "names are those of HTML",
    arguments: [
      ("hellip", true), ("frac12", true), ("Eacute", true),
      ("CounterClockwiseContourIntegral", true),
      ("", false), ("12", false), ("1st", false), ("a b", false), ("a\"", false), ("a>", false),
      ("é", false), ("a-b", false), ("&hellip;", false), ("#65", false), ("@a", false),
      ("[", false),
      (String(repeating: "a", count: 33), false),
    ])
  func names(name: String, isName: Bool) {
    #expect(EntityText.isName(name) == isName)
  }

  @Test("they are declared, and nothing else is")
  func declaration() {
    #expect(String(decoding: EntityText.declaration([]), as: UTF8.self) == "<!DOCTYPE daybook []>")
    let one = EntityText.declaration(["hellip", "amp", "x\">", "lt"])
    let marks = [[0xEF, 0xB7, 0x90], Array("hellip".utf8), [0xEF, 0xB7, 0x91]] as [[UInt8]]
    let start = Array("<!DOCTYPE daybook [<!ENTITY hellip \"".utf8)
    #expect(one == start + marks.flatMap { $0 } + Array("\">]>".utf8))
  }

  @Test("a text shows them as references")
  func readable() {
    let marked = [0x61, 0xEF, 0xB7, 0x90, 0x62, 0xEF, 0xB7, 0x91, 0x63] as [UInt8]
    #expect(EntityText.readable(String(decoding: marked, as: UTF8.self)) == "a&b;c")
    #expect(EntityText.readable("päivä &amp;") == "päivä &amp;")
  }

  @Test("the names that every reader knows are known")
  func known() {
    for name in EntityText.known {
      #expect(XMLScanner.scan(Array("<a>&\(name);</a>".utf8)).fault == nil)
    }
    #expect(EntityText.known.count == 5)
  }
}
